"""Serves the setup page on this machine alone, to one browser."""

import asyncio
import hmac
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from aiohttp import web

from bot.features.operations.installation.service import InstallationService
from bot.features.people.accounts import browser_secrets
from bot.features.people.accounts.errors import LinkCheckFailed
from bot.web import headers, setup_pages
from bot.web.forms import check_csrf, read_form
from bot.web.link_page_headers import headers as page_headers
from bot.web.listener import Handler, open_listener, timed
from bot.web.request_limits import RequestBounds

HOST = "127.0.0.1"
_OWN_NAMES = {HOST, "localhost", "::1"}  # any port: the way here may be a tunnel's
_COOKIE = "setup"
_BOUNDS = RequestBounds(connections=32)
_ABOUT = "the setup page"
_FORM = web.RequestKey("form", dict[str, str])


class SetupListener:
    """Listens while its `async with` lasts. `url` holds the secret: it is for the terminal alone."""

    def __init__(self, setup: InstallationService, *, random: browser_secrets.Random, port: int = 0) -> None:
        self._setup, self._random = setup, random
        self.port = port  # 0 takes a free one
        self._secret = browser_secrets.new_secret(random)
        self._browser: str | None = None  # the cookie of the one that came first
        self._end: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._stack = AsyncExitStack()
        self.url = ""

    async def __aenter__(self) -> Self:
        """Listen. Raises OSError."""
        app = web.Application(middlewares=[timed, self._guarded])
        app.on_response_prepare.append(headers.on_prepare)
        base = "/{secret}/"
        app.router.add_get(base, self._show, allow_head=False)
        app.router.add_post(base + "answer", self._answer)
        app.router.add_post(base + "again", self._again)
        app.router.add_post(base + "finish", self._finish)
        self.port = await open_listener(
            self._stack, app, (HOST, self.port), bounds=_BOUNDS, shutdown_seconds=5.0
        )
        self.url = f"http://{HOST}:{self.port}/{self._secret}/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening, once the last page is out."""
        await self._stack.aclose()

    async def finished(self) -> bool:
        """Return when the page's last button was pressed: whether the bridge is to start."""
        return await self._end

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Only this machine's own name, the secret in the address, and the browser that came first."""
        try:
            named = urlsplit(f"//{request.headers.get('Host', '')}").hostname
        except ValueError:
            named = None
        secret = request.match_info.get("secret", "")
        if named not in _OWN_NAMES or not hmac.compare_digest(secret.encode(), self._secret.encode()):
            return self._page(setup_pages.nothing_here(), 404)
        if request.method == "POST":
            return await self._checked(request, handler)
        if self._browser is not None and not self._is_first(request):
            return self._page(setup_pages.elsewhere(), 403)
        return await handler(request)

    async def _checked(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            cookie = request.cookies.get(_COOKIE) if self._is_first(request) else None
            request[_FORM] = form = dict(await read_form(request))
            check_csrf(form, cookie, _ABOUT)
        except LinkCheckFailed:
            return self._page(setup_pages.stale(), 403)
        return await handler(request)

    def _is_first(self, request: web.Request) -> bool:
        given = request.cookies.get(_COOKIE, "")
        return self._browser is not None and hmac.compare_digest(given.encode(), self._browser.encode())

    async def _show(self, _request: web.Request) -> web.Response:
        fresh = self._browser is None
        self._browser = browser = self._browser or browser_secrets.new_secret(self._random)
        view = self._setup.overview()
        response = self._page(setup_pages.whole(view, browser_secrets.csrf_of(browser, _ABOUT)), 200)
        if fresh:
            response.set_cookie(_COOKIE, browser, path=f"/{self._secret}/", httponly=True, samesite="Strict")
        return response

    async def _answer(self, request: web.Request) -> web.Response:
        form = request[_FORM]
        name = form.get("name", "")
        if name not in {field.question.name for field in self._setup.overview().fields}:
            return self._page(setup_pages.stale(), 400)
        answer = await self._setup.answer(name, form.get("value", ""))
        if not answer.good:
            return self._back(f"#{name}")
        return self._back(
            "#end" if self._setup.overview().next_field is None else ""
        )  # the next field has focus

    async def _again(self, request: web.Request) -> web.Response:
        await self._setup.check_again()
        return self._back("#invite" if request[_FORM].get("name") == "invite" else "#end")

    async def _finish(self, request: web.Request) -> web.Response:
        if not self._setup.overview().ready:
            return self._back("#end")
        starts = request[_FORM].get("start") == "yes"
        response = self._page(setup_pages.started(starts), 200)
        response.force_close()
        if not self._end.done():
            self._end.set_result(starts)
        return response

    def _back(self, where: str) -> web.Response:
        target = f"/{self._secret}/{where}"
        return web.Response(status=303, headers={**page_headers([]), "Location": target})

    def _page(self, text: str, status: int) -> web.Response:
        return web.Response(text=text, status=status, content_type="text/html", headers=page_headers([]))
