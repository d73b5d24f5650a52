"""The addresses a browser visits while a creator links; decides nothing."""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import parse_qsl, urlsplit

from aiohttp import web

from bot.accounts import secrets
from bot.accounts.errors import CheckFailed, Declined, OtherPerson
from bot.accounts.tickets import TicketView
from bot.web import pages
from storage.errors import DatabaseUnreachable

log = logging.getLogger(__name__)

DISCORD_CALLBACK = "/oauth/discord/callback"
_TICKET = "/link/{ticket:[A-Za-z0-9_-]{43}}"
_COOKIE_SECONDS = 15 * 60
_LARGEST_FORM = 4096
_FORM_SECONDS = 5.0
_ENDS: dict[str, tuple[Callable[[], str], int]] = {
    "/link/done": (pages.done, 200),
    "/link/declined": (pages.declined, 200),
    "/link/other-account": (pages.other_person, 403),
    "/link/problem": (pages.problem, 400),
}


class Linker(Protocol):
    """What the pages ask of `bot.accounts.linking.Linking`, where each method is described."""

    async def look(self, ticket: str) -> TicketView | None:
        """What a link is for."""

    async def start(self, ticket: str, cookie: str) -> str:
        """The URL of Discord's sign-in."""

    async def discord_returned(self, params: Sequence[tuple[str, str]], cookie: str | None) -> str:
        """The URL of Fanvue's consent."""

    async def fanvue_returned(self, params: Sequence[tuple[str, str]], cookie: str | None) -> None:
        """The owner is asked in Discord."""


class LinkPages:
    """Serves the pages of a link. Every visit ends on an address without code, state or ticket."""

    def __init__(
        self,
        linking: Linker,
        *,
        public_url: str,
        fanvue_redirect_uri: str,
        sign_in_urls: Sequence[str],
        random: secrets.Random,
    ) -> None:
        """`sign_in_urls`: the two authorize URLs. Raises ValueError for addresses that cannot be served."""
        self._linking = linking
        self._random = random
        self._secure = _is_secure(public_url)
        self._cookie = "__Host-link" if self._secure else "link"
        self._fanvue_callback = urlsplit(fanvue_redirect_uri).path
        if self._fanvue_callback in {"", "/", DISCORD_CALLBACK, "/webhooks/fanvue", *_ENDS}:
            raise ValueError("FANVUE_REDIRECT_URI needs a path of its own, such as /oauth/fanvue/callback.")
        self._headers = _headers(sign_in_urls)

    def add_to(self, app: web.Application) -> None:
        """Add the routes. A HEAD never reaches a callback: it would use the attempt up."""
        app.router.add_get(_TICKET, self._show)
        app.router.add_post(_TICKET + "/start", self._start)
        app.router.add_get(DISCORD_CALLBACK, self._discord_returned, allow_head=False)
        app.router.add_get(self._fanvue_callback, self._fanvue_returned, allow_head=False)
        for path in _ENDS:
            app.router.add_get(path, self._end)

    def not_found(self) -> web.Response:
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
        cookie = self._cookie_of(request) or secrets.new_secret(self._random)
        page = pages.StartPage(
            user=view.user_name,
            guild=view.guild_name,
            scopes=view.scopes,
            action=f"/link/{ticket}/start",
            csrf=secrets.csrf_of(cookie, ticket),
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
            cookie = self._cookie_of(request)
            await _check_form(request, cookie, ticket)
            return await self._linking.start(ticket, cookie or "")

        return await self._visit(begin)

    async def _discord_returned(self, request: web.Request) -> web.Response:
        async def go_on() -> str:
            return await self._linking.discord_returned(_params(request), self._cookie_of(request))

        return await self._visit(go_on)

    async def _fanvue_returned(self, request: web.Request) -> web.Response:
        async def finish() -> str:
            await self._linking.fanvue_returned(_params(request), self._cookie_of(request))
            return "/link/done"

        return await self._visit(finish)

    async def _end(self, request: web.Request) -> web.Response:
        text, status = _ENDS[request.path]
        response = self._page(text(), status)
        response.del_cookie(self._cookie, path="/", secure=self._secure, httponly=True, samesite="Lax")
        return response

    async def _visit(self, step: Callable[[], Awaitable[str]]) -> web.Response:
        """Take one step and send the browser on; which check failed is for the log only."""
        try:
            where = await step()
        except Declined:
            where = "/link/declined"
        except OtherPerson:
            log.info("a link was opened by another Discord account and is closed")
            where = "/link/other-account"
        except CheckFailed as error:
            log.info("a link attempt was stopped: %s", error)
            where = "/link/problem"
        except DatabaseUnreachable:
            return self._page(pages.busy(), 503)
        return web.Response(status=303, headers={**self._headers, "Location": where})

    def _page(self, text: str, status: int) -> web.Response:
        return web.Response(text=text, status=status, content_type="text/html", headers=self._headers)

    def _cookie_of(self, request: web.Request) -> str | None:
        """The browser's secret. Two cookies of this name mean that somebody planted one: then none counts."""
        header = "; ".join(request.headers.getall("Cookie", []))
        pairs = (part.strip().partition("=") for part in header.split(";"))
        values = [value for name, _, value in pairs if name == self._cookie]
        return values[0] if len(values) == 1 and secrets.is_secret(values[0]) else None


async def _check_form(request: web.Request, cookie: str | None, ticket: str) -> None:
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise CheckFailed("sent by another site")
    if request.content_type != "application/x-www-form-urlencoded":
        raise CheckFailed("form type")
    length = request.content_length
    if length is None or length > _LARGEST_FORM:
        raise CheckFailed("form size")
    try:
        async with asyncio.timeout(_FORM_SECONDS):
            raw = await request.content.readexactly(length)
    except (TimeoutError, asyncio.IncompleteReadError) as error:
        raise CheckFailed("form body") from error
    form = parse_qsl(raw.decode("ascii", "replace"))
    given = [value for name, value in form if name == "csrf"]
    if cookie is None or len(given) != 1:
        raise CheckFailed("csrf")
    if not hmac.compare_digest(given[0].encode(), secrets.csrf_of(cookie, ticket).encode()):
        raise CheckFailed("csrf")


def _params(request: web.Request) -> list[tuple[str, str]]:
    if "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        raise CheckFailed("a prefetch, not a visit")
    return list(request.query.items())


def _headers(sign_in_urls: Sequence[str]) -> dict[str, str]:
    # Browsers hold the redirects that follow a form to `form-action` too, so the sign-in pages are named.
    origins = " ".join(dict.fromkeys(_origin(url) for url in sign_in_urls))
    return {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Content-Security-Policy": (
            f"default-src 'none'; style-src 'sha256-{pages.STYLE_HASH}'; form-action 'self' {origins}; "
            "base-uri 'none'; frame-ancestors 'none'"
        ),
    }


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _is_secure(public_url: str) -> bool:
    """Whether cookies can be Secure; plain http is only for a browser on this very machine (the demo)."""
    parts = urlsplit(public_url)
    if parts.scheme == "https":
        return True
    host = parts.hostname or ""
    if host == "localhost":
        return False
    try:
        loopback = ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise ValueError("PUBLIC_URL must begin with https:// (plain http only on this machine itself).")
    return False
