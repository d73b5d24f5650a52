"""Compares a ledger with what Fanvue sums and told: every night, and when asked."""

import logging
from datetime import timedelta

from bot.engine.supervision import BackgroundTask, periodic
from bot.features.money.ledger import comparison_rules
from bot.features.money.ledger.comparison_rules import LedgerReport, unpacked
from bot.features.money.ledger.fanvue import EarningsPort
from bot.features.money.ledger.pairing_rules import APART, PaymentPairing, paired
from bot.features.money.ledger.reader import LedgerReader
from bot.features.money.ledger.reading_plan import HOUR, LedgerWindow, utc_day
from bot.features.money.ledger.writer import pair_up
from bot.features.money.periods.days import Days, at_hour, day_of
from bot.model.errors import DeliveryFailed
from bot.relay.context import Context
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Transaction
from storage.errors import DatabaseUnreachable
from storage.inbox import watermarks
from storage.money import digests, earning_checks, earning_events, earnings
from storage.money.earning_checks import LedgerCheckRecord
from storage.people import creators
from storage.records import CreatorId, Millis

log = logging.getLogger(__name__)

_DAYS = timedelta(days=31)
_DAY = timedelta(days=1)
_AT = 4  # o'clock
_KEPT_BY_FANVUE: Millis = 600_000  # for so long Fanvue answers the same question about sums the same
_SECONDS = 300.0
_HEARD = ("payment", "refund", "dispute")


class LedgerChecker:
    """Reads the last 31 whole days again, and lists differences."""

    def __init__(self, ctx: Context, *, reader: LedgerReader, there: EarningsPort) -> None:
        self._ctx = ctx
        self._reader = reader
        self._there = there

    async def check(self, creator: CreatorId) -> tuple[LedgerReport, LedgerCheckRecord]:
        """The comparison of now; of at most ten minutes ago, because Fanvue's sums are kept so long.

        Raises one of the four errors of `bot.model.errors`.
        """
        kept = await self._ctx.database.read(lambda tx: earning_checks.get(tx, creator))
        days = await self._days(creator)
        fresh = kept is not None and self._ctx.clock.now() - kept.at < _KEPT_BY_FANVUE
        if kept is not None and fresh and unpacked(kept.body).until == days.until:
            return unpacked(kept.body), kept
        report = await self._compared(creator, days, 0 if kept is None else kept.at)
        today = day_of(self._ctx.clock.now(), days.zone).isoformat()
        checked = LedgerCheckRecord(self._ctx.clock.now(), today, report.agrees, report.packed())
        await self._ctx.database.write(lambda tx: earning_checks.put(tx, creator, checked))
        return report, checked

    async def look(self) -> None:
        """To be called every few minutes: check every creator whose night it is."""
        for link in await self._ctx.database.read(creators.active_links):
            try:
                if await self._is_due(link.creator):
                    await self.check(link.creator)
            except DeliveryFailed as failed:
                log.info("a ledger could not be compared: %s", failed.reason)

    def task(self, *, divisor: float) -> BackgroundTask:
        """The background task that compares ledgers; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.look, passing=(DatabaseUnreachable,))
        return BackgroundTask("ledger checks", run, None)

    async def _is_due(self, creator: CreatorId) -> bool:
        zone, now = (await self._days(creator)).zone, self._ctx.clock.now()
        today = day_of(now, zone)
        kept = await self._ctx.database.read(lambda tx: earning_checks.get(tx, creator))
        return now >= at_hour(today, _AT, zone) and (kept is None or kept.day < today.isoformat())

    async def _days(self, creator: CreatorId) -> Days:
        name = await self._ctx.database.read(lambda tx: digests.zone(tx, creator))
        zone = zone_of(name or DEFAULT_ZONE)
        today = day_of(self._ctx.clock.now(), zone)
        return Days(zone, today - _DAYS, today - _DAY)

    async def _compared(self, creator: CreatorId, days: Days, before: Millis) -> LedgerReport:
        window = LedgerWindow(utc_day(days.since), utc_day(days.until - 1))
        await self._reader.again(creator, window)
        theirs = await self._there.summary(creator, days.since, days.until)
        rows = await self._rows(creator, days)
        differences = comparison_rules.summed(rows, theirs)
        if differences:  # a row may have come between the two questions
            await self._reader.again(creator, window)
            rows = await self._rows(creator, days)
            differences = comparison_rules.summed(rows, theirs)
        left, floor, lost = await self._ctx.database.write(lambda tx: _left(tx, creator, days, before))
        # What was told, or listed, this moment may still get its other half.
        until = min(days.until, self._ctx.clock.now() - HOUR)
        alike = 0
        if floor is not None:
            more, alike = comparison_rules.met(left, rows_since=max(days.since, floor), until=until)
            differences += more
        odd = await self._ctx.database.read(
            lambda tx: earnings.unequal_refunds(tx, creator, since=days.since, until=days.until)
        )
        reads = await self._ctx.database.read(
            lambda tx: earnings.reads(tx, creator, first=window.first, last=window.last)
        )
        return LedgerReport(
            since=days.since,
            until=days.until,
            rows=len(rows),
            back=sum(row.gross for row in rows if row.gross < 0),
            differences=(*differences, *comparison_rules.gone(lost), *comparison_rules.unequal(odd)),
            alike=alike,
            unreadable=sum(read.unreadable for read in reads.values()),
            events_since=None if floor is None else max(days.since, floor),
            without_net=sum(row.net is None for row in rows),
        )

    async def _rows(self, creator: CreatorId, days: Days) -> list[earnings.LedgerRow]:
        return await self._ctx.database.read(
            lambda tx: earnings.between(tx, creator, since=days.since, until=days.until)
        )


async def _left(
    tx: Transaction, creator: CreatorId, days: Days, before: Millis
) -> tuple[PaymentPairing, Millis | None, list[earnings.LedgerRow]]:
    """Unpaired payments; since when live events could come (None: none ever did); rows now gone."""
    await pair_up(tx, creator, since=days.since, until=days.until)
    told = await earning_events.alone_between(tx, creator, since=days.since, until=days.until)
    rows = await earnings.alone_between(tx, creator, since=days.since - APART, until=days.until + APART)
    heard = await watermarks.heard_of(tx, creator)
    mark = await watermarks.get(tx, creator)
    floor = None if mark is None or not any(kind in heard for kind in _HEARD) else mark.floor
    lost = await earnings.gone_between(tx, creator, since=days.since, until=days.until, gone_since=before)
    return paired(told, rows), floor, lost
