"""Signs a creator in and keeps the sign-in alive: OAuth 2.0 with PKCE.

Each call is one POST, never repeated here, and ends with one of the outcomes below; its meaning
for a link is decided by `bot.features.people.accounts`.
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeGuard
from urllib.parse import quote, urlencode

import httpx

from bot.fanvue import errors
from bot.fanvue.error_answers import retry_after
from bot.fanvue.transport import HttpAnswer, exchange

TOKEN_SECONDS = 10.0
_VERIFIER_BYTES = 64  # 86 characters; RFC 7636 allows 43 to 128
_TOKEN = re.compile(r"[\x21-\x7e]{1,8192}")
_CODE = re.compile(r"[a-z_]{1,40}")
_NUMBER = re.compile(r"[0-9]{1,9}")
_LONGEST_LIFE = 30 * 24 * 3600
_NO_CLIENT = frozenset({"invalid_client", "unauthorized_client"})
KEYS_REFUSED = "Fanvue refuses FANVUE_CLIENT_ID and FANVUE_CLIENT_SECRET: no sign-in can be renewed"


@dataclass(frozen=True)
class OAuthTokens:
    """A pair that works. `scope` None: not told, so what is recorded stays true."""

    access: str = field(repr=False)
    refresh: str | None = field(repr=False)
    expires_in: int
    scope: str | None


@dataclass(frozen=True)
class InvalidGrant:
    """The code or the refresh token is spent, revoked or unknown."""


@dataclass(frozen=True)
class NotSent:
    """Surely not processed: no connection, or Fanvue asked to wait `after` seconds."""

    reason: str
    after: float | None = None


class OAuthWeakness(Enum):
    """A lack of an answer that came."""

    FORM = "no readable token"
    TYPE = "no token_type that is known"
    LIFE = "no usable expires_in"


@dataclass(frozen=True)
class Unclear:
    """May have been processed: the answer was lost, late, broken or a server error.

    `left`: a token that stood in an answer which cannot be used; somebody must have it revoked. `weak`: what
    that answer lacks; None: there was none.
    """

    reason: str
    left: str | None = field(default=None, repr=False)
    weak: OAuthWeakness | None = None


@dataclass(frozen=True)
class Refused:
    """Understood and refused; `code` is OAuth's word, such as invalid_client."""

    code: str


@dataclass(frozen=True)
class GrantRevoked:
    """The grant is over (also when Fanvue no longer knew the token)."""


Outcome = OAuthTokens | InvalidGrant | NotSent | Unclear | Refused
Ending = GrantRevoked | NotSent | Unclear | Refused


def new_verifier(random_bytes: Callable[[int], bytes]) -> str:
    """A fresh PKCE verifier; pass `secrets.token_bytes`."""
    return _base64url(random_bytes(_VERIFIER_BYTES))


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a verifier."""
    return _base64url(hashlib.sha256(verifier.encode("ascii")).digest())


class FanvueOAuth:
    """Fanvue's authorization server for one app."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        auth_url: str,
        client_id: str,
        client_secret: str,
        redirect_uri: str,
        total: float = TOKEN_SECONDS,
    ) -> None:
        self._http = http
        self._url = auth_url.rstrip("/")
        self._client_id = client_id
        self._redirect_uri = redirect_uri
        self._total = total
        self._keys_refused = False
        # RFC 6749, section 2.3.1: both are form-encoded before they are joined.
        pair = f"{quote(client_id, safe='')}:{quote(client_secret, safe='')}"
        self._basic = "Basic " + base64.b64encode(pair.encode()).decode()

    def authorize_url(self, *, state: str, challenge: str, scopes: Sequence[str], login: bool = False) -> str:
        """Return the address of the creator's consent; `login`: sign in first, even a known user."""
        query = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": self._redirect_uri,
            "scope": " ".join(scopes),
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        if login:
            query["prompt"] = "login"
        return f"{self._url}/oauth2/auth?{urlencode(query)}"

    async def exchange(self, code: str, verifier: str) -> Outcome:
        """Turn the code of a callback into tokens. A lost answer cannot be repeated: start again."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_uri,
            "code_verifier": verifier,
        }
        return _outcome(await self._post("/oauth2/token", form), kept=None)

    async def refresh(self, token: str) -> Outcome:
        """Spend a refresh token for a new pair. `scope` is never sent: asking for more gives 400."""
        form = {"grant_type": "refresh_token", "refresh_token": token}
        return _outcome(await self._post("/oauth2/token", form), kept=token)

    async def revoke(self, token: str) -> Ending:
        """End a grant by its refresh token; doing it twice is harmless."""
        form = {"token": token, "token_type_hint": "refresh_token"}
        answer = await self._post("/oauth2/revoke", form)
        if not isinstance(answer, HttpAnswer):
            return answer
        return GrantRevoked() if answer.status // 100 == 2 else _failure(answer)  # noqa: PLR2004 - any 2xx

    async def probe(self) -> str | None:
        """Whether Fanvue takes the app's keys, by its last answer that says so; None while it does."""
        return KEYS_REFUSED if self._keys_refused else None

    async def _post(self, path: str, form: Mapping[str, str]) -> HttpAnswer | NotSent | Unclear:
        headers = {"Authorization": self._basic, "Accept": "application/json"}
        request = self._http.build_request("POST", self._url + path, data=dict(form), headers=headers)
        try:
            answer = await exchange(self._http, request, total=self._total)
        except errors.RequestNotSent as error:
            return NotSent(error.reason)
        except errors.RequestUnclear as error:
            return Unclear(error.reason)
        self._note(answer)
        return answer

    def _note(self, answer: HttpAnswer) -> None:
        if answer.status // 100 == 2:  # noqa: PLR2004 - any 2xx
            self._keys_refused = False
        elif isinstance(failure := _failure(answer), Refused):  # others say nothing of the keys
            self._keys_refused = failure.code in _NO_CLIENT


def _outcome(answer: HttpAnswer | NotSent | Unclear, *, kept: str | None) -> Outcome:
    if not isinstance(answer, HttpAnswer):
        return answer
    if answer.status // 100 != 2:  # noqa: PLR2004 - any 2xx
        failure = _failure(answer)
        return InvalidGrant() if failure == Refused("invalid_grant") else failure
    body = _object(answer)
    access, refresh = body.get("access_token"), body.get("refresh_token", kept)
    left = next((token for token in (refresh, access) if _is_token(token)), None)
    if not _is_token(access) or not (refresh is None or _is_token(refresh)):
        return Unclear("the token answer was not readable", left, OAuthWeakness.FORM)
    if str(body.get("token_type", "")).lower() != "bearer":
        return Unclear("the token is of an unknown type", left, OAuthWeakness.TYPE)
    life, scope = _seconds(body.get("expires_in")), body.get("scope")
    if life is None:
        return Unclear("the token answer does not say how long it is good for", left, OAuthWeakness.LIFE)
    return OAuthTokens(access, refresh, life, scope if isinstance(scope, str) else None)


def _seconds(life: object) -> int | None:
    """Whole seconds; servers were seen that write the number as a text."""
    if isinstance(life, str) and _NUMBER.fullmatch(life):
        life = int(life)
    if isinstance(life, bool) or not isinstance(life, int | float) or not 0 < life <= _LONGEST_LIFE:
        return None
    return int(life)


def _failure(answer: HttpAnswer) -> NotSent | Unclear | Refused:
    if answer.status == 429:  # noqa: PLR2004 - Too Many Requests
        return NotSent("Fanvue asked to wait", retry_after(answer.headers))
    if answer.status // 100 != 4:  # noqa: PLR2004 - any 4xx
        return Unclear(f"Fanvue answered {answer.status}")
    code = _object(answer).get("error")
    known = isinstance(code, str) and _CODE.fullmatch(code)
    return Refused(str(code) if known else f"status {answer.status}")


def _object(answer: HttpAnswer) -> Mapping[str, Any]:
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _is_token(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and _TOKEN.fullmatch(value) is not None


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
