"""The addresses between the link from Discord and a session."""

from aiohttp import web

from bot.features.http_pages import HttpPage
from bot.features.people.accounts import browser_secrets
from bot.features.people.accounts.errors import LinkCheckFailed
from bot.features.people.team_page.model import SESSION_LASTS, STATE_PREFIX, PageRefusal, PageSignInRefused
from bot.features.people.team_page.session_service import PageSessionService
from bot.features.people.team_page.sign_in_service import PageSignInService
from bot.web.forms import check_csrf, cookie_of, params_of, read_form
from bot.web.team import texts
from bot.web.team.door import TeamPageDoor
from bot.web.team.frame import SIGN_OUT

_LINK = "/page/in/{ticket:[A-Za-z0-9_-]{1,100}}"
_WELCOME = "/page/welcome"
_COOKIE_SECONDS = 15 * 60


class TeamSignInPages:
    """Looking at a link changes nothing; only a press leads to Discord."""

    def __init__(
        self,
        signing: PageSignInService,
        sessions: PageSessionService,
        door: TeamPageDoor,
        random: browser_secrets.Random,
    ) -> None:
        self._signing = signing
        self._sessions = sessions
        self._door = door
        self._random = random
        self._cookie = "__Host-page-in" if door.secure else "page-in"

    def entries(self) -> tuple[HttpPage, ...]:
        """The pages, each at its pace."""
        return (
            HttpPage(_LINK, self._door.paced(self._show)),
            HttpPage(_LINK, self._door.paced(self._start), "POST"),
            HttpPage(_WELCOME, self._door.paced(self._welcome)),
            HttpPage(SIGN_OUT, self._door.paced(self._sign_out), "POST"),
        )

    def owns(self, request: web.Request) -> bool:
        """Whether what comes back from Discord began here."""
        return request.query.get("state", "").startswith(STATE_PREFIX)

    async def returned(self, request: web.Request) -> web.Response:
        """The page after Discord's sign-in, whatever its outcome."""
        return await self._door.paced(self._returned)(request)

    async def _show(self, request: web.Request) -> web.Response:
        ticket = request.match_info["ticket"]
        if not await self._signing.look(ticket):
            return self._refused(PageRefusal.OVER)
        cookie = cookie_of(request, self._cookie) or browser_secrets.new_secret(self._random)
        text = texts.link(f"/page/in/{ticket}", browser_secrets.csrf_of(cookie, ticket))
        response = self._door.page(text, 200)
        self._hold(response, cookie)
        return response

    async def _start(self, request: web.Request) -> web.Response:
        ticket = request.match_info["ticket"]
        try:
            cookie = check_csrf(await read_form(request), cookie_of(request, self._cookie), ticket)
            where = await self._signing.start(ticket, cookie)
        except LinkCheckFailed:
            return self._refused(PageRefusal.BROWSER)
        except PageSignInRefused as refused:
            return self._refused(refused.cause)
        return self._door.leave(where)

    async def _returned(self, request: web.Request) -> web.Response:
        try:
            secret = await self._signing.returned(params_of(request), cookie_of(request, self._cookie))
        except LinkCheckFailed:  # a prefetch would use it up
            return self._refused(PageRefusal.BROWSER)
        except PageSignInRefused as refused:
            return self._refused(refused.cause)
        response = self._door.leave(_WELCOME)
        self._door.remember(response, secret, SESSION_LASTS // 1000)
        self._drop(response)
        return response

    async def _welcome(self, _request: web.Request) -> web.Response:
        return self._door.page(texts.welcome(), 200)

    async def _sign_out(self, request: web.Request) -> web.Response:
        secret = self._door.secret(request)
        visitor = await self._sessions.visitor(secret)
        if visitor is None:
            return self._door.page(texts.signed_out(), 401)
        try:
            check_csrf(await read_form(request), secret, visitor.session)
        except LinkCheckFailed:
            return self._refused(PageRefusal.BROWSER)
        await self._sessions.sign_out(visitor)
        response = self._door.page(texts.bye(), 200)
        self._door.forget(response)
        return response

    def _refused(self, cause: PageRefusal) -> web.Response:
        return self._door.page(*texts.refused(cause))

    def _hold(self, response: web.Response, cookie: str) -> None:
        """Lax: it has to come along when Discord sends the browser back."""
        response.set_cookie(
            self._cookie,
            cookie,
            max_age=_COOKIE_SECONDS,
            path="/",
            secure=self._door.secure,
            httponly=True,
            samesite="Lax",
        )

    def _drop(self, response: web.Response) -> None:
        response.del_cookie(self._cookie, path="/", secure=self._door.secure, httponly=True, samesite="Lax")
