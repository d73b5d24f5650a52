"""Puts a link's access token on a request, and after a 401 a fresh one, once.

The token source owns refreshing (single-flight, durable); this flow only asks it.
"""

from collections.abc import AsyncGenerator, Generator
from typing import Protocol

import httpx

from bot.fanvue.transport import begin_journey
from storage.records import LinkId

_UNAUTHORIZED = 401


class TokenSource(Protocol):
    """A link's access token, kept fresh behind it.

    Both raise `bot.model.errors.TryLater` when there is none to be had now, with `paused` when a
    person must link again. It passes through the client as it is: nothing was sent then.
    """

    async def current(self, link: LinkId) -> str:
        """The token to use now."""

    async def refreshed(self, link: LinkId, rejected: str) -> str:
        """A token other than `rejected`, which Fanvue just refused; fifty askers cause one refresh."""


class LinkAuth(httpx.Auth):
    """One link's identity. A second 401 is the answer: it never loops."""

    def __init__(self, tokens: TokenSource, link: LinkId) -> None:
        self._tokens = tokens
        self._link = link

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Send the request with the current token, and once more if Fanvue refuses it."""
        token = await self._tokens.current(self._link)
        request.headers["Authorization"] = f"Bearer {token}"
        response = yield request
        if response.status_code != _UNAUTHORIZED:
            return
        fresh = await self._tokens.refreshed(self._link, token)
        request.headers["Authorization"] = f"Bearer {fresh}"
        begin_journey()  # a 401 was not carried out, so a lost second attempt is judged by itself
        yield request

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """There is no other flow than the asynchronous one."""
        raise NotImplementedError


class FixedAuth(httpx.Auth):
    """A token that belongs to no link yet: it says who just signed in."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Send the request with the token."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """There is no other flow than the asynchronous one."""
        raise NotImplementedError
