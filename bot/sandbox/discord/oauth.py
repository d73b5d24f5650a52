"""Discord's sign-in: the consent page, the code, the token, and PKCE."""

import base64
import hashlib
import html
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from bot.sandbox import sign_in_page, witness
from bot.sandbox.discord.model import StandInApplication, StandInUser
from bot.sandbox.discord.world import DiscordWorld

CODE_SECONDS, TOKEN_SECONDS = 600, 604_800
COOKIE = "sandbox_person"
SCOPES = {"identify"}
SITE, COLOUR, NOBODY = "The Discord", "#4d5bce", "0"


@dataclass(slots=True)
class DiscordCode:
    """An authorization code; good once."""

    application: StandInApplication
    user: StandInUser
    redirect_uri: str
    challenge: str | None
    made_at: datetime


@dataclass(slots=True)
class DiscordGrant:
    """A token that a person gave to an application."""

    application: StandInApplication
    user: StandInUser
    ends: datetime


class DiscordOAuthError(Exception):
    """A refusal at the token endpoint."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        """`error` is the word of the OAuth standard."""
        super().__init__(error)
        self.status = status
        self.body = {"error": error, "error_description": description}


class DiscordOAuth:
    """Codes and tokens of this Discord, and the pages around them."""

    def __init__(self, world: DiscordWorld) -> None:
        """The people and applications of this world."""
        self._world = world
        self._codes: dict[str, DiscordCode] = {}
        self._tokens: dict[str, DiscordGrant] = {}
        self._refresh: dict[str, DiscordGrant] = {}

    def _secret(self) -> str:
        made = f"{self._world.random.getrandbits(180):045x}"
        witness.note("token", made)
        return made

    def person(self, token: str) -> StandInUser | None:
        """The owner of this bearer token, if it is still good."""
        grant = self._tokens.get(token)
        return grant.user if grant is not None and self._world.clock() < grant.ends else None

    # -- the page

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The consent page (GET) and its buttons (POST)."""
        form = dict(await request.post()) if request.method == "POST" else {}
        asked = {k: str(v) for k, v in (form or request.query).items()}
        application = self._world.applications.get(_whole(asked.get("client_id")))
        if application is None:
            return web.Response(status=400, text="Unknown application")
        if asked.get("redirect_uri") not in application.redirect_uris:
            return web.Response(status=400, text="Invalid OAuth2 redirect_uri")
        problem = _problem(asked)
        if problem:
            return _back(asked, error=problem)
        person = self._world.users.get(_whole(asked.get("as") or request.cookies.get(COOKIE)))
        if person is None or person.bot:
            return self._choose_person(asked)
        if request.method == "GET":
            return _consent(application, person, asked)
        if asked.get("decision") != "authorize":
            return _back(asked, error="access_denied")
        return _back(asked, code=self.approve(application, person, asked))

    def _choose_person(self, asked: dict[str, str]) -> web.Response:
        """Nobody is signed in in this browser; the account that is chosen is kept in a cookie."""
        humans = [user for user in self._world.users.values() if not user.bot]
        choices = [(urlencode({**asked, "as": user.id}), user.global_name or user.name) for user in humans]
        return sign_in_page.page(SITE, COLOUR, "Who are you?", sign_in_page.people(choices), status=401)

    def approve(self, application: StandInApplication, person: StandInUser, asked: dict[str, str]) -> str:
        """The code that the browser takes to the application."""
        code = self._secret()
        challenge = asked.get("code_challenge")
        self._codes[code] = DiscordCode(
            application, person, asked["redirect_uri"], challenge, self._world.clock()
        )
        self._world.ledger.add("oauth_approved", user_id=person.id, application_id=application.id)
        return code

    # -- the token endpoint

    async def token(self, request: web.Request) -> web.StreamResponse:
        """Exchange a code or a refresh token."""
        try:
            body = self._exchange(_client(request), {k: str(v) for k, v in (await request.post()).items()})
        except DiscordOAuthError as refusal:
            return web.json_response(refusal.body, status=refusal.status)
        return web.json_response(body)

    def _exchange(self, basic: tuple[str, str] | None, form: dict[str, str]) -> dict[str, Any]:
        application = self._authenticated(basic or (form.get("client_id", ""), form.get("client_secret", "")))
        kind = form.get("grant_type")
        if kind == "authorization_code":
            return self._issue(application, self._by_code(application, form))
        if kind == "refresh_token":
            grant = self._refresh.pop(form.get("refresh_token", ""), None)
            if grant is None or grant.application is not application:
                raise DiscordOAuthError("invalid_grant", 'Invalid "refresh_token" in request.')
            return self._issue(application, grant.user)
        raise DiscordOAuthError("unsupported_grant_type", "Grant type None is not supported")

    def _authenticated(self, client: tuple[str, str]) -> StandInApplication:
        application = self._world.applications.get(_whole(client[0]))
        if application is None or not secrets.compare_digest(application.client_secret, client[1]):
            raise DiscordOAuthError("invalid_client", "Invalid client credentials", 401)
        return application

    def _by_code(self, application: StandInApplication, form: dict[str, str]) -> StandInUser:
        code = self._codes.pop(form.get("code", ""), None)
        fresh = code is not None and self._world.clock() - code.made_at <= self._world.window(CODE_SECONDS)
        if code is None or not fresh or code.application is not application:
            raise DiscordOAuthError("invalid_grant", 'Invalid "code" in request.')
        if form.get("redirect_uri") != code.redirect_uri:
            raise DiscordOAuthError("invalid_grant", 'Invalid "redirect_uri" in request.')
        if code.challenge is not None and _s256(form.get("code_verifier", "")) != code.challenge:
            raise DiscordOAuthError("invalid_grant", 'Invalid "code_verifier" in request.')
        return code.user

    def _issue(self, application: StandInApplication, user: StandInUser) -> dict[str, Any]:
        grant = DiscordGrant(application, user, self._world.clock() + self._world.window(TOKEN_SECONDS))
        access, refresh = self._secret(), self._secret()
        self._tokens[access] = self._refresh[refresh] = grant
        self._world.ledger.add("oauth_token", user_id=user.id, application_id=application.id)
        answer: dict[str, Any] = {"token_type": "Bearer", "access_token": access, "refresh_token": refresh}
        return answer | {"expires_in": int(TOKEN_SECONDS / self._world.speed), "scope": "identify"}

    async def revoke(self, request: web.Request) -> web.StreamResponse:
        form = {k: str(v) for k, v in (await request.post()).items()}
        try:
            self._authenticated(
                _client(request) or (form.get("client_id", ""), form.get("client_secret", ""))
            )
        except DiscordOAuthError as refusal:
            return web.json_response(refusal.body, status=refusal.status)
        gone = self._tokens.pop(form.get("token", ""), None) or self._refresh.pop(form.get("token", ""), None)
        if gone is not None:
            self._world.ledger.add("oauth_revoked", user_id=gone.user.id)
        return web.json_response({})


def _whole(value: str | None) -> int:
    return int(value) if value is not None and value.isdecimal() else -1


def _client(request: web.Request) -> tuple[str, str] | None:
    header = request.headers.get("Authorization", "")
    if not header.startswith("Basic "):
        return None
    try:
        login, _, password = (
            base64.b64decode(header.removeprefix("Basic "), validate=True).decode().partition(":")
        )
    except ValueError:
        return ("", "")
    return (login, password)


def _problem(asked: dict[str, str]) -> str | None:
    if asked.get("response_type") != "code":
        return "unsupported_response_type"
    scopes = set(asked.get("scope", "").split())
    if not scopes or scopes - SCOPES:
        return "invalid_scope"
    if "code_challenge" in asked and asked.get("code_challenge_method") != "S256":
        return "invalid_request"
    return None


def _back(asked: dict[str, str], **answer: str) -> web.StreamResponse:
    query = {**answer, **({"state": asked["state"]} if "state" in asked else {})}
    joint = "&" if "?" in asked["redirect_uri"] else "?"
    return web.Response(status=302, headers={"Location": asked["redirect_uri"] + joint + urlencode(query)})


def _s256(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _consent(application: StandInApplication, person: StandInUser, asked: dict[str, str]) -> web.Response:
    kept = {**asked, "as": str(person.id)}
    hidden = "".join(
        f'<input type="hidden" name="{html.escape(k, quote=True)}" value="{html.escape(v, quote=True)}">'
        for k, v in kept.items()
        if k != "decision"
    )
    who, others = html.escape(person.name), html.escape(urlencode({**asked, "as": NOBODY}))
    content = (
        f'<p>Signed in as <strong>{who}</strong>. <a href="?{others}">Not you?</a></p>'
        f'<form method="post" action="">{hidden}'
        '<button name="decision" value="authorize">Authorize</button>'
        '<button name="decision" value="deny">Cancel</button></form>'
    )
    page = sign_in_page.page(SITE, COLOUR, f"{application.name} wants to know who you are", content)
    page.set_cookie(COOKIE, str(person.id), httponly=True, samesite="Lax")
    return page
