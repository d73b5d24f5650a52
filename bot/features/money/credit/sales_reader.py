"""Reads whose the sales of some days are, after the ledger has read these days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.access.roles import MoneyView
from bot.features.money.credit.tasks import CreditCollector
from bot.features.money.ledger.pairing_rules import APART, paired
from bot.features.money.periods.choice_rules import asked
from bot.features.money.periods.days import Days
from bot.features.money.periods.ports import LedgerPort, LedgerSums
from bot.features.money.periods.read_limit import told
from bot.relay.context import Context
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Transaction
from storage.money import credit_refs, credited_sales, digests, earning_events, earnings
from storage.money.credited_sales import Sale, SaleFilter, SaleGroup
from storage.money.spending import PENDING
from storage.people import creators
from storage.records import CreatorId, FactId, Millis

HOUR: Millis = 3_600_000


@dataclass(frozen=True)
class CreditPeriod:
    """Some days of one creator, as they are read, and how these are called in a heading."""

    creator: CreatorId
    handle: str
    days: Days
    name: str
    ledgered: LedgerSums


class CreditSalesReader:
    """Whether somebody may ask was looked up before. Raises CannotTell."""

    def __init__(
        self, ctx: Context, *, ledger: LedgerPort, gathering: CreditCollector, window: Millis
    ) -> None:
        """`window`: for how long an answer counts as the last one before a sale."""
        self._ctx = ctx
        self.window = window
        self._ledger = ledger
        self._gathering = gathering

    async def of(self, creator: CreatorId, period: str, level: MoneyView) -> CreditPeriod:
        """The days that were typed; those never read are read first."""
        known = await self._ctx.database.read(lambda tx: creators.get(tx, creator))
        zone = await self._ctx.database.read(lambda tx: digests.zone(tx, creator))
        meant = asked(period, self._ctx.clock.now(), zone_of(zone or DEFAULT_ZONE), level)
        ledgered = await told(lambda: self._ledger.earnings(creator, meant.days))
        await self._gathering.of(creator)
        return CreditPeriod(
            creator, known.handle if known is not None else "", meant.days, meant.name, ledgered
        )

    async def groups(self, lot: CreditPeriod) -> list[SaleGroup]:
        """All sales of these days, added up by whose they are."""

        async def work(tx: Transaction) -> list[SaleGroup]:
            return await credited_sales.groups(
                tx, await self.wanted(tx, lot.creator, lot.days.since, lot.days.until)
            )

        return await self._ctx.database.read(work)

    async def sales(self, lot: CreditPeriod, *, limit: int, skipped: int = 0) -> tuple[list[Sale], int]:
        """The newest of these days, at most so many, and how many there are."""

        async def work(tx: Transaction) -> tuple[list[Sale], int]:
            wanted = await self.wanted(tx, lot.creator, lot.days.since, lot.days.until)
            found = await credited_sales.sales(tx, wanted, limit=limit, skipped=skipped)
            return found, await credited_sales.number(tx, wanted)

        return await self._ctx.database.read(work)

    async def sale(
        self, tx: Transaction, creator: CreatorId, row: str | None, fact: str | None
    ) -> Sale | None:
        """One sale as it counts now; None: it does not. Its row goes before what was told live."""
        at = await credit_refs.at_of(tx, creator, row) if row is not None else None
        if at is not None:
            return await credited_sales.sale(tx, SaleFilter(creator, at, at + 1, self.window), row)
        now = self._ctx.clock.now()
        wanted = await self.wanted(tx, creator, now - PENDING, now + APART)
        only = tuple(one for one in wanted.told if one == fact)
        return await credited_sales.sale(tx, replace(wanted, told=only), None) if only else None

    async def wanted(self, tx: Transaction, creator: CreatorId, since: Millis, until: Millis) -> SaleFilter:
        """The sales of a time: rows, and live events that count beside them, as in `/money earnings`."""
        events = await earning_events.alone_between(tx, creator, since=since, until=until)
        rows = (
            await earnings.alone_between(tx, creator, since=since - APART, until=until + APART)
            if events
            else []
        )
        now = self._ctx.clock.now()
        alone: Sequence[FactId] = [
            one.fact for one in paired(events, rows).alone if one.gross is not None and now - one.at < PENDING
        ]
        return SaleFilter(creator, since, until, self.window, tuple(alone))
