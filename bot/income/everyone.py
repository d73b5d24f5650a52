"""What came in of all creators whose money somebody may see, each in its own zone."""

import asyncio
from collections.abc import Sequence

from bot.access.permits import Permit
from bot.access.roles import MoneyView
from bot.earnings.books import Books
from bot.figures.bands import EXACT, shown_to
from bot.figures.patience import LONGEST, CannotTell, InRanges, told
from bot.figures.wording import name_of
from bot.income.answers import Answers
from bot.income.wording import Told, everyone
from bot.model.ports import Post

_AT_ONCE = 4
_NOT_CONNECTED = "not connected to Fanvue now; its owner connects it again with /link"
_HIDDEN = "you do not see figures here"


class Everyone:
    """One creator who cannot be read costs the others nothing; only days that mean nothing are refused."""

    def __init__(self, *, answers: Answers, books: Books, longest: float = LONGEST) -> None:
        """`longest`: seconds that one creator may take."""
        self._answers = answers
        self._books = books
        self._longest = longest

    async def earnings(self, permits: Sequence[Permit], period: str) -> Post:
        """The sums of all whom they see exactly, and a line for each. Raises CannotTell."""
        turns = asyncio.Semaphore(_AT_ONCE)

        async def one(permit: Permit) -> Told:
            async with turns:
                return await self._one(permit, period)

        found = await asyncio.gather(*(one(permit) for permit in permits))
        named = next((each.meant.name for each in found if each.meant is not None), period)
        return everyone(found, named)

    async def _one(self, permit: Permit, period: str) -> Told:
        link = permit.link
        if link is None or permit.creator is None:
            return Told(None, "One creator", None, None, EXACT, _NOT_CONNECTED)
        handle = name_of(link)
        if permit.money is MoneyView.HIDDEN:
            return Told(link, handle, None, None, EXACT, _HIDDEN)
        show = shown_to(permit.money)
        try:
            meant = await self._answers.meant(link.creator, period, permit.money)
        except InRanges as why:
            return Told(link, handle, None, None, show, str(why))
        try:
            found = await told(lambda: self._books.earnings(link.creator, meant.days), self._longest)
        except CannotTell as why:
            return Told(link, handle, meant, None, show, str(why))
        return Told(link, handle, meant, found, show)
