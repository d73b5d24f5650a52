"""Stands before several web processes: each connection goes to the next one."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from itertools import count

_CHUNK = 65_536


class Balancer:
    """Listens while it is open. It knows no HTTP: which process a request comes to is chance."""

    def __init__(self, listen: str, targets: Sequence[str]) -> None:
        """Addresses as host:port."""
        self._host, _, self._port = listen.rpartition(":")
        self._targets = [target.rpartition(":") for target in targets]
        self._turns = count()
        self._server: asyncio.Server | None = None
        self.taken = [0] * len(targets)  # connections of each, in their order
        self.passed_over: set[str] = set()  # who is asked no more, as before it is stopped

    async def open(self) -> None:
        """Listen; a second time nothing."""
        if self._server is None:
            self._server = await asyncio.start_server(self._carry, self._host, int(self._port))

    async def close(self) -> None:
        """Listen no more."""
        server, self._server = self._server, None
        if server is not None:
            server.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        other = await self._next()
        if other is None:
            writer.transport.abort()
            return
        async with asyncio.TaskGroup() as both:
            both.create_task(_pour(reader, other[1]))
            both.create_task(_pour(other[0], writer))

    async def _next(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """The next that takes it; None: nobody does."""
        first = next(self._turns)
        for number in range(first, first + len(self._targets)):
            one = number % len(self._targets)
            host, _, port = self._targets[one]
            if f"{host}:{port}" in self.passed_over:
                continue
            with suppress(OSError):
                found = await asyncio.open_connection(host, int(port))
                self.taken[one] += 1
                return found
        return None


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(_CHUNK):
            writer.write(data)
            await writer.drain()
    writer.close()
