"""Lines that a person types at a terminal."""

import asyncio
import os
from collections.abc import Callable


class NobodyAnswers(Exception):
    """Raised when the terminal has come to its end: nobody is there to be asked."""


class TerminalLines:
    """Lines of a terminal or a pipe, read without a thread: Ctrl+C ends the waiting at once."""

    def __init__(self, descriptor: int, tell: Callable[[str], None]) -> None:
        self._descriptor = descriptor
        self._tell = tell
        self._rest = b""

    async def ask(self, question: str) -> str:
        """The next line. Raises NobodyAnswers."""
        self._tell(question)
        while b"\n" not in self._rest:
            await self._readable()
            more = os.read(self._descriptor, 4096)
            if not more:
                raise NobodyAnswers
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode("utf-8", "replace")

    async def _readable(self) -> None:
        loop, ready = asyncio.get_running_loop(), asyncio.Event()
        try:
            loop.add_reader(self._descriptor, ready.set)
        except PermissionError:
            return  # a plain file, which is always ready
        try:
            await ready.wait()
        finally:
            loop.remove_reader(self._descriptor)
