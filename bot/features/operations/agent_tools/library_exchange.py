"""One message over streamable HTTP, answered by the MCP library.

It is loaded when an agent first asks. The library never sees the key, and the tools ask the pages for
programs in this very process.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Mapping, MutableMapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, Final

from aiohttp import web
from aiohttp.http import HttpVersion11, RawRequestMessage
from aiohttp.streams import StreamReader
from aiohttp.web_urldispatcher import UrlMappingMatchInfo
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from bot.features.operations.agent_tools.bridge_client import BridgeRequest
from bot.features.operations.agent_tools.caller import MOST_BYTES, AgentCaller
from bot.features.operations.agent_tools.server import agent_server

_PASSED_ON: Final = ("content-type", "accept", "mcp-")
_Message = MutableMapping[str, Any]


_CALLER: Final[ContextVar[AgentCaller]] = ContextVar("agent_caller")


class BridgeInside:
    """The pages for programs, asked in this process as whoever the request is from."""

    async def answered(self, request: BridgeRequest) -> tuple[int, str]:
        """With all checks of that page: its scope, its pace, its audit line."""
        caller = _CALLER.get()
        opens = caller.door.opens(request.method, request.path)
        if not caller.key.scope.includes(opens):
            caller.needs = opens
        asked = ToolRequest(caller, request)
        answer = await caller.door.entered(asked, caller.key, request.method, request.path)
        assert isinstance(answer, web.Response)
        return answer.status, answer.text or ""


class ToolRequest(web.Request):
    """A request to a page that a tool makes, on the connection of the agent's own."""

    def __init__(self, caller: AgentCaller, wanted: BridgeRequest) -> None:
        behind, loop = caller.request, asyncio.get_running_loop()
        url = URL.build(path="/", query=wanted.words)
        body = b"" if wanted.body is None else json.dumps(wanted.body).encode()
        payload = StreamReader(behind.protocol, limit=len(body) + 1, loop=loop)
        payload.feed_data(body)
        payload.feed_eof()
        message = RawRequestMessage(
            method=wanted.method,
            path=str(url),
            version=HttpVersion11,
            headers=CIMultiDictProxy(CIMultiDict(wanted.headers)),
            raw_headers=(),
            should_close=False,
            compression=None,
            upgrade=False,
            chunked=False,
            url=url,
        )
        super().__init__(message, payload, behind.protocol, behind.writer, behind.task, loop)
        named = {"creator": str(caller.key.creator), **(wanted.parts or {})}
        self._match_info = UrlMappingMatchInfo(named, behind.match_info.route)


class LibraryExchange:
    """One server for all callers: it keeps nothing between two requests."""

    def __init__(self) -> None:
        # Below an error the library tells of names that a caller chose.
        logging.getLogger("mcp").setLevel(logging.ERROR)
        server = agent_server(BridgeInside())
        server.streamable_http_app()
        self._app = server.session_manager.app

    async def answer(self, caller: AgentCaller, body: bytes) -> web.Response:
        """The library's answer, whole."""
        answer = _WholeAnswer()
        manager = StreamableHTTPSessionManager(
            self._app, stateless=True, json_response=True, max_request_body_size=MOST_BYTES
        )
        async with _as_caller(caller), manager.run():
            await manager.handle_request(_scope(caller.request), _GivenBody(body), answer.send)
        return web.Response(status=answer.status, body=bytes(answer.body), headers=answer.headers)


@asynccontextmanager
async def _as_caller(caller: AgentCaller) -> AsyncIterator[None]:
    token = _CALLER.set(caller)
    try:
        yield
    finally:
        _CALLER.reset(token)


class _WholeAnswer:
    def __init__(self) -> None:
        self.status = 500
        self.headers: dict[str, str] = {}
        self.body = bytearray()

    async def send(self, message: _Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            named = ((name.decode("latin-1"), value.decode("latin-1")) for name, value in message["headers"])
            self.headers = {name: value for name, value in named if name.lower() != "content-length"}
        else:
            self.body += message.get("body", b"")


class _GivenBody:
    """A body that is there, and then a client that waits."""

    def __init__(self, body: bytes) -> None:
        self._body: bytes | None = body

    async def __call__(self) -> _Message:
        if self._body is None:
            await asyncio.Event().wait()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


def _scope(request: web.Request) -> dict[str, Any]:
    headers: Mapping[str, str] = {
        name.lower(): value for name, value in request.headers.items() if name.lower().startswith(_PASSED_ON)
    }
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "https",
        "path": request.path,
        "raw_path": request.path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
        "client": None,
        "server": None,
        "state": {},
    }
