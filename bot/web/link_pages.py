"""The addresses a browser visits while a creator links; decides nothing."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

from aiohttp import web

from bot.features.people.accounts import browser_secrets
from bot.features.people.accounts.errors import (
    FanvueLinkFailed,
    LinkCheckFailed,
    LinkDeclined,
    LinkPersonMismatch,
)
from bot.features.people.accounts.link_causes import LinkCause
from bot.features.people.accounts.service import AccountLinkService
from bot.web import pages
from bot.web.forms import check_csrf, cookie_of, is_secure, params_of, read_form, spoken
from bot.web.link_page_headers import headers
from bot.web.team.sign_in import TeamSignInPages
from storage.errors import DatabaseUnreachable

log = logging.getLogger(__name__)

DISCORD_CALLBACK = "/oauth/discord/callback"
_TICKET = "/link/{ticket:[A-Za-z0-9_-]{43}}"
_COOKIE_SECONDS = 15 * 60
_CONSENT, _DONE = "/link/consent", "/link/done"
_PROBLEM = "/link/problem"
_ENDS: dict[str, tuple[Callable[[], str], int]] = {
    "/link/declined": (pages.declined, 200),
    "/link/other-account": (pages.other_person, 403),
    _PROBLEM: (pages.problem, 400),
}


class LinkPages:
    """Serves the pages of a link. Every visit ends on an address without code, state or ticket."""

    def __init__(
        self,
        linking: AccountLinkService,
        *,
        public_url: str,
        fanvue_redirect_uri: str,
        sign_in_urls: Sequence[str],
        random: browser_secrets.Random,
        returns: TeamSignInPages | None = None,
    ) -> None:
        """`sign_in_urls`: the two authorize URLs. `returns`: who else sends people to Discord's sign-in.

        Raises ValueError for addresses that cannot be served.
        """
        self._returns = returns
        self._linking = linking
        self._random = random
        self._secure = is_secure(public_url)
        self._cookie = "__Host-link" if self._secure else "link"
        self._fanvue_callback = urlsplit(fanvue_redirect_uri).path
        taken = {"", "/", DISCORD_CALLBACK, "/webhooks/fanvue", _CONSENT, _DONE, *_ENDS}
        if self._fanvue_callback in taken:
            raise ValueError("FANVUE_REDIRECT_URI needs a path of its own, such as /oauth/fanvue/callback.")
        self._headers = headers(sign_in_urls)

    def add_to(self, app: web.Application) -> None:
        """Add the routes. A HEAD never reaches a callback: it would use the attempt up."""
        app.router.add_get(_TICKET, spoken(self._show))
        app.router.add_post(_TICKET + "/start", self._start)
        app.router.add_get(_CONSENT, spoken(self._hand_over))
        app.router.add_post(_CONSENT, self._go_on)
        app.router.add_get(_DONE, spoken(self._done))
        app.router.add_get(DISCORD_CALLBACK, self._discord_returned, allow_head=False)
        app.router.add_get(self._fanvue_callback, self._fanvue_returned, allow_head=False)
        app.router.add_get(_PROBLEM + "/{cause:[a-z-]{1,40}}", spoken(self._ended))
        for path in _ENDS:
            app.router.add_get(path, spoken(self._end))

    async def not_found(self, _request: web.Request) -> web.Response:
        """The page for an address that leads nowhere."""
        return self._page(pages.not_found(), 404)

    async def _show(self, request: web.Request) -> web.Response:
        ticket = request.match_info["ticket"]
        try:
            view = await self._linking.look(ticket)
        except DatabaseUnreachable:
            return self._page(pages.busy(), 503)
        if view is None:
            return self._page(pages.problem(), 404)
        cookie = cookie_of(request, self._cookie) or browser_secrets.new_secret(self._random)
        page = pages.StartPage(
            user=view.user_name,
            guild=view.guild_name,
            scopes=view.scopes,
            action=f"/link/{ticket}/start",
            csrf=browser_secrets.csrf_of(cookie, ticket),
        )
        response = self._page(pages.start(page), 200)
        response.set_cookie(
            self._cookie,
            cookie,
            max_age=_COOKIE_SECONDS,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="Lax",
        )
        return response

    async def _start(self, request: web.Request) -> web.Response:
        ticket = request.match_info["ticket"]

        async def begin() -> str:
            cookie = check_csrf(await read_form(request), cookie_of(request, self._cookie), ticket)
            return await self._linking.start(ticket, cookie)

        return await self._visit(begin)

    async def _discord_returned(self, request: web.Request) -> web.Response:
        if self._returns is not None and self._returns.owns(request):
            return await self._returns.returned(request)

        async def go_on() -> str:
            await self._linking.discord_returned(params_of(request), cookie_of(request, self._cookie))
            return _CONSENT

        return await self._visit(go_on)

    async def _hand_over(self, request: web.Request) -> web.Response:
        cookie = cookie_of(request, self._cookie)
        try:
            view = await self._linking.hand_over(cookie) if cookie is not None else None
        except DatabaseUnreachable:
            return self._page(pages.busy(), 503)
        if view is None or cookie is None:
            return self._page(pages.problem(), 404)
        page = pages.HandOverPage(
            user=view.user_name,
            guild=view.guild_name,
            scopes=view.scopes,
            attempt=view.attempt,
            csrf=browser_secrets.csrf_of(cookie, view.attempt),
        )
        return self._page(pages.hand_over(page), 200)

    async def _go_on(self, request: web.Request) -> web.Response:
        async def leave() -> str:
            form = await read_form(request)
            attempt = form.get("attempt", "")
            cookie = check_csrf(form, cookie_of(request, self._cookie), attempt)
            decision = form.get("decision")
            other = decision == "other"
            return await self._linking.go_on(cookie, attempt, yes=decision == "yes" or other, login=other)

        return await self._visit(leave)

    async def _fanvue_returned(self, request: web.Request) -> web.Response:
        async def finish() -> str:
            return (
                await self._linking.fanvue_returned(params_of(request), cookie_of(request, self._cookie))
                or _DONE
            )

        return await self._visit(finish)

    async def _done(self, request: web.Request) -> web.Response:
        cookie = cookie_of(request, self._cookie)
        try:
            view = await self._linking.done(cookie) if cookie is not None else None
        except DatabaseUnreachable:
            view = None
        return self._last(pages.done(view.user_name, view.guild_name) if view else pages.done(), 200)

    async def _end(self, request: web.Request) -> web.Response:
        text, status = _ENDS[request.path]
        return self._last(text(), status)

    async def _ended(self, request: web.Request) -> web.Response:
        said = {cause.value: cause.said for cause in LinkCause}.get(request.match_info["cause"])
        return self._last(pages.problem() if said is None else pages.ended(said), 400)

    def _last(self, text: str, status: int) -> web.Response:
        """A page after which the browser's cookie is of no more use."""
        response = self._page(text, status)
        response.del_cookie(self._cookie, path="/", secure=self._secure, httponly=True, samesite="Lax")
        return response

    async def _visit(self, step: Callable[[], Awaitable[str]]) -> web.Response:
        """Take one step and send the browser on; which check failed is for the log only."""
        try:
            where = await step()
        except LinkDeclined:
            where = "/link/declined"
        except LinkPersonMismatch:
            log.info("a link was opened by another Discord account and is closed")
            where = "/link/other-account"
        except FanvueLinkFailed as failed:
            where = f"{_PROBLEM}/{failed.cause}"
        except LinkCheckFailed as error:
            log.info("a link attempt was stopped: %s", error)
            where = _PROBLEM
        except DatabaseUnreachable:
            return self._page(pages.busy(), 503)
        return web.Response(status=303, headers={**self._headers, "Location": where})

    def _page(self, text: str, status: int) -> web.Response:
        return web.Response(text=text, status=status, content_type="text/html", headers=self._headers)
