"""Codes, access tokens and rotating refresh tokens: grace and reuse detection."""

import base64
import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import datetime

from bot.sandbox.fanvue.records import DeveloperApp, UserId
from bot.sandbox.fanvue.state import FanvueState

_VERIFIER = re.compile(r"[A-Za-z0-9\-._~]{43,128}")


class FanvueOAuthError(Exception):
    """The authorization server refuses; `error` is the code of RFC 6749."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error = error
        self.description = description
        self.status = status


@dataclass
class ConsentChain:
    """One consent and every token that ever came out of it."""

    id: str
    client_id: str
    user: UserId
    scopes: tuple[str, ...]
    alive: bool = True


@dataclass
class AccessToken:
    value: str
    chain: ConsentChain
    expires_at: datetime
    alive: bool = True


@dataclass
class RefreshToken:
    value: str
    chain: ConsentChain
    spent_at: datetime | None = None


@dataclass
class FanvueCode:
    value: str
    client_id: str
    user: UserId
    scopes: tuple[str, ...]
    redirect_uri: str
    challenge: str
    expires_at: datetime
    chain: ConsentChain | None = None


@dataclass(frozen=True)
class IssuedTokens:
    """The token endpoint's answer."""

    access_token: str
    refresh_token: str | None
    expires_in: int
    scope: str
    user: UserId


class TokenOffice:
    """Issues tokens and remembers every one of them."""

    def __init__(self, state: FanvueState) -> None:
        self._state = state
        self._codes: dict[str, FanvueCode] = {}
        self._access: dict[str, AccessToken] = {}
        self._refresh: dict[str, RefreshToken] = {}
        self._chains: list[ConsentChain] = []

    def issue_code(
        self, client_id: str, user: UserId, scopes: tuple[str, ...], redirect_uri: str, challenge: str
    ) -> str:
        expires_at = self._state.now() + self._state.switches.window(self._state.switches.code_seconds)
        code = FanvueCode(
            self._state.new_secret(), client_id, user, scopes, redirect_uri, challenge, expires_at
        )
        self._codes[code.value] = code
        return code.value

    def exchange(self, app: DeveloperApp, value: str, redirect_uri: str, verifier: str) -> IssuedTokens:
        """Give tokens for a code, once; a code shown twice kills what it gave (RFC 6749, 4.1.2)."""
        code = self._codes.get(value)
        if code is None or code.client_id != app.client_id:
            raise FanvueOAuthError("invalid_grant", "The authorization code is not known.")
        if code.chain is not None:
            self._kill(code.chain, "code shown twice")
            raise FanvueOAuthError("invalid_grant", "The authorization code was used already.")
        if self._state.now() >= code.expires_at:
            raise FanvueOAuthError("invalid_grant", "The authorization code has expired.")
        if redirect_uri != code.redirect_uri:
            raise FanvueOAuthError("invalid_grant", "The redirect URI differs from the one asked for.")
        if not _VERIFIER.fullmatch(verifier):
            raise FanvueOAuthError("invalid_request", "The PKCE verifier must have 43 to 128 characters.")
        # A code that was asked for without a challenge takes no verifier (RFC 9700, section 2.1.1).
        ignored = not code.challenge and self._state.switches.pkce == "ignored"
        if not ignored and not hmac.compare_digest(s256(verifier), code.challenge):
            raise FanvueOAuthError("invalid_grant", "The PKCE verifier does not fit the challenge.")
        code.chain = self._new_chain(code.client_id, code.user, code.scopes)
        return self._issue(code.chain, "token.issued")

    def refresh(self, app: DeveloperApp, value: str, scope: str | None) -> IssuedTokens:
        """Rotate: the token is spent; within the grace it still answers, later it kills the chain."""
        token = self._refresh.get(value)
        if token is None or token.chain.client_id != app.client_id:
            raise FanvueOAuthError("invalid_grant", "The refresh token is not known.")
        chain, now = token.chain, self._state.now()
        if not chain.alive:
            self._state.ledger.record("token.refused", chain=chain.id, user=chain.user, why="chain is dead")
            raise FanvueOAuthError("invalid_grant", "The refresh token was revoked.")
        if scope is not None and not set(scope.split()) <= set(chain.scopes):
            raise FanvueOAuthError("invalid_scope", "More was asked for than was granted.")
        if token.spent_at is None:
            token.spent_at = now
            self._retire_access(chain)
            return self._issue(chain, "token.refreshed")
        if now < token.spent_at + self._state.switches.window(self._state.switches.grace_seconds):
            return self._issue(chain, "token.graced")
        self._state.ledger.record("token.reuse", chain=chain.id, user=chain.user)
        self._kill(chain, "refresh token used again")
        raise FanvueOAuthError("invalid_grant", "The refresh token was used already; every token is revoked.")

    def revoke(self, app: DeveloperApp, value: str) -> None:
        """Kill the consent that this token came from; unknown tokens are no error (RFC 7009)."""
        token = self._refresh.get(value) or self._access.get(value)
        if token is not None and token.chain.client_id == app.client_id:
            self._kill(token.chain, "revoked by the app")

    def id_token(self, user: UserId) -> str:
        return self._jwt({"iss": self._state.base_url, "sub": user, "jti": self._state.new_id()})

    def find(self, value: str) -> AccessToken | None:
        """The access token of this value, whether or not it still opens anything."""
        return self._access.get(value)

    def opens(self, access: AccessToken) -> bool:
        return access.alive and access.chain.alive and self._state.now() < access.expires_at

    def grant(self, client_id: str, user: UserId, scopes: tuple[str, ...]) -> IssuedTokens:
        """Tokens as after a consent, without the browser."""
        return self._issue(self._new_chain(client_id, user, scopes), "token.issued")

    def values(self, chain: str) -> tuple[list[str], list[str]]:
        """Every access and every refresh token that ever came out of one consent."""
        access = [token.value for token in self._access.values() if token.chain.id == chain]
        return access, [token.value for token in self._refresh.values() if token.chain.id == chain]

    def live_scopes(self, client_id: str, user: UserId) -> set[str]:
        """The scopes of all of this user's living consents to this app."""
        living = (chain for chain in self._chains if chain.alive)
        found = (chain for chain in living if chain.client_id == client_id and chain.user == user)
        return {scope for chain in found for scope in chain.scopes}

    def disconnect(self, user: UserId) -> None:
        """The user takes every consent back on Fanvue's own pages."""
        for chain in self._chains:
            if chain.user == user and chain.alive:
                self._kill(chain, "disconnected by the user")

    def expire_access(self, user: UserId) -> None:
        """Let this user's access tokens end now, as if their hour were over."""
        for access in self._access.values():
            if access.chain.user == user:
                access.expires_at = min(access.expires_at, self._state.now())

    def _new_chain(self, client_id: str, user: UserId, scopes: tuple[str, ...]) -> ConsentChain:
        chain = ConsentChain(self._state.new_id(), client_id, user, scopes)
        self._chains.append(chain)
        return chain

    def _issue(self, chain: ConsentChain, kind: str) -> IssuedTokens:
        life = self._state.switches.window(self._state.switches.access_token_seconds)
        claims = {"sub": chain.user, "client_id": chain.client_id, "jti": self._state.new_id()}
        access = AccessToken(self._jwt(claims), chain, self._state.now() + life)
        self._access[access.value] = access
        refresh = None
        if {"offline_access", "offline"} & set(chain.scopes):
            refresh = RefreshToken("ory_rt_" + self._state.new_secret(), chain)
            self._refresh[refresh.value] = refresh
        self._state.ledger.record(kind, chain=chain.id, user=chain.user, client_id=chain.client_id)
        value = None if refresh is None else refresh.value
        scope = " ".join(chain.scopes)
        return IssuedTokens(access.value, value, max(1, int(life.total_seconds())), scope, chain.user)

    def _jwt(self, claims: dict[str, str]) -> str:
        """Looks like Fanvue's; the signature is noise, so only this office can tell what it opens."""
        parts = (json.dumps(part).encode() for part in ({"alg": "RS256", "typ": "JWT"}, claims))
        return ".".join([*(_b64(part) for part in parts), self._state.new_secret(86)])

    def _retire_access(self, chain: ConsentChain) -> None:
        if self._state.switches.old_access_token_dies:
            for access in self._access.values():
                if access.chain is chain:
                    access.alive = False

    def _kill(self, chain: ConsentChain, why: str) -> None:
        if chain.alive:
            chain.alive = False
            self._state.ledger.record("token.revoked", chain=chain.id, user=chain.user, why=why)


def s256(verifier: str) -> str:
    """The PKCE challenge of a verifier (RFC 7636, 4.2)."""
    return _b64(hashlib.sha256(verifier.encode("ascii")).digest())


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
