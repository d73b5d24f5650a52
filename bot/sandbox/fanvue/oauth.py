"""The authorization server: consent page, token endpoint, revocation."""

import base64
import binascii
import re
from dataclasses import asdict, dataclass
from html import escape
from urllib.parse import urlencode

from aiohttp import web

from bot.sandbox import sign_in_page
from bot.sandbox.fanvue.records import AccountRecord, DeveloperApp, UserId
from bot.sandbox.fanvue.state import FanvueState
from bot.sandbox.fanvue.switches import FanvueSwitches
from bot.sandbox.fanvue.tokens import FanvueOAuthError, IssuedTokens, TokenOffice

COOKIE = "fanvue_session"
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
# Fanvue's server looks like Ory Hydra, which refuses a state that could be guessed.
_STATE_LENGTH = 8


@dataclass(frozen=True)
class ConsentPage:
    """A consent page that somebody is looking at."""

    app: DeveloperApp
    user: UserId
    scopes: tuple[str, ...]
    redirect_uri: str
    state: str
    challenge: str


class AuthorizationServer:
    """Speaks OAuth 2.0 with PKCE to browsers and to apps."""

    def __init__(self, state: FanvueState, tokens: TokenOffice) -> None:
        self._state = state
        self._tokens = tokens
        self._consents: dict[str, ConsentPage] = {}

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/oauth2/auth", self.ask),
            web.post("/oauth2/auth", self.decide),
            web.post("/oauth2/token", self.token),
            web.post("/oauth2/revoke", self.revoke),
            web.get("/.well-known/openid-configuration", self.metadata),
        ]

    async def metadata(self, _request: web.Request) -> web.Response:
        """The server's metadata (RFC 8414), as far as a client can make use of it."""
        base = self._state.base_url
        return _json(
            {
                "issuer": base,
                "authorization_endpoint": f"{base}/oauth2/auth",
                "token_endpoint": f"{base}/oauth2/token",
                "revocation_endpoint": f"{base}/oauth2/revoke",
                "code_challenge_methods_supported": ["S256"],
                "authorization_response_iss_parameter_supported": self._state.switches.iss_on_callback,
            }
        )

    async def ask(self, request: web.Request) -> web.Response:
        """Show who asks for what; the account comes from `as` or from the cookie."""
        query = request.query
        app = self._state.apps.get(query.get("client_id", ""))
        redirect_uri = query.get("redirect_uri", "")
        if app is None or redirect_uri not in app.redirect_uris:
            # RFC 6749, 4.1.2.1: never redirect to an address that is not registered.
            why = "unknown client" if app is None else "redirect_uri does not match exactly"
            return _page("Error", f"<p>invalid_client or invalid_request: {why}</p>", status=400)
        state = query.get("state", "")
        problem = _problem(app, dict(query), self._state.switches)
        if problem is not None:
            error, description = problem
            answer = {"error": error, "error_description": description, "state": state}
            return self._back(redirect_uri, answer)
        if self._state.switches.other_session and "login" not in query.get("prompt", "").split():
            self._state.switches.other_session -= 1
            words = "Login session does not match the signed-in account"
            return self._back(
                redirect_uri, {"error": "access_denied", "error_description": words, "state": state}
            )
        account = self._signed_in(request)
        if account is None:
            return self._choose_account(request)
        scopes = tuple(dict.fromkeys(query["scope"].split()))
        consent = ConsentPage(app, account.uuid, scopes, redirect_uri, state, query.get("code_challenge", ""))
        number = self._state.new_secret()
        self._consents[number] = consent
        page = _page(f"{app.name} wants access", _consent_form(consent, account, number))
        page.set_cookie(COOKIE, account.uuid, httponly=True, samesite="Lax")
        return page

    async def decide(self, request: web.Request) -> web.Response:
        """Yes or no, once; the browser goes back to the app with a code or an error."""
        form = await request.post()
        consent = self._consents.pop(str(form.get("consent", "")), None)
        if consent is None:
            return _page("Error", "<p>This consent page is over.</p>", status=400)
        if form.get("decision") != "approve":
            denied = {"error": "access_denied", "error_description": "The resource owner denied the request"}
            return self._back(consent.redirect_uri, denied | {"state": consent.state})
        code = self._tokens.issue_code(
            consent.app.client_id, consent.user, consent.scopes, consent.redirect_uri, consent.challenge
        )
        answer = {"code": code, "scope": " ".join(consent.scopes), "state": consent.state}
        return self._back(consent.redirect_uri, answer)

    async def token(self, request: web.Request) -> web.Response:
        try:
            app = self._client(request)
            form = await _form(request, app)
            return _json(self._answer(self._grant(app, form)))
        except FanvueOAuthError as error:
            self._state.ledger.record("token.denied", error=error.error, why=error.description)
            return _refusal(error)

    async def revoke(self, request: web.Request) -> web.Response:
        try:
            app = self._client(request)
            form = await _form(request, app)
            self._tokens.revoke(app, _need(form, "token"))
            return web.Response(status=200)
        except FanvueOAuthError as error:
            return _refusal(error)

    def _grant(self, app: DeveloperApp, form: dict[str, str]) -> IssuedTokens:
        kind = _need(form, "grant_type")
        if kind == "authorization_code":
            code, redirect_uri = _need(form, "code"), _need(form, "redirect_uri")
            return self._tokens.exchange(app, code, redirect_uri, _need(form, "code_verifier"))
        if kind == "refresh_token":
            return self._tokens.refresh(app, _need(form, "refresh_token"), form.get("scope"))
        raise FanvueOAuthError(
            "unsupported_grant_type", "Only authorization_code and refresh_token are known."
        )

    def _answer(self, tokens: IssuedTokens) -> dict[str, object]:
        body: dict[str, object] = {name: value for name, value in asdict(tokens).items() if value is not None}
        del body["user"]
        if "openid" in tokens.scope.split():
            body["id_token"] = self._tokens.id_token(tokens.user)
        if not self._state.switches.refresh_answers_scope:
            del body["scope"]
        said = body | {"token_type": "bearer"} | self._state.switches.token_answer
        return {name: value for name, value in said.items() if value is not None}

    def _client(self, request: web.Request) -> DeveloperApp:
        """Only HTTP Basic is taken, as the app is registered for client_secret_basic."""
        scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "basic":
            try:
                client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
            except (binascii.Error, UnicodeDecodeError):
                client_id = secret = ""
            app = self._state.apps.get(client_id)
            if app is not None and app.client_secret == secret:
                return app
        raise FanvueOAuthError("invalid_client", "Client authentication failed.", 401)

    def _signed_in(self, request: web.Request) -> AccountRecord | None:
        uuid = request.query.get("as") or request.cookies.get(COOKIE, "")
        return self._state.accounts.get(UserId(uuid))

    def _choose_account(self, request: web.Request) -> web.Response:
        choices = [
            (urlencode({**request.query, "as": account.uuid}), f"@{account.handle}")
            for account in self._state.accounts.values()
            if account.is_creator or account.manages
        ]
        return _page("Sign in to Fanvue", sign_in_page.people(choices))

    def _back(self, redirect_uri: str, answer: dict[str, str]) -> web.Response:
        if self._state.switches.iss_on_callback:
            answer = answer | {"iss": self._state.base_url}
        glue = "&" if "?" in redirect_uri else "?"
        return web.Response(status=303, headers={"Location": f"{redirect_uri}{glue}{urlencode(answer)}"})


def _problem(app: DeveloperApp, query: dict[str, str], switches: FanvueSwitches) -> tuple[str, str] | None:
    """The problem of a request for consent, as error and description."""
    scopes = set(query.get("scope", "").split())
    if query.get("response_type") != "code":
        return "unsupported_response_type", "response_type must be code"
    if len(query.get("state", "")) < _STATE_LENGTH:
        return "invalid_state", f"state must have at least {_STATE_LENGTH} characters"
    if switches.pkce == "required" or "code_challenge" in query:
        if query.get("code_challenge_method") != "S256":
            return "invalid_request", "code_challenge_method must be S256"
        if not _CHALLENGE.fullmatch(query.get("code_challenge", "")):
            return "invalid_request", "code_challenge must be an S256 challenge"
    if not scopes or not scopes <= app.scopes:
        return (
            "invalid_scope",
            f"not ticked for this app: {' '.join(sorted(scopes - app.scopes)) or 'nothing'}",
        )
    return None


async def _form(request: web.Request, app: DeveloperApp) -> dict[str, str]:
    """The form, in which nothing may occur twice and the client may only repeat itself."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise FanvueOAuthError("invalid_request", "The body must be form-encoded.")
    form = await request.post()
    fields = {name: str(value) for name, value in form.items()}
    if len(form) != len(fields):
        raise FanvueOAuthError("invalid_request", "A parameter is given twice.")
    if fields.get("client_id", app.client_id) != app.client_id or "client_secret" in fields:
        raise FanvueOAuthError("invalid_client", "The client authenticates with HTTP Basic only.", 401)
    return fields


def _need(form: dict[str, str], name: str) -> str:
    if not form.get(name):
        raise FanvueOAuthError("invalid_request", f"{name} is required.")
    return form[name]


def _json(body: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    kept = {"Cache-Control": "no-store"} | (headers or {})
    return web.json_response(body, status=status, headers=kept)


def _refusal(error: FanvueOAuthError) -> web.Response:
    headers = {"WWW-Authenticate": 'Basic realm="fanvue"'} if error.error == "invalid_client" else None
    return _json({"error": error.error, "error_description": error.description}, error.status, headers)


def _consent_form(consent: ConsentPage, account: AccountRecord, number: str) -> str:
    scopes = "".join(f"<li>{escape(scope)}</li>" for scope in consent.scopes)
    return (
        f"<p>Signed in as @{escape(account.handle)}. It would be allowed:</p>"
        f'<ul class="scopes">{scopes}</ul>'
        '<form method="post" action="/oauth2/auth">'
        f'<input type="hidden" name="consent" value="{number}">'
        '<button name="decision" value="approve">Allow</button>'
        '<button name="decision" value="deny">Deny</button></form>'
    )


def _page(title: str, content: str, status: int = 200) -> web.Response:
    return sign_in_page.page("The Fanvue", "#1f7a52", title, content, status)
