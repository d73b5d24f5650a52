"""The addresses that a browser visits while an agent waits to be let in.

Nobody is sent to an app's address before a person has said yes or no on Discord: whoever registers an app
could otherwise send people anywhere from here.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

from bot.features.http_pages import HttpPage
from bot.features.operations.agent_sign_in.client_rules import host_of
from bot.features.operations.agent_sign_in.model import SignInBusy, SignInRefused
from bot.features.operations.agent_sign_in.request_rules import RedirectRefused, answer_url
from bot.features.operations.agent_sign_in.service import AgentSignInService, WaitingAgent
from bot.features.people.accounts.errors import LinkCheckFailed
from bot.web import agent_pages
from bot.web.agent_doors import AgentDoors
from bot.web.agent_pages import CONSENT, STATE, WAITS, page_headers
from bot.web.forms import cookie_of, is_secure, params_of, spoken
from storage.errors import DatabaseUnreachable

AUTHORIZE: Final = "/oauth/authorize"
_COOKIE_SECONDS: Final = 10 * 60


class AgentConsentPages:
    """The browser that began is the one that gets the answer: its cookie is the key to it."""

    def __init__(self, signing: AgentSignInService, doors: AgentDoors, *, public_url: str) -> None:
        self._signing = signing
        self._doors = doors
        self._secure = is_secure(public_url)
        self._cookie = "__Host-agent" if self._secure else "agent"
        self._headers = page_headers()

    def entries(self) -> tuple[HttpPage, ...]:
        """The pages, each at its pace."""
        return (
            HttpPage(AUTHORIZE, self._doors.paced(spoken(self._safe(self._begin)))),
            HttpPage(CONSENT, self._doors.polled(spoken(self._safe(self._look)))),
            HttpPage(STATE, self._doors.polled(self._safe(self._state))),
        )

    async def _begin(self, request: web.Request) -> web.Response:
        try:
            secret = await self._signing.begin(list(request.query.items()))
        except RedirectRefused as refused:
            issuer = self._signing.addresses.issuer
            back = answer_url(refused.redirect, issuer, refused.state, error=refused.error)
            return self._page(agent_pages.wrong(str(refused), back, host_of(refused.redirect)), 400)
        except SignInRefused as refused:
            return self._page(agent_pages.wrong(str(refused), None, ""), 400)
        response = self._leave(CONSENT)
        response.set_cookie(
            self._cookie,
            secret,
            max_age=_COOKIE_SECONDS,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="Lax",
        )
        return response

    async def _look(self, request: web.Request) -> web.Response:
        try:
            params_of(request)
        except LinkCheckFailed:  # a prefetch would use the answer up
            return self._page(agent_pages.over(), 400)
        cookie = cookie_of(request, self._cookie)
        found = await self._signing.look(cookie) if cookie is not None else None
        if isinstance(found, WaitingAgent):
            text = agent_pages.waiting(name=found.name, host=found.host, code=found.code)
            return self._page(text, 200)
        response = self._leave(found) if found is not None else self._page(agent_pages.over(), 404)
        response.del_cookie(self._cookie, path="/", secure=self._secure, httponly=True, samesite="Lax")
        return response

    async def _state(self, request: web.Request) -> web.Response:
        cookie = cookie_of(request, self._cookie)
        waits = cookie is not None and await self._signing.waiting(cookie)
        return web.Response(text=WAITS if waits else "over", headers={"Cache-Control": "no-store"})

    def _safe(
        self, page: Callable[[web.Request], Awaitable[web.Response]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def answered(request: web.Request) -> web.Response:
            try:
                return await page(request)
            except (SignInBusy, DatabaseUnreachable):
                return self._page(agent_pages.busy(), 503)

        return answered

    def _leave(self, where: str) -> web.Response:
        return web.Response(status=303, headers={**self._headers, "Location": where})

    def _page(self, text: str, status: int) -> web.Response:
        return web.Response(text=text, status=status, content_type="text/html", headers=self._headers)
