"""Finds payments and new subscribers that no webhook told (`twins`)."""

import hashlib
import json
import logging
from collections.abc import Sequence
from contextlib import aclosing

from bot.model.events import Paid, Person, Subscribed, Understood
from bot.relay import payment_dedup
from bot.relay.context import Context
from bot.relay.sweep_chats import DEEPEST, OVERLAP
from bot.relay.sweep_findings import SweepFindings
from bot.relay.sweep_ports import Skipping, SweepPort, SweptEarning, SweptSubscriber, unnoticed
from storage.database import Transaction
from storage.inbox import watermarks
from storage.inbox.watermarks import Watermark
from storage.records import CreatorId, Millis

log = logging.getLogger(__name__)

_TOLD = ("tip", "message", "post")
_FIRST_PAYMENT = "subscription"  # Fanvue calls all later ones "renewal"
_BEGAN = "subscription.activated"


class MoneySweep:
    """Reads what came in for one creator, and who is subscribed."""

    def __init__(self, ctx: Context, *, port: SweepPort, finding: SweepFindings) -> None:
        self._ctx = ctx
        self._port = port
        self._finding = finding
        self._names = ctx.trail.pseudonyms
        self.skipping: Skipping = unnoticed

    async def earnings(self, mark: Watermark, *, full: bool) -> int:
        """Tips, bought messages and posts, and first payments of subscriptions; how many are news."""
        began = self._ctx.clock.now()
        start = began - DEEPEST
        if not full:
            start = max(start, (mark.floor if mark.paid_at is None else mark.paid_at) - OVERLAP)
        since = max(mark.floor, start)
        rows: list[SweptEarning] = []
        skipped = 0
        async with aclosing(self._port.earnings(mark.creator, since=since)) as leaves:
            async for leaf in leaves:
                rows += [row for row in leaf.rows if row.at >= mark.floor and row.gross > 0]
                skipped += len(leaf.unreadable)
        self._passed_over("earnings", skipped)
        rows.sort(key=lambda row: row.at)

        async def work(tx: Transaction) -> int:
            # All at once: of payments that look alike the closest ones must find each other first.
            paid = [_paid(mark.creator, row) for row in rows if row.source in _TOLD]
            kept = await self._finding.keep(tx, mark.creator, paid)
            for row in rows:
                if row.source == _FIRST_PAYMENT and row.fan is not None:
                    kept += await self._joined(tx, mark.creator, row.fan, row.at)
            if not skipped:  # else they are looked for again, once they can be read
                await watermarks.paid(tx, mark.creator, began=began)
            return kept

        return await self._ctx.database.write(work)

    async def subscribers(self, mark: Watermark, *, full: bool) -> int:
        """Fans who first subscribed since the creator is linked; `full`: to the end of the list.

        Nobody says in which order Fanvue lists them, so between full sweeps the payments tell as well.
        """
        kept = 0
        async with aclosing(self._port.subscribers(mark.creator)) as leaves:
            async for leaf in leaves:
                self._passed_over("subscribers", len(leaf.unreadable))
                news = await self._subscribed(mark, leaf.rows)
                kept += news
                if not news and not full:
                    break
        return kept

    def _passed_over(self, rows: str, number: int) -> None:
        if number:
            log.warning("rows of %s were passed over: they cannot be read", rows, extra={"count": number})
            self.skipping(rows, number)

    async def _subscribed(self, mark: Watermark, rows: Sequence[SweptSubscriber]) -> int:
        young = [row for row in rows if row.first is not None and row.first >= mark.floor]

        async def work(tx: Transaction) -> int:
            kept = 0
            for row in young:
                kept += await self._joined(tx, mark.creator, row.fan, row.first or self._ctx.clock.now())
            return kept

        return await self._ctx.database.write(work) if young else 0

    async def _joined(self, tx: Transaction, creator: CreatorId, fan: Person, at: Millis) -> int:
        if not await payment_dedup.joined(tx, self._names, creator, fan, at=at, now=self._ctx.clock.now()):
            return 0
        event = Subscribed(creator, fan, "activated", at)
        return await self._finding.keep(
            tx, creator, [Understood(event, _BEGAN, _derived(_BEGAN, creator, fan.id, at))]
        )


def _paid(creator: CreatorId, row: SweptEarning) -> Understood:
    event = Paid(
        creator=creator,
        fan=row.fan,
        source=row.source,
        gross=row.gross,
        at=row.at,
        payment=row.order,
        message=row.message,
        post=row.post,
        currency=row.currency,
    )
    fan = row.fan.id if row.fan else None
    key = f"order:{row.order}" if row.order else _derived(creator, fan, row.source, row.gross, row.at)
    return Understood(event, "payment", key)


def _derived(*parts: object) -> str:
    """A key for what has no id of its own: never of names, they change (R2.3)."""
    canonical = json.dumps([None if part is None else str(part) for part in parts], separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()
