"""Between the bridge and its PostgreSQL server: cuts the line where a test wants."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Self

from psycopg.conninfo import conninfo_to_dict

_COMMIT = b"COMMIT\0"


class PostgresProxy:
    """A door of its own to the server of `url`. Used as a context."""

    def __init__(self, url: str) -> None:
        found = conninfo_to_dict(url)
        self._host, self._port = str(found.get("host") or ""), str(found.get("port") or "5432")
        self._name, self._user = found.get("dbname"), found.get("user")
        self.url = ""
        self.cut = asyncio.Event()
        self.cuts = 0
        self._open = True
        self._cutting: bool | None = None  # whether the COMMIT still arrives
        self._then_closed = False
        self._lines: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        user = f"{self._user}@" if self._user else ""
        self.url = f"postgresql://{user}127.0.0.1:{port}/{self._name}?sslmode=disable&gssencmode=disable"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._hang_up()
        self._server.close()
        await self._server.wait_closed()

    def cut_at_commit(self, *, arrives: bool, then_closed: bool = False) -> None:
        """Cut every line at the next COMMIT, after or before the server hears it; no answer comes back."""
        self._cutting, self._then_closed = arrives, then_closed

    def close_door(self) -> None:
        """Cut every line, and let nobody in."""
        self._open = False
        self._hang_up()

    def open_again(self) -> None:
        """Let everybody in again."""
        self._open = True

    def _hang_up(self) -> None:
        for line in self._lines:
            line.transport.abort()
        self._lines.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._open:
            writer.transport.abort()
            return
        there_reader, there_writer = await self._connected()
        self._lines |= {writer, there_writer}
        back = asyncio.create_task(_carry(there_reader, writer))
        try:
            await self._forth(reader, (there_reader, there_writer), writer, back)
        finally:
            back.cancel()
            for line in (writer, there_writer):
                line.transport.abort()
                self._lines.discard(line)

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._host and not self._host.startswith("/"):
            return await asyncio.open_connection(self._host, int(self._port))
        folder = Path(self._host or "/var/run/postgresql")
        return await asyncio.open_unix_connection(str(folder / f".s.PGSQL.{self._port}"))

    async def _forth(
        self,
        reader: asyncio.StreamReader,
        server: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        here: asyncio.StreamWriter,
        back: asyncio.Task[None],
    ) -> None:
        answers, there = server
        with suppress(OSError):
            while data := await reader.read(65_536):
                if self._cutting is not None and data.endswith(_COMMIT):
                    arrives, self._cutting = self._cutting, None
                    self._open = not self._then_closed
                    back.cancel()
                    await asyncio.wait([back])
                    if arrives:
                        # The server has carried it out before anybody can hear that the line is cut: whoever
                        # comes back ends the session that they lost.
                        there.write(data)
                        there.write_eof()
                        await there.drain()
                        while await answers.read(65_536):
                            pass
                    here.transport.abort()
                    self.cuts += 1
                    self.cut.set()
                    self._hang_up()
                    return
                there.write(data)
                await there.drain()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.transport.abort()  # not when it was cancelled: then somebody else cuts the line
