"""Answers from the ledger: what came in on some days, and what is pending."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.earnings import wording
from bot.earnings.keeping import in_zone
from bot.earnings.pairing import APART, Pairing, paired
from bot.earnings.plan import DAY, HOUR, Window, utc_day
from bot.earnings.reading import Reader
from bot.earnings.stretches import day_numbered, number_of
from bot.figures.days import Days, day_of
from bot.figures.ledger import Ledgered
from bot.figures.sums import Part, Sum, code_of
from bot.relay.errors import DeliveryFailed
from bot.relay.ports import Clock
from bot.relay.zones import DEFAULT_ZONE
from storage import digests, earning_checks, earning_events, earning_sums, earnings
from storage.database import Database, Transaction
from storage.earning_checks import Checked
from storage.earning_events import Told
from storage.earning_sums import Summed
from storage.earnings import ReadDay
from storage.records import Cents, CreatorId, Millis

PENDING: Millis = 2 * DAY  # how long Fanvue may take to list what it told live
_STALE: Millis = 15 * 60_000  # the background reads the present every five minutes


@dataclass(frozen=True)
class _Found:
    summed: Sequence[Summed]
    left: Pairing
    reads: dict[int, ReadDay]
    checked: Checked | None


class Books:
    """Implements `bot.figures.ledger.Ledger`."""

    def __init__(self, *, database: Database, reader: Reader, clock: Clock) -> None:
        self._database = database
        self._reader = reader
        self._clock = clock

    async def earnings(self, creator: CreatorId, days: Days) -> Ledgered:
        """Days that were never read are read first; so is the present, when nobody did for long."""
        now = self._clock.now()
        window = Window(utc_day(days.since), min(utc_day(days.until - 1), utc_day(now)))
        reads = await self._reads(creator, window)
        if _incomplete(reads, window) or _as_of(reads, window) < min(now, days.until + HOUR) - _STALE:
            try:
                await self._reader.fresh(creator, window)
            except DeliveryFailed:
                if _incomplete(await self._reads(creator, window), window):
                    raise
        return await self._known(creator, days, window)

    async def known(self, creator: CreatorId, days: Days) -> Ledgered:
        """What is there of these days now; nothing is read from Fanvue for it."""
        window = Window(utc_day(days.since), min(utc_day(days.until - 1), utc_day(self._clock.now())))
        return await self._known(creator, days, window)

    async def _known(self, creator: CreatorId, days: Days, window: Window) -> Ledgered:
        found = await self._database.read(lambda tx: _found(tx, creator, days, window))
        if found is None:
            await self._database.write(lambda tx: in_zone(tx, creator))
            found = await self._database.read(lambda tx: _found(tx, creator, days, window))
        assert found is not None, "the sums were just made in the creator's zone"
        return self._told(found, days, window)

    def _told(self, found: _Found, days: Days, window: Window) -> Ledgered:
        now = self._clock.now()
        pending = [
            one
            for one in found.left.alone
            if one.gross is not None and days.since <= one.at < days.until and now - one.at < PENDING
        ]
        return Ledgered(
            sums=summed_up(found.summed, pending, days),
            as_of=_as_of(found.reads, window),
            unreadable=sum(read.unreadable for read in found.reads.values()),
            pending=len(pending),
            alike=sum(1 for one in found.left.alike if days.since <= one.at < days.until),
            checked=None if found.checked is None else wording.mark(found.checked, days.zone),
        )

    async def _reads(self, creator: CreatorId, window: Window) -> dict[int, ReadDay]:
        return await self._database.read(lambda tx: _reads(tx, creator, window))


async def _found(tx: Transaction, creator: CreatorId, days: Days, window: Window) -> _Found | None:
    """None: the sums are in another zone than the creator's."""
    zone = await digests.zone(tx, creator) or DEFAULT_ZONE
    if await earning_sums.zone(tx, creator) != zone:
        return None
    told = await earning_events.alone_between(tx, creator, since=days.since, until=days.until)
    rows = (
        await earnings.alone_between(tx, creator, since=days.since - APART, until=days.until + APART)
        if told
        else []
    )
    return _Found(
        await earning_sums.by_day(tx, creator, number_of(days.first), number_of(days.last)),
        paired(told, rows),
        await _reads(tx, creator, window),
        await earning_checks.get(tx, creator),
    )


async def _reads(tx: Transaction, creator: CreatorId, window: Window) -> dict[int, ReadDay]:
    return dict(await earnings.reads(tx, creator, first=window.first, last=window.last))


def _incomplete(reads: dict[int, ReadDay], window: Window) -> bool:
    return len(reads) < window.last - window.first + 1


def _as_of(reads: dict[int, ReadDay], window: Window) -> Millis:
    read = reads.get(window.last)
    return 0 if read is None else read.read_at


# ── sums ──


@dataclass(frozen=True)
class _Piece:
    day: date
    source: str
    gross: Cents
    net: Cents
    number: int
    without_net: int


def summed_up(summed: Sequence[Summed], pending: Sequence[Told], days: Days) -> list[Sum]:
    """One sum for each currency, the one with most transactions first; what is pending has no net."""
    pieces: dict[str, list[_Piece]] = defaultdict(list)
    for one in summed:
        day = day_numbered(one.place)
        piece = _Piece(day, one.source, one.gross, one.net, one.number, one.without_net)
        pieces[code_of(one.currency)].append(piece)
    for told in pending:
        piece = _Piece(day_of(told.at, days.zone), told.source, told.gross or 0, 0, 1, 1)
        pieces[code_of(told.currency)].append(piece)
    made = [_sum(code, group, days) for code, group in pieces.items()]
    return sorted(made, key=lambda one: (-one.count, one.currency))


def _sum(code: str, group: Sequence[_Piece], days: Days) -> Sum:
    by_day = dict.fromkeys(days.each(), 0)
    gross: dict[str, Cents] = defaultdict(int)
    number: dict[str, int] = defaultdict(int)
    for one in group:
        by_day[one.day] += one.gross
        gross[one.source] += one.gross
        number[one.source] += one.number
    order: Callable[[str], tuple[Cents, str]] = lambda source: (-gross[source], source)  # noqa: E731 - a key
    return Sum(
        currency=code,
        gross=sum(gross.values()),
        net=sum(one.net for one in group),
        count=sum(number.values()),
        without_net=sum(one.without_net for one in group),
        by_source={source: Part(gross[source], number[source]) for source in sorted(gross, key=order)},
        by_day=by_day,
    )
