"""Reads Fanvue's list of earnings of a time, whole, at Fanvue's pace."""

from contextlib import aclosing
from dataclasses import dataclass
from typing import Protocol

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient
from bot.fanvue.creator_calls import PatientCreatorCalls
from bot.fanvue.figures import EarningsSummary, FanvueEarningRow
from bot.fanvue.operations import ApiSurface
from bot.fanvue.outcomes import as_outcomes
from bot.fanvue.paging import ApiPage, Pages
from bot.fanvue.patient_api import Pause
from bot.fanvue.values import word_of
from bot.features.money.periods.currency_sums import CHARGEBACK, REFUND
from bot.model.acting_account import Identity
from storage.records import Cents, CreatorId, FanId, Millis

_REVERSALS = {REFUND, CHARGEBACK}


@dataclass(frozen=True)
class LedgerSourceRow:
    """One row as Fanvue lists it. Money that went back is negative, and `source` says in which way."""

    at: Millis
    source: str
    gross: Cents
    net: Cents | None
    currency: str | None = None
    order: str | None = None
    reverses: str | None = None
    fan: FanId | None = None
    message: str | None = None
    post: str | None = None
    status: str | None = None  # whether it can be paid out, in Fanvue's words: an open set


@dataclass(frozen=True)
class LedgerSourceListing:
    """Every row of a time; `unreadable` ones are missing."""

    rows: tuple[LedgerSourceRow, ...]
    unreadable: int = 0


@dataclass(frozen=True)
class LedgerSourceTotals:
    """Fanvue's own sums of one of its groups of sources, without what went back."""

    gross: Cents
    net: Cents | None


class EarningsPort(Protocol):
    """Fanvue, as the ledger needs it. Every method raises one of the four errors of `bot.model.errors`."""

    async def rows(
        self, creator: CreatorId, since: Millis, until: Millis, *, most: int | None = None
    ) -> LedgerSourceListing | None:
        """Every row of a time, `until` is outside; None as soon as there are more than `most`."""

    async def summary(
        self, creator: CreatorId, since: Millis, until: Millis
    ) -> dict[str, LedgerSourceTotals]:
        """Fanvue's own sums of a time by its names of sources, up to ten minutes old."""


class FanvueEarnings(PatientCreatorCalls):
    """Implements `EarningsPort` in one lane."""

    def __init__(self, fanvue: FanvueClient, identity: Identity, pause: Pause, lane: RequestLane) -> None:
        """`identity`: the acting account of a creator; `pause` waits while the lane's share is spent."""
        super().__init__(fanvue, identity, pause)
        self._lane = lane

    async def rows(
        self, creator: CreatorId, since: Millis, until: Millis, *, most: int | None = None
    ) -> LedgerSourceListing | None:
        """Refunds and chargebacks are among them, whichever list Fanvue has them in."""
        api = await self._patient(creator, self._lane)
        with as_outcomes(reading=True):
            pages = await _all(api.money.earnings(since=since, until=until), most)
            if pages is not None and api.road("earnings").surface is ApiSurface.UNVERSIONED:
                more = await _all(api.money.spending(since=since, until=until), most)
                pages = None if more is None else pages + more
        if pages is None:
            return None
        rows = tuple(_row(row) for page in pages for row in page.rows)
        # What lies outside was not asked for: of its day not everything is known.
        return LedgerSourceListing(
            tuple(row for row in rows if since <= row.at < until), sum(len(page.skipped) for page in pages)
        )

    async def summary(
        self, creator: CreatorId, since: Millis, until: Millis
    ) -> dict[str, LedgerSourceTotals]:
        """Only the groups of which it tells a gross."""
        api = await self._patient(creator, self._lane)
        with as_outcomes(reading=True):
            told: EarningsSummary = await api.money.summary(since=since, until=until)
        return {
            name: LedgerSourceTotals(one.gross, one.net)
            for name, one in (told.breakdown_by_source or {}).items()
            if one is not None and one.gross is not None
        }


async def _all(pages: Pages[FanvueEarningRow], most: int | None) -> list[ApiPage[FanvueEarningRow]] | None:
    """Every page of a list; None, and no further request, when it has more rows than `most`."""
    found: list[ApiPage[FanvueEarningRow]] = []
    async with aclosing(pages):
        async for page in pages:
            found.append(page)
            if most is not None and sum(len(one.rows) for one in found) > most:
                return None
    return found


def _row(row: FanvueEarningRow) -> LedgerSourceRow:
    """A reversal counts against the creator, whichever sign Fanvue gives it."""
    source = word_of(row.source or "unknown")
    back = row.reversed_transaction_order_id is not None or source in _REVERSALS
    gross, net = row.gross or 0, row.net
    return LedgerSourceRow(
        at=row.date or 0,
        source=source if source in _REVERSALS or not back else REFUND,
        gross=-abs(gross) if back else gross,
        net=-abs(net) if back and net is not None else net,
        currency=row.currency,
        order=row.transaction_order_id,
        reverses=row.reversed_transaction_order_id,
        fan=None if row.user is None else FanId(row.user.uuid),
        message=row.message_uuid,
        post=row.post_uuid,
        status=row.transaction_order_status,
    )
