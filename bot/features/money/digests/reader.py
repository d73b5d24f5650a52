"""Reads what a digest tells, at the moment at which it is told."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.features.money.digests.model import DigestContent, DigestNeeds, DigestNews
from bot.features.money.digests.period_rules import DigestPeriod, before, days_of, drawn
from bot.features.money.periods.currency_sums import CurrencySum
from bot.features.money.periods.days import Days
from bot.features.money.periods.ports import LedgerPort, LedgerSums
from bot.features.money.periods.subscription_moves import Moving
from bot.model.errors import TryLater
from bot.model.language import msgid
from bot.relay.context import Context
from storage.database import Transaction
from storage.money import digest_counts, digests, earning_checks
from storage.operations import fanvue_drift
from storage.records import CreatorId, Millis

_DAY: Millis = 86_400_000


class DigestProblem(Protocol):
    """Something that a person has to settle."""

    @property
    def replies(self) -> int:
        """The count of replies held up."""


class DigestOwedPromise(Protocol):
    """Something that a fan was promised."""

    @property
    def due(self) -> Millis:
        """By when."""


class DigestWaitingFan(Protocol):
    """Somebody who waits; since when, if that is known."""

    @property
    def since(self) -> Millis | None:
        """Since when."""


@dataclass(frozen=True)
class DigestWaitingSources:
    """Sources of what waits for a person."""

    fans: Callable[[Transaction, CreatorId], Awaitable[Sequence[DigestWaitingFan]]]  # for an answer, in sight
    problems: Callable[[Transaction, CreatorId], Awaitable[Sequence[DigestProblem]]]
    owed: Callable[[Transaction, CreatorId], Awaitable[Sequence[DigestOwedPromise]]]
    held: Callable[[Transaction, CreatorId], Awaitable[int]]  # replies that wait for a lead


class DigestReader:
    """One digest's content. Raises one of the four errors of `bot.model.errors`."""

    def __init__(
        self, ctx: Context, *, ledger: LedgerPort, moving: Moving, waiting: DigestWaitingSources
    ) -> None:
        self._ctx = ctx
        self._ledger = ledger
        self._moving = moving
        self._waiting = waiting

    async def of(self, creator: CreatorId, sort: DigestPeriod, last: date, zone: ZoneInfo) -> DigestContent:
        """The content for the day, week or month that ends with this day."""
        days = days_of(sort, last, zone)
        told = await self._ledger.earnings(creator, days)
        if told.as_of < days.until:  # what is told once must not lack the last minutes for ever
            raise TryLater(msgid("Fanvue's data for the end of this time isn't in yet."))
        against = before(days, sort)
        held = {words: await self._ledger.earnings(creator, those) for words, those in against.items()}
        chart = await self._drawn(creator, days, sort, told)
        earlier = next(iter(against.values()))

        async def work(tx: Transaction) -> DigestContent:
            checked = await earning_checks.get(tx, creator)
            return DigestContent(
                sort=sort,
                days=days,
                told=told,
                before=held,
                moves=await self._moving(tx, creator, days),
                moves_before=await self._moving(tx, creator, earlier),
                needs=await self._needs(tx, creator),
                drawn=chart,
                agrees=checked is None or checked.agrees,
                news=await _news(tx, creator, days) if sort is DigestPeriod.WEEKLY else None,
            )

        return await self._ctx.database.read(work)

    async def _drawn(
        self, creator: CreatorId, days: Days, sort: DigestPeriod, told: LedgerSums
    ) -> tuple[CurrencySum, Days] | None:
        shown = drawn(days, sort)
        found = told if shown == days else await self._ledger.earnings(creator, shown)
        return (found.sums[0], shown) if found.sums else None

    async def _needs(self, tx: Transaction, creator: CreatorId) -> DigestNeeds:
        now = self._ctx.clock.now()
        fans, problems = await self._waiting.fans(tx, creator), await self._waiting.problems(tx, creator)
        return DigestNeeds(
            waiting=len(fans),
            oldest=min((one.since for one in fans if one.since is not None), default=None),
            problems=len(problems),
            unsent=sum(one.replies for one in problems),
            held=await self._waiting.held(tx, creator),
            owed=sum(one.due <= now + _DAY for one in await self._waiting.owed(tx, creator)),
            ending=await digest_counts.ending(tx, creator, now=now),
        )


async def _news(tx: Transaction, creator: CreatorId, week: Days) -> DigestNews | None:
    """From where the weekly digest before left off; the first one tells of its own week."""
    before = await digests.newest_before(tx, creator, DigestPeriod.WEEKLY, week.last.isoformat())
    first = week.first if before is None else date.fromisoformat(before) + timedelta(days=1)
    number = await fanvue_drift.between(tx, replace(week, first=first).since, week.until)
    return DigestNews(number, first) if number else None
