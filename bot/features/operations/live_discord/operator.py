"""Asks the person at the terminal, who may say that they are not sure."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

Ask = Callable[[str], Awaitable[str]]
Tell = Callable[[str], None]
YES, NO, UNSURE = "yes", "no", "not sure"
_YES_NO: Final = {"y": YES, "n": NO}
_SURE_OR_NOT: Final = {**_YES_NO, "u": UNSURE}


class NobodyAnswers(Exception):
    """Raised when the terminal has come to its end: nobody is there to be asked."""


@dataclass(frozen=True)
class LiveOperator:
    """The person. Whatever else they type than what is offered, they are asked again."""

    ask: Ask

    async def agrees(self, question: str) -> bool:
        """Whether they say yes."""
        return await self.picks(f"{question} [y/n] ", _YES_NO) == YES

    async def saw(self, question: str) -> str:
        """Yes, no or not sure."""
        return await self.picks(f"{question} [y]es, [n]o, [u]nsure: ", _SURE_OR_NOT)

    async def picks(self, question: str, offered: Mapping[str, str]) -> str:
        """One of several, by its letter or its words."""
        by_word = {word: word for word in offered.values()}
        while True:
            typed = (await self.ask(question)).strip().casefold()
            if (found := {**by_word, **offered}.get(typed)) is not None:
                return found


class TerminalLines:
    """Lines of a terminal or a pipe, read without a thread: Ctrl+C ends the waiting at once."""

    def __init__(self, descriptor: int, tell: Tell) -> None:
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
