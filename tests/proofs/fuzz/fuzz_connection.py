"""A connection that sends raw bytes and returns what comes back."""

import asyncio
import re
from contextlib import suppress

_UNANSWERED = 12.0
_MOMENT = 0.5
_STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3}) ")


def statuses(answer: bytes) -> list[int]:
    """The status of each answer in these bytes."""
    return [int(status) for status in _STATUS.findall(answer)]


class FuzzConnection:
    """A connection that is opened again when it was closed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, raw: bytes) -> bytes:
        """What a whole request is answered with; nothing where no answer came."""
        for _ in range(2):
            fresh = self._open is None
            reader, writer = self._open or await asyncio.open_connection("127.0.0.1", self._port)
            self._open = reader, writer
            try:
                async with asyncio.timeout(_UNANSWERED):
                    writer.write(raw)
                    return await self._answer(reader)
            except TimeoutError:
                await self.close()
                break
            except (asyncio.IncompleteReadError, ConnectionError):
                await self.close()
                if fresh:
                    break  # a connection that was just opened and is cut says more than a retry would
        return b""

    async def only(self, raw: bytes) -> bytes:
        """Everything that comes; who gets nothing hangs up after a moment."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        answer = bytearray()
        with suppress(ConnectionError, TimeoutError):
            writer.write(raw)
            async with asyncio.timeout(_MOMENT):
                while chunk := await reader.read(65_536):
                    answer += chunk
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        return bytes(answer)

    async def close(self) -> None:
        """Hang up."""
        if self._open is not None:
            _, writer = self._open
            self._open = None
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader) -> bytes:
        head = await reader.readuntil(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]
        body = await reader.readexactly(int(length or b"0"))
        if b"connection: close" in head.lower():
            await self.close()
        return head + body
