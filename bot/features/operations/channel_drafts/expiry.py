"""Ends programs' drafts that nobody opened, or whose key has ended."""

from collections.abc import Sequence

from bot.engine.expiry import ExpiryTask
from bot.features.inbox.checks.pending_replies import is_over
from bot.features.inbox.program_drafts.expiry import key_ended
from bot.features.inbox.program_drafts.model import DraftOutcome
from bot.features.operations.channel_drafts.model import LIFE
from bot.features.operations.channel_drafts.records import ChannelDraftRecords
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine.drafts import Draft
from storage.records import Millis


class ChannelDraftExpiry(ExpiryTask[Draft]):
    """A press that comes first ends it just so."""

    name = "channel drafts"

    def __init__(self, ctx: Context, *, records: ChannelDraftRecords) -> None:
        super().__init__(database=ctx.database, clock=ctx.clock)
        self._records = records

    async def over(self, tx: Transaction, *, now: Millis, limit: int) -> Sequence[Draft]:
        """Those that wait for nothing."""
        found = await self._records.waiting(tx)
        ended = {key for key in {key for _, key in found} if await key_ended(tx, key, now)}
        over = [row for row, key in found if is_over(row, now) or key in ended]
        if len(over) < limit:
            over += [row for row, _ in found if row not in over and await self._is_erased(tx, row, now)]
        return over[:limit]

    async def _is_erased(self, tx: Transaction, row: Draft, now: Millis) -> bool:
        """Its text went before its time: the owner chose meanwhile to keep texts for fewer days."""
        return row.created_at < now - LIFE and await self._records.get(tx, row.id) is None

    async def end(self, tx: Transaction, one: Draft, *, now: Millis) -> None:  # noqa: ARG002 - the port's
        await self._records.settle(tx, one, DraftOutcome.EXPIRED)
