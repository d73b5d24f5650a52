"""The tools at PUBLIC_URL: streamable HTTP, for agents that run elsewhere.

Each request stands alone, so any process may answer it. The library that speaks the protocol is loaded when
the first valid key asks; a bridge that no agent asks does not pay for it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Final, Protocol
from urllib.parse import urlsplit

from aiohttp import web

from bot.engine.slots import SlotEntry
from bot.features.http_pages import PUBLIC_PAGES, HttpPage
from bot.features.operations.agent_sign_in.model import MCP_PATH, RESOURCE_METADATA
from bot.features.operations.agent_tools.caller import MOST_BYTES, AgentCaller
from bot.features.operations.api_keys.key_door import ApiKeyDoor, bearer_of
from bot.features.operations.api_keys.key_pace import KeyPace, KeyTooFast
from bot.features.operations.operator_requests.door import NO_STORE, refused
from storage.people.api_keys import ApiKeyRecord, ApiKeyScope

# The valid key that a text opens with; None: it is no key of this kind, or opens nothing.
KeyReader = Callable[[str], Awaitable[ApiKeyRecord | None]]

LACKING: Final = "Agents need one more package here: pip install 'fanvue-discord-bridge[agents]'."
_EXCHANGE: Final = "bot.features.operations.agent_tools.library_exchange"
_SECONDS: Final = 10.0
_NO_KEY: Final = "Send a valid key: Authorization: Bearer fbk.…"
_TOO_NARROW: Final = "This needs the scope {needs}."
_TOO_LONG: Final = f"A message has at most {MOST_BYTES} bytes."


class Exchange(Protocol):
    """What `library_exchange` has."""

    async def answer(self, caller: AgentCaller, body: bytes) -> web.Response:
        """The answer to one message."""


def speaks_mcp() -> bool:
    """Whether the library is installed; it is not loaded for that."""
    return find_spec("mcp") is not None


class RemoteToolsPage:
    """Answers 501 without the library, 401 without a key; a tool does what its key opens."""

    def __init__(
        self, door: ApiKeyDoor, pace: KeyPace, *, keys: KeyReader, tokens: KeyReader, url: str
    ) -> None:
        """`keys`: knows those that people copied. `tokens`: of agents that signed in. `url`: PUBLIC_URL."""
        self._door = door
        self._pace = pace
        self._keys = keys
        self._tokens = tokens
        parts = urlsplit(url)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._metadata = f'resource_metadata="{url}{RESOURCE_METADATA}"'
        self._exchange: Exchange | None = None
        self._loading = asyncio.Lock()

    def entries(self) -> tuple[SlotEntry, ...]:
        """One address: it takes messages, and has none of its own to tell."""
        return (PUBLIC_PAGES.of(HttpPage(MCP_PATH, self._asked, "POST")),)

    async def _asked(self, request: web.Request) -> web.StreamResponse:
        if not speaks_mcp():
            return refused(501, LACKING)
        if request.headers.get("Origin", self._origin) != self._origin:
            return refused(403, "This address is for agents, not for pages of other sites.")
        text = bearer_of(request)
        key = await self._keys(text) if text is not None else None
        signed_in = key is None and text is not None
        key = await self._tokens(text) if signed_in and text is not None else key
        if key is None:
            invalid = "" if text is None else 'error="invalid_token", '
            return refused(401, _NO_KEY, {"WWW-Authenticate": f"Bearer {invalid}{self._metadata}"})
        try:
            with self._pace.turn(key.id):
                return await self._answered(request, key, signed_in=signed_in)
        except KeyTooFast as fast:
            return refused(429, str(fast), {"Retry-After": str(fast.seconds)})

    async def _answered(
        self, request: web.Request, key: ApiKeyRecord, *, signed_in: bool
    ) -> web.StreamResponse:
        if request.content_type != "application/json":
            return refused(415, "Send one JSON-RPC message as application/json.")
        body = await _body_of(request)
        if body is None:
            return refused(413, _TOO_LONG)
        caller = AgentCaller(request, key, self._door)
        answer = await (await self._loaded()).answer(caller, body)
        if signed_in and caller.needs is not None:
            # Only an agent that signed in can ask its person for more; another one reads the tool's answer.
            return self._too_narrow(caller.needs)
        answer.headers.update(NO_STORE)
        return answer

    def _too_narrow(self, needs: ApiKeyScope) -> web.Response:
        scopes = " ".join(one for one in ApiKeyScope if needs.includes(one))
        challenge = f'Bearer error="insufficient_scope", scope="{scopes}", {self._metadata}'
        return refused(403, _TOO_NARROW.format(needs=needs), {"WWW-Authenticate": challenge})

    async def _loaded(self) -> Exchange:
        async with self._loading:
            if self._exchange is None:
                # Half a second, in which the loop goes on.
                made = await asyncio.to_thread(lambda: import_module(_EXCHANGE).LibraryExchange())
                self._exchange = made
            return self._exchange


async def _body_of(request: web.Request) -> bytes | None:
    """The body; None where it is too long, or does not come."""
    if (request.content_length or 0) > MOST_BYTES:
        return None
    body = bytearray()
    try:
        async with asyncio.timeout(_SECONDS):
            while len(body) <= MOST_BYTES and (more := await request.content.readany()):
                body += more
    except TimeoutError:
        return None
    return bytes(body) if len(body) <= MOST_BYTES else None
