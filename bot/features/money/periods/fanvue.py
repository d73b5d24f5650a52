"""Reads a creator's figures from Fanvue, whole lists, at Fanvue's pace."""

from dataclasses import dataclass
from typing import TypeVar

from bot.fanvue.budget import RequestLane
from bot.fanvue.creator_calls import PatientCreatorCalls
from bot.fanvue.figures import SubscriberRow, TopSpender
from bot.fanvue.outcomes import as_outcomes
from bot.fanvue.paging import as_one_page, first_of
from bot.fanvue.rows import FanvueRow
from bot.features.money.periods.days import Days
from storage.records import CreatorId, Millis

R = TypeVar("R", bound=FanvueRow)


@dataclass(frozen=True)
class SubscriptionTrend:
    """One UTC day's starts and cancellations; None where Fanvue does not tell."""

    at: Millis
    began: int | None
    cancelled: int | None


@dataclass(frozen=True)
class CreatorSubscriberFigures:
    """The subscribers now (None where Fanvue does not tell), and the days on which that changed."""

    now: int | None
    trend: tuple[SubscriptionTrend, ...]


class FanvueCreatorFigures(PatientCreatorCalls):
    """One creator's figures. Every method raises one of the four errors of `bot.model.errors`."""

    async def top(self, creator: CreatorId, days: Days) -> tuple[TopSpender, ...]:
        """The fans who spent most in these days, most first, as far as one page of Fanvue's goes."""
        api = await self._patient(creator, RequestLane.REPORTS)
        with as_outcomes(reading=True):
            rows = (await first_of(api.money.top_spenders(since=days.since, until=days.until))).rows
        return tuple(sorted(rows, key=lambda row: -(row.gross or 0)))

    async def subscribers(self, creator: CreatorId, most: int) -> tuple[list[SubscriberRow], bool]:
        """Subscribers, as Fanvue lists them, so many at most; and whether that is everybody."""
        api = await self._patient(creator, RequestLane.REPORTS)
        with as_outcomes(reading=True):
            found = await as_one_page(api.lists.subscribers(), most_rows=most + 1)
        return list(found.rows[:most]), len(found.rows) <= most

    async def audience(self, creator: CreatorId, days: Days) -> CreatorSubscriberFigures:
        """The number of subscribers now, and how it came about in these days of UTC."""
        api = await self._patient(creator, RequestLane.REPORTS)
        with as_outcomes(reading=True):
            account = (await api.account()).account
            trend = await as_one_page(api.money.subscribers(since=days.since, until=days.until))
        return CreatorSubscriberFigures(
            now=account.fans.subscribers if account and account.fans else None,
            trend=tuple(
                SubscriptionTrend(row.date or 0, row.new_subscribers_count, row.cancelled_subscribers_count)
                for row in trend.rows
            ),
        )
