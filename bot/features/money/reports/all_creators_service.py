"""The income of all creators whose money somebody may see, each in its own zone."""

import asyncio
from collections.abc import Sequence

from bot.access.permits import Permit
from bot.access.roles import MoneyView
from bot.features.money.ledger.service import LedgerService
from bot.features.money.periods.bands import EXACT, shown_to
from bot.features.money.periods.read_limit import LONGEST, FiguresUnavailable, PeriodTooExact, told
from bot.features.money.periods.texts import name_of
from bot.features.money.reports.service import EarningsReportService
from bot.features.money.reports.texts import CreatorReport, everyone
from bot.model.language import msgid, tr
from bot.model.ports import Post

_AT_ONCE = 4
_NOT_CONNECTED = msgid("not connected to Fanvue right now; the owner reconnects with /link")


class AllCreatorsReportService:
    """One creator who cannot be read costs the others nothing; only days that mean nothing are refused."""

    def __init__(
        self, *, answers: EarningsReportService, books: LedgerService, longest: float = LONGEST
    ) -> None:
        """`longest`: seconds that one creator may take."""
        self._answers = answers
        self._books = books
        self._longest = longest

    async def earnings(self, permits: Sequence[Permit], period: str) -> Post:
        """The sums of all whom they see exactly, and a line for each. Raises FiguresUnavailable."""
        turns = asyncio.Semaphore(_AT_ONCE)

        async def one(permit: Permit) -> CreatorReport:
            async with turns:
                return await self._one(permit, period)

        found = await asyncio.gather(*(one(permit) for permit in permits))
        named = next((each.meant.name for each in found if each.meant is not None), period)
        return everyone(found, named)

    async def _one(self, permit: Permit, period: str) -> CreatorReport:
        link = permit.link
        if link is None or permit.creator is None:
            return CreatorReport(None, tr("One creator"), None, None, EXACT, tr(_NOT_CONNECTED))
        handle = name_of(link)
        if permit.money is MoneyView.HIDDEN:
            return CreatorReport(link, handle, None, None, EXACT, tr("you can't see figures here"))
        show = shown_to(permit.money)
        try:
            meant = await self._answers.meant(link.creator, period, permit.money)
        except PeriodTooExact as why:
            return CreatorReport(link, handle, None, None, show, str(why))
        try:
            found = await told(lambda: self._books.earnings(link.creator, meant.days), self._longest)
        except FiguresUnavailable as why:
            return CreatorReport(link, handle, meant, None, show, str(why))
        return CreatorReport(link, handle, meant, found, show)
