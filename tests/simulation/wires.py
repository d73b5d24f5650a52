"""Connections in one process: what is written here arrives there, later.

Each end runs in the context of whoever made it, so that a server's work is never taken for its caller's.
What was written before a death arrives; then the other end finds the connection reset.
"""

import asyncio
import socket
from collections import deque
from collections.abc import Callable
from contextvars import Context, copy_context
from typing import Any

from tests.simulation.lives import LIFE
from tests.simulation.virtual import VirtualLoop

_FIRST_PORT = 20_000
_WAY = 0.0004  # seconds that bytes are under way, at least
_SPREAD = 0.012  # and how much longer, as a rule
_SLOW, _SLOWER = 0.02, 0.25  # of all bytes so many take up to so much longer
_END, _RESET = b"", None
Factory = Callable[[], asyncio.BaseProtocol]


class Wire(asyncio.Transport):
    """One end of a connection."""

    def __init__(self, loop: "WiredLoop", context: Context, names: dict[str, Any]) -> None:
        super().__init__(names)
        self.loop, self.context = loop, context
        self.peer: Wire
        self._protocol: asyncio.BaseProtocol
        self._came: deque[tuple[float, bytes | None]] = deque()
        self._last = 0.0
        self._next: asyncio.TimerHandle | None = None
        self._paused = self._closing = self._lost = False

    def begin(self, protocol: asyncio.BaseProtocol) -> None:
        """From here on somebody listens."""
        self._protocol = protocol
        protocol.connection_made(self)

    # ── asyncio's side ──

    def get_protocol(self) -> asyncio.BaseProtocol:
        return self._protocol

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self._protocol = protocol

    def is_closing(self) -> bool:
        return self._closing

    def is_reading(self) -> bool:
        return not self._paused and not self._closing

    def pause_reading(self) -> None:
        self._paused = True

    def resume_reading(self) -> None:
        self._paused = False
        self._expect()

    def get_write_buffer_size(self) -> int:
        return 0

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Nothing is ever held back."""

    def write(self, data: Any) -> None:
        if not self._closing and data:
            self.peer.send(bytes(data))

    def writelines(self, list_of_data: Any) -> None:
        self.write(b"".join(list_of_data))

    def can_write_eof(self) -> bool:
        return False

    def close(self) -> None:
        self._close(_END)

    def abort(self) -> None:
        self._close(_RESET)

    # ── from one end to the other ──

    def send(self, data: bytes | None) -> None:
        """Have this arrive here, behind what is under way already."""
        self._last = max(self._last, self.loop.time() + self.loop.way())
        self._came.append((self._last, data))
        self._expect()

    def reset(self) -> None:
        """The process at this end is gone."""
        if not self._closing:
            self._closing = self._lost = True
            self.peer.send(_RESET)

    def _close(self, how: bytes | None) -> None:
        if not self._closing:
            self._closing = True
            self.peer.send(how)
            self.loop.call_soon(self._lose, None, context=self.context)

    def _expect(self) -> None:
        if self._next is None and self._came and not self._paused and not self._lost:
            self._next = self.loop.call_at(self._came[0][0], self._arrive, context=self.context)

    def _arrive(self) -> None:
        """One at a turn, as from a socket: whoever was woken by the one before comes first."""
        self._next = None
        if self._paused or self._lost:
            return
        _, data = self._came.popleft()
        if data is _RESET:
            self._closing = True
            self._lose(ConnectionResetError(104, "Connection reset by peer"))
        elif data == _END and not self._closing:
            self._end()
        elif not self._closing:
            assert isinstance(self._protocol, asyncio.Protocol)
            assert data is not None
            self._protocol.data_received(data)
        self._expect()

    def _end(self) -> None:
        assert isinstance(self._protocol, asyncio.Protocol)
        if not self._protocol.eof_received():
            self.close()

    def _lose(self, why: Exception | None) -> None:
        if not self._lost:
            self._lost = True
            self._protocol.connection_lost(why)


class Listening(asyncio.AbstractServer):
    """A port of this process."""

    def __init__(self, loop: "WiredLoop", port: int, factory: Factory) -> None:
        self.loop, self.port, self.factory, self.context = loop, port, factory, copy_context()
        self.sockets = (self,)

    def getsockname(self) -> tuple[str, int]:
        """As the socket of a real one says it."""
        return "127.0.0.1", self.port

    def close(self) -> None:
        if self.loop.ports.get(self.port) is self:
            del self.loop.ports[self.port]

    def is_serving(self) -> bool:
        return self.loop.ports.get(self.port) is self

    def get_loop(self) -> asyncio.AbstractEventLoop:
        return self.loop

    async def start_serving(self) -> None:
        """It does already."""

    async def serve_forever(self) -> None:
        """Likewise."""

    async def wait_closed(self) -> None:
        """There is nothing to wait for."""


class WiredLoop(VirtualLoop):
    """A virtual loop whose connections lead to itself."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.ports: dict[int, Listening] = {}
        self._next_port = _FIRST_PORT
        self._dialled: dict[int, int] = {}

    def way(self) -> float:
        """How long bytes are under way."""
        slow = _SLOWER * self._rng.random() if self._rng.random() < _SLOW else 0.0
        return _WAY + _SPREAD * self._rng.random() + slow

    def free_port(self) -> int:
        """One that nobody listens at."""
        self._next_port += 1
        return self._next_port

    async def create_server(  # type: ignore[override]  # asyncio's own has many forms
        self, protocol_factory: Factory, host: Any = None, port: int | None = None, **_more: Any
    ) -> Listening:
        """Listen inside this process."""
        number = port or self.free_port()
        if number in self.ports:
            raise OSError(98, f"Address already in use: {host}:{number}")
        made = self.ports[number] = Listening(self, number, protocol_factory)
        if (life := LIFE.get()) is not None:
            life.at_end(made.close)
        return made

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:
        """Whether somebody listens there shows after a while, as everywhere."""
        await asyncio.sleep(self.way())
        if address[1] not in self.ports:
            raise ConnectionRefusedError(111, "Connection refused")
        self._dialled[id(sock)] = address[1]

    async def create_connection(  # type: ignore[override]  # likewise
        self, protocol_factory: Factory, *_args: Any, sock: socket.socket | None = None, **_more: Any
    ) -> tuple[Wire, asyncio.BaseProtocol]:
        """Both ends of it; the socket was only asked for the address."""
        assert sock is not None
        port = self._dialled.pop(id(sock))
        sock.close()
        server = self.ports.get(port)
        if server is None:
            raise ConnectionRefusedError(111, "Connection refused")
        here, there = ("127.0.0.1", self.free_port()), ("127.0.0.1", port)
        mine = Wire(self, copy_context(), {"peername": there, "sockname": here})
        theirs = Wire(self, server.context, {"peername": here, "sockname": there})
        mine.peer, theirs.peer = theirs, mine
        for wire in (mine, theirs):
            if (life := wire.context.get(LIFE)) is not None:
                life.at_end(wire.reset)
        protocol = protocol_factory()
        mine.begin(protocol)
        self.call_soon(lambda: theirs.begin(server.factory()), context=server.context)
        return mine, protocol
