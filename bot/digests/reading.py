"""Reads what a digest tells, at the moment at which it is told."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.digests.content import Content, Needs
from bot.digests.periods import Sort, before, days_of, drawn
from bot.figures.days import Days
from bot.figures.ledger import Ledger, Ledgered
from bot.figures.sums import Sum
from bot.relay.ports import Clock
from bot.relay.twins import TOLD
from storage import digest_counts, earning_checks
from storage.database import Database, Transaction
from storage.digest_counts import Moves
from storage.records import CreatorId, Millis

_DAY: Millis = 86_400_000


class Waits(Protocol):
    """Somebody or something that waits; since when, if that is known."""

    @property
    def since(self) -> Millis | None:
        """Since when."""


Lists = Callable[[Transaction, CreatorId], Awaitable[Sequence[Waits]]]


@dataclass(frozen=True)
class Waiting:
    """Who knows what waits for a person."""

    fans: Lists  # who wait for an answer in sight
    problems: Lists  # what asks for a word or cannot go on
    held: Callable[[Transaction, CreatorId], Awaitable[int]]  # replies that wait for a lead


class Reading:
    """One digest's content. Raises one of the four errors of `bot.relay.errors`."""

    def __init__(self, *, database: Database, ledger: Ledger, waiting: Waiting, clock: Clock) -> None:
        self._database = database
        self._ledger = ledger
        self._waiting = waiting
        self._clock = clock

    async def of(self, creator: CreatorId, sort: Sort, last: date, zone: ZoneInfo) -> Content:
        """What is told of the day, week or month that ends with this day."""
        days = days_of(sort, last, zone)
        told = await self._ledger.earnings(creator, days)
        against = before(days, sort)
        held = {words: await self._ledger.earnings(creator, those) for words, those in against.items()}
        chart = await self._drawn(creator, days, sort, told)
        earlier = next(iter(against.values()))

        async def work(tx: Transaction) -> Content:
            checked = await earning_checks.get(tx, creator)
            return Content(
                sort=sort,
                days=days,
                told=told,
                before=held,
                moves=await _moves(tx, creator, days),
                moves_before=await _moves(tx, creator, earlier),
                needs=await self._needs(tx, creator),
                drawn=chart,
                agrees=checked is None or checked.agrees,
            )

        return await self._database.read(work)

    async def _drawn(
        self, creator: CreatorId, days: Days, sort: Sort, told: Ledgered
    ) -> tuple[Sum, Days] | None:
        shown = drawn(days, sort)
        found = told if shown == days else await self._ledger.earnings(creator, shown)
        return (found.sums[0], shown) if found.sums else None

    async def _needs(self, tx: Transaction, creator: CreatorId) -> Needs:
        now = self._clock.now()
        fans, problems = await self._waiting.fans(tx, creator), await self._waiting.problems(tx, creator)
        return Needs(
            waiting=len(fans),
            oldest=min((one.since for one in fans if one.since is not None), default=None),
            problems=len(problems),
            unsent=await digest_counts.unsent(tx, creator),
            held=await self._waiting.held(tx, creator),
            owed=await digest_counts.owed(tx, creator, by=now + _DAY),
            ending=await digest_counts.ending(tx, creator, now=now),
        )


async def _moves(tx: Transaction, creator: CreatorId, days: Days) -> Moves:
    return await digest_counts.moves(tx, creator, since=days.since, until=days.until, doubled=TOLD)
