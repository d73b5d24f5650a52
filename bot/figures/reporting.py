"""Answers a creator's own person: what came in, from whom, who subscribes."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.access.roles import Money
from bot.figures import wording
from bot.figures.bands import shown_to
from bot.figures.days import PERIODS, Days, days_of
from bot.figures.drawing import drawn
from bot.figures.ledger import Ledger
from bot.figures.reading import Reading
from bot.relay.errors import Gone, Refused, TryLater, Unknown
from bot.relay.ports import Clock, Picture, Post
from bot.relay.voices import NEEDS_OWN
from bot.relay.zones import DEFAULT_ZONE, zone_of
from storage import digests
from storage.database import Database
from storage.records import CreatorId, Link

T = TypeVar("T")

_LONGEST = 600.0  # seconds; Discord lets an answer be changed for fifteen minutes
_AGAIN = "Fanvue cannot be read right now. Nothing is lost; please run the command again in a minute."
_TOO_MUCH = (
    "There is so much to read that it did not fit into Fanvue's limits in ten minutes. Please ask for "
    "fewer days."
)
_NO_ANSWER = "Fanvue did not answer this question. If it stays so, tell whoever runs the bridge."


class CannotTell(Exception):
    """Raised where there are no figures; its text is a sentence for the person who asked."""


class Reporting:
    """Answers from the ledger, and reads the rest when asked. Raises CannotTell."""

    def __init__(
        self,
        *,
        database: Database,
        reading: Reading,
        ledger: Ledger,
        clock: Clock,
        longest: float = _LONGEST,
    ) -> None:
        """`longest`: seconds that one answer may take."""
        self._database = database
        self._reading = reading
        self._ledger = ledger
        self._clock = clock
        self._longest = longest

    async def earnings(self, link: Link, period: str, level: Money) -> tuple[Post, Picture | None]:
        """What came in on the days of a period, and a picture of it if there is something to draw.

        `level`: how exactly they see figures, here and below; never `HIDDEN`.
        """
        show = shown_to(level)
        days = await self._days(link.creator, period)
        told = await self._read(lambda: self._ledger.earnings(link.creator, days))
        post = wording.earnings(told, days, heading=PERIODS[period], link=link, show=show)
        return post, await drawn(told.sums[0], days, show) if told.sums else None

    async def top(self, link: Link, period: str, level: Money) -> Post:
        """The fans who spent most on the days of a period."""
        days = await self._days(link.creator, period)
        spenders = await self._read(lambda: self._reading.top(link.creator, days))
        now, show = self._clock.now(), shown_to(level)
        return wording.top(spenders, days, heading=PERIODS[period], link=link, as_of=now, show=show)

    async def subscribers(self, link: Link, level: Money) -> Post:
        """How many subscribe now, and the change of the last 7 and 30 days of UTC."""
        now, utc = self._clock.now(), ZoneInfo(DEFAULT_ZONE)
        week, month = days_of("7", now, utc), days_of("30", now, utc)
        audience = await self._read(lambda: self._reading.audience(link.creator, month))
        return wording.subscribers(
            audience, (week, month), link=link, as_of=self._clock.now(), show=shown_to(level)
        )

    async def _days(self, creator: CreatorId, period: str) -> Days:
        name = await self._database.read(lambda tx: digests.zone(tx, creator))
        return days_of(period, self._clock.now(), zone_of(name or DEFAULT_ZONE))

    async def _read(self, read: Callable[[], Awaitable[T]]) -> T:
        return await told_or_why(read, self._longest)


async def told_or_why(read: Callable[[], Awaitable[T]], longest: float = _LONGEST) -> T:
    """The outcome of a read, or why there is none in words for somebody who waits for it.

    `longest`: seconds that it may take. Raises CannotTell.
    """
    try:
        async with asyncio.timeout(longest):
            return await read()
    except TimeoutError as late:
        raise CannotTell(_TOO_MUCH) from late
    except TryLater as later:
        raise CannotTell(later.reason if later.paused else _AGAIN) from later
    except Unknown as unclear:
        raise CannotTell(_AGAIN) from unclear
    except (Refused, Gone) as refused:
        own = refused.reason == NEEDS_OWN  # a person can do something about it
        raise CannotTell(NEEDS_OWN if own else _NO_ANSWER) from refused
