"""Reads a creator's figures from Fanvue, whole lists, at Fanvue's pace."""

from contextlib import aclosing
from dataclasses import dataclass
from typing import TypeVar

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient
from bot.fanvue.errors import FanvueError
from bot.fanvue.figures import SubscriberRow, TopSpender
from bot.fanvue.outcomes import outcome
from bot.fanvue.paging import ApiPage, Pages, first_of
from bot.fanvue.patient_api import PatientApi, Pause
from bot.fanvue.rows import FanvueRow
from bot.features.money.periods.days import Days
from bot.model.acting_account import Identity
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


class FanvueCreatorFigures:
    """One creator's figures. Every method raises one of the four errors of `bot.model.errors`."""

    def __init__(self, fanvue: FanvueClient, identity: Identity, pause: Pause) -> None:
        """`identity`: the acting account of a creator; `pause` waits while the lane's share is spent."""
        self._fanvue = fanvue
        self._identity = identity
        self._pause = pause

    async def top(self, creator: CreatorId, days: Days) -> tuple[TopSpender, ...]:
        """The fans who spent most in these days, most first, as far as one page of Fanvue's goes."""
        api = await self._api(creator)
        try:
            rows = (await first_of(api.money.top_spenders(since=days.since, until=days.until))).rows
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        return tuple(sorted(rows, key=lambda row: -(row.gross or 0)))

    async def subscribers(self, creator: CreatorId, most: int) -> tuple[list[SubscriberRow], bool]:
        """Subscribers, as Fanvue lists them, so many at most; and whether that is everybody."""
        api = await self._api(creator)
        found: list[SubscriberRow] = []
        try:
            async with aclosing(api.lists.subscribers()) as pages:
                async for page in pages:
                    found += page.rows
                    if len(found) > most:
                        return found[:most], False
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        return found, True

    async def audience(self, creator: CreatorId, days: Days) -> CreatorSubscriberFigures:
        """The number of subscribers now, and how it came about in these days of UTC."""
        api = await self._api(creator)
        try:
            account = (await api.account()).account
            pages = await _all(api.money.subscribers(since=days.since, until=days.until))
        except FanvueError as error:
            raise outcome(error, reading=True) from error
        return CreatorSubscriberFigures(
            now=account.fans.subscribers if account and account.fans else None,
            trend=tuple(
                SubscriptionTrend(row.date or 0, row.new_subscribers_count, row.cancelled_subscribers_count)
                for page in pages
                for row in page.rows
            ),
        )

    async def _api(self, creator: CreatorId) -> PatientApi:
        return PatientApi(self._fanvue, await self._identity(creator), RequestLane.REPORTS, self._pause)


async def _all(pages: Pages[R]) -> list[ApiPage[R]]:
    async with aclosing(pages):
        return [page async for page in pages]
