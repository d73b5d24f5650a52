"""Answers from the ledger: the income of some days, and pending payments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.features.money.ledger import texts
from bot.features.money.ledger.comparison_rules import LedgerReport, unpacked
from bot.features.money.ledger.pairing_rules import APART, PaymentPairing, paired
from bot.features.money.ledger.reader import LedgerReader
from bot.features.money.ledger.reading_plan import HOUR, LedgerWindow, utc_day
from bot.features.money.ledger.sum_rules import summed_up
from bot.features.money.ledger.writer import in_zone
from bot.features.money.ledger.zone_rules import local_day, number_of
from bot.features.money.periods.days import Days, midnight
from bot.features.money.periods.ports import LedgerSums
from bot.model.errors import DeliveryFailed
from bot.model.ports import Clock
from bot.text.time_zones import DEFAULT_ZONE
from storage.database import Database, Transaction
from storage.money import (
    digests,
    earning_answers,
    earning_checks,
    earning_events,
    earning_sums,
    earnings,
    unpaired_earnings,
)
from storage.money.earning_checks import LedgerCheckRecord
from storage.money.earning_sums import EarningSum
from storage.money.earnings import LedgerRow, ReadDay
from storage.money.spending import PENDING
from storage.records import Cents, CreatorId, Millis

_STALE: Millis = 15 * 60_000  # the background reads the present every five minutes


@dataclass(frozen=True)
class _LedgerAnswer:
    summed: Sequence[EarningSum]
    left: PaymentPairing
    reads: dict[int, ReadDay]
    checked: LedgerCheckRecord | None
    more: bool  # whether what was compared last has not as many rows any more
    untold: Mapping[str, Cents]  # the gross of rows without a net, by currency


class LedgerService:
    """Implements `bot.features.money.periods.ports.LedgerPort`."""

    def __init__(self, *, database: Database, reader: LedgerReader, clock: Clock) -> None:
        self._database = database
        self._reader = reader
        self._clock = clock

    async def earnings(self, creator: CreatorId, days: Days) -> LedgerSums:
        """Days that were never read are read first; so is the present, when nobody did for long."""
        await self.read(creator, days)
        found = await self._found(creator, days)
        return self._told(found, days)

    async def read(self, creator: CreatorId, days: Days) -> Millis:
        """Have these days there; when the newest was read. Raises what reading raises if one never was."""
        window = self._window(days)
        reads = await self._reads(creator, window)
        if _incomplete(reads, window) or _as_of(reads, window) < self._wanted(days):
            try:
                await self._reader.fresh(creator, window)
            except DeliveryFailed:
                if _incomplete(await self._reads(creator, window), window):
                    raise
            reads = await self._reads(creator, window)
        return _as_of(reads, window)

    async def known(self, creator: CreatorId, days: Days, until: Millis) -> LedgerSums | None:
        """The income of these days up to a moment of the last one; None when not all were read yet."""
        found = await self._found(creator, days, until)
        return None if _incomplete(found.reads, self._window(days)) else self._told(found, days, until)

    async def kept(self, creator: CreatorId, days: Days) -> LedgerSums:
        """The kept income of these days now; nothing is read from Fanvue."""
        return self._told(await self._found(creator, days), days)

    async def in_zone(self, creator: CreatorId, zone: ZoneInfo) -> None:
        """Have the sums in the creator's zone, which is this one."""
        if await self._database.read(lambda tx: earning_sums.zone(tx, creator)) != zone.key:
            await self._database.write(lambda tx: in_zone(tx, creator))

    async def _found(self, creator: CreatorId, days: Days, until: Millis | None = None) -> _LedgerAnswer:
        window = self._window(days)
        found = await self._database.read(lambda tx: _found(tx, creator, days, window, until))
        if found is None:
            await self._database.write(lambda tx: in_zone(tx, creator))
            found = await self._database.read(lambda tx: _found(tx, creator, days, window, until))
        assert found is not None, "the sums were just made in the creator's zone"
        return found

    def _told(self, found: _LedgerAnswer, days: Days, until: Millis | None = None) -> LedgerSums:
        now, end = self._clock.now(), days.until if until is None else until
        pending = [
            one
            for one in found.left.alone
            if one.gross is not None and days.since <= one.at < end and now - one.at < PENDING
        ]
        return LedgerSums(
            sums=summed_up(found.summed, pending, days, found.untold),
            as_of=_as_of(found.reads, self._window(days)),
            unreadable=sum(read.unreadable for read in found.reads.values()),
            pending=len(pending),
            alike=sum(1 for one in found.left.alike if days.since <= one.at < days.until),
            checked=texts.mark(found.checked, days, since_then=found.more or bool(pending)),
        )

    def _wanted(self, days: Days) -> Millis:
        """As of when they must have been read: days that are over after their end, else lately."""
        now = self._clock.now()
        lately = min(now, days.until + HOUR) - _STALE
        return max(lately, days.until) if now >= days.until else lately

    def _window(self, days: Days) -> LedgerWindow:
        """Days of UTC that hold them, as far as they have begun."""
        return LedgerWindow(utc_day(days.since), min(utc_day(days.until - 1), utc_day(self._clock.now())))

    async def _reads(self, creator: CreatorId, window: LedgerWindow) -> dict[int, ReadDay]:
        return await self._database.read(lambda tx: _reads(tx, creator, window))


async def _found(
    tx: Transaction, creator: CreatorId, days: Days, window: LedgerWindow, until: Millis | None
) -> _LedgerAnswer | None:
    """None: the sums are in another zone than the creator's."""
    zone = await digests.zone(tx, creator) or DEFAULT_ZONE
    if await earning_sums.zone(tx, creator) != zone:
        return None
    end = days.until if until is None else until
    told = await earning_events.alone_between(tx, creator, since=days.since, until=end)
    rows = await unpaired_earnings.near(tx, creator, since=days.since, until=end, apart=APART) if told else []
    summed = await _summed(tx, creator, days, until)
    lacking = any(one.without_net for one in summed)
    checked = await earning_checks.get(tx, creator)
    return _LedgerAnswer(
        summed,
        paired(told, rows),
        await _reads(tx, creator, window),
        checked,
        checked is not None and await _has_more(tx, creator, unpacked(checked.body), days.zone),
        await earning_answers.without_net(tx, creator, since=days.since, until=end) if lacking else {},
    )


async def _has_more(tx: Transaction, creator: CreatorId, compared: LedgerReport, zone: ZoneInfo) -> bool:
    first, last = local_day(compared.since, zone), local_day(compared.until - 1, zone)
    return await earning_sums.number(tx, creator, first, last) != compared.rows


async def _summed(tx: Transaction, creator: CreatorId, days: Days, until: Millis | None) -> list[EarningSum]:
    """The sums of whole days; of a last one that is not over by then, its rows."""
    first, last = number_of(days.first), number_of(days.last)
    if until is None or until >= days.until:
        return await earning_sums.by_day(tx, creator, first, last)
    begun = midnight(days.last, days.zone)
    rows = await earnings.between(tx, creator, since=begun, until=until)
    whole = await earning_sums.by_day(tx, creator, first, last - 1)
    return [*whole, *(_alone(last, row) for row in rows)]


def _alone(day: int, row: LedgerRow) -> EarningSum:
    net, lacks = row.net or 0, int(row.net is None)
    return EarningSum(day, row.source, row.currency or "", row.gross, net, 1, lacks)


async def _reads(tx: Transaction, creator: CreatorId, window: LedgerWindow) -> dict[int, ReadDay]:
    return dict(await earnings.reads(tx, creator, first=window.first, last=window.last))


def _incomplete(reads: dict[int, ReadDay], window: LedgerWindow) -> bool:
    return len(reads) < window.last - window.first + 1


def _as_of(reads: dict[int, ReadDay], window: LedgerWindow) -> Millis:
    read = reads.get(window.last)
    return 0 if read is None else read.read_at
