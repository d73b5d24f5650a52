"""One gateway websocket: its payloads, sent, packed and counted, and its end."""

import asyncio
import json
from collections import deque
from typing import Any

from aiohttp import WSMessage, web

from bot.sandbox.discord.packing import PACKS
from bot.sandbox.discord.sessions import GatewaySession

MAX_PAYLOAD, MAX_SENDS, SEND_SECONDS = 4096, 120, 60.0


class GatewayClosed(Exception):
    """The server ends this connection with a close code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code} {reason}")
        self.code, self.reason = code, reason


class GatewayConnection:
    """One websocket; it may carry a session."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse, compress: str | None) -> None:
        """`compress` is a way of packing, or None: plain text."""
        self.socket, self.compress = socket, compress
        self.session: GatewaySession | None = None
        self.sent = 0
        self.aborted = False
        self.attached = asyncio.Event()
        self._request = request
        begin = PACKS[compress]
        self._pack = begin() if begin else None
        self._lock = asyncio.Lock()
        self.arrivals: deque[float] = deque(maxlen=MAX_SENDS)

    async def send(self, op: int, data: Any, **more: Any) -> None:
        """Send one payload; a connection that is gone swallows it."""
        await self.send_raw({"op": op, "d": data, "t": None, "s": None, **more})

    async def send_raw(self, payload: dict[str, Any]) -> None:
        """Send a payload as it is."""
        text = json.dumps(payload)
        async with self._lock:
            if self.socket.closed or self.aborted:
                return
            if self._pack is None:
                await self.socket.send_str(text)
            else:
                await self.socket.send_bytes(self._pack(text.encode()))

    def abort(self) -> None:
        """Cut the wire without a word."""
        self.aborted = True
        if self._request.transport is not None:
            self._request.transport.abort()


def decoded(message: WSMessage) -> dict[str, Any]:
    if len(message.data) > MAX_PAYLOAD:
        raise GatewayClosed(4002, "Error while decoding payload.")
    try:
        payload = json.loads(message.data)
    except ValueError:
        raise GatewayClosed(4002, "Error while decoding payload.") from None
    if not isinstance(payload, dict):
        raise GatewayClosed(4002, "Error while decoding payload.")
    return payload


def count(connection: GatewayConnection) -> None:
    now = asyncio.get_running_loop().time()
    full = len(connection.arrivals) == MAX_SENDS
    if full and now - connection.arrivals[0] < SEND_SECONDS:
        raise GatewayClosed(4008, "You are being rate limited.")
    connection.arrivals.append(now)
