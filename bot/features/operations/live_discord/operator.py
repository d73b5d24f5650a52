"""Asks the person at the terminal, who may say that they are not sure."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

Ask = Callable[[str], Awaitable[str]]
Tell = Callable[[str], None]
YES, NO, UNSURE = "yes", "no", "not sure"
_YES_NO: Final = {"y": YES, "n": NO}
_SURE_OR_NOT: Final = {**_YES_NO, "u": UNSURE}


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
