"""Answers readers of a creator's money: from the ledger, within a second."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.access.roles import MoneyView
from bot.features.money.charts import model
from bot.features.money.ledger.service import LedgerService
from bot.features.money.ledger.zone_rules import number_of
from bot.features.money.periods import chart_renderer
from bot.features.money.periods import texts as figures
from bot.features.money.periods.bands import Show, shown_to
from bot.features.money.periods.choice_rules import asked, offered_to
from bot.features.money.periods.currency_sums import CurrencySum
from bot.features.money.periods.days import Days, day_of
from bot.features.money.periods.range_rules import MOST, DayRange
from bot.features.money.periods.read_limit import LONGEST, told
from bot.features.money.reports import texts
from bot.features.money.reports.comparison_rules import spans
from bot.features.money.reports.hour_rules import best, drawn
from bot.features.money.reports.texts import ReportComparison
from bot.features.money.reports.top_fans import TopFansReader
from bot.model.language import tr
from bot.model.ports import Clock, Picture, Post
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Database
from storage.money import digests, earning_answers
from storage.records import CreatorId, Link, Millis

# What else is said of the sums of some days, as lines below them.
Beside = Callable[[CreatorId, Days, Sequence[CurrencySum], Show], Awaitable[Sequence[str]]]


class EarningsReportService:
    """`level`: how exactly they see figures, never `HIDDEN`. Raises CannotTell."""

    def __init__(
        self,
        *,
        database: Database,
        books: LedgerService,
        spending: TopFansReader,
        clock: Clock,
        beside: Beside,
        longest: float = LONGEST,
    ) -> None:
        """`beside`: further lines below the sums; `longest`: seconds that one answer may take."""
        self._database = database
        self._books = books
        self._spending = spending
        self._clock = clock
        self._beside = beside
        self._longest = longest

    async def earnings(self, link: Link, period: str, level: MoneyView) -> tuple[Post, Picture | None]:
        """The income of the days typed, compared, and a picture if there is something to draw."""
        show, meant = shown_to(level), await self.meant(link.creator, period, level)
        found = await told(lambda: self._books.earnings(link.creator, meant.days), self._longest)
        compared = [
            ReportComparison(span, await self._books.known(link.creator, span.days, span.until))
            for span in spans(meant.days, found.as_of)
            if span.days.first >= self._floor(meant.days.zone)
        ]
        post = figures.earnings(found, meant.days, heading=meant.name, link=link, show=show)
        post = texts.with_lines(post, texts.against(found, meant.days, compared, show), meant.notes)
        more = await self._beside(link.creator, meant.days, found.sums, show)
        post = replace(post, body=(*post.body, *more))
        return post, await chart_renderer.drawn(found.sums[0], meant.days, show) if found.sums else None

    async def hours(self, link: Link, period: str, level: MoneyView) -> tuple[Post, Picture | None]:
        """At which hours of which weekdays most came in."""
        show, meant = shown_to(level), await self.meant(link.creator, period, level)
        as_of = await self._read(link.creator, meant.days)
        await self._books.in_zone(link.creator, meant.days.zone)
        first, last = number_of(meant.days.first), number_of(meant.days.last)
        found = await self._database.read(
            lambda tx: earning_answers.by_hour_of_week(tx, link.creator, first, last)
        )
        hours = best(found, meant.days, show)
        post = texts.best_hours(meant, hours, link=link, as_of=as_of, show=show)
        if hours is None:
            return post, None
        chart = drawn(tr("Best hours of @{handle}", handle=link.handle), hours[1], hours[0], meant.days, show)
        return post, await asyncio.to_thread(_hours, chart)

    async def top(self, link: Link, period: str, level: MoneyView) -> Post:
        """The fans who spent most."""
        show, meant = shown_to(level), await self.meant(link.creator, period, level)
        as_of = await self._read(link.creator, meant.days)
        found = await self._spending.top(link.creator, meant.days)
        return texts.top(
            meant,
            found.spenders,
            found.names,
            link=link,
            as_of=as_of,
            show=show,
            nameless=found.nameless,
        )

    async def meant(self, creator: CreatorId, period: str, level: MoneyView) -> DayRange:
        """The days that were typed, of the creator's zone. Raises CannotTell."""
        return asked(period, self._clock.now(), await self._zone(creator), level)

    async def offered(
        self, creator: CreatorId, levels: Collection[MoneyView], typed: str
    ) -> Sequence[tuple[str, str]]:
        """Choices while somebody types days, in this creator's zone: words and value."""
        return offered_to(levels, typed, self._clock.now(), await self._zone(creator))

    async def _read(self, creator: CreatorId, days: Days) -> Millis:
        return await told(lambda: self._books.read(creator, days), self._longest)

    async def _zone(self, creator: CreatorId) -> ZoneInfo:
        name = await self._database.read(lambda tx: digests.zone(tx, creator))
        return zone_of(name or DEFAULT_ZONE)

    def _floor(self, zone: ZoneInfo) -> date:
        """The oldest day of which there are figures."""
        return day_of(self._clock.now(), zone) - timedelta(days=MOST - 1)


def _hours(chart: model.BarChart) -> Picture:
    """Runs in a thread of its own."""
    from bot.features.money.charts import bars  # noqa: PLC0415 - Pillow takes 50 ms to import, and few starts ever draw

    return Picture("best-hours.png", bars.draw(chart), model.described(chart))
