"""Takes drafts away that nobody sent in time, or whose program's key has ended."""

from collections.abc import Sequence

from bot.engine.expiry import ExpiryTask
from bot.features.inbox.checks.pending_replies import is_over
from bot.features.inbox.program_drafts.model import DraftOutcome
from bot.features.inbox.program_drafts.records import ProgramDraftRecords
from bot.features.operations.api_keys.service import is_valid
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine.drafts import Draft
from storage.people import api_keys
from storage.records import Millis


class ProgramDraftExpiry(ExpiryTask[Draft]):
    """A press that comes first ends it just so."""

    name = "program drafts"

    def __init__(self, ctx: Context, *, records: ProgramDraftRecords) -> None:
        super().__init__(database=ctx.database, clock=ctx.clock)
        self._records = records

    async def over(self, tx: Transaction, *, now: Millis, limit: int) -> Sequence[Draft]:
        """Those that wait for nothing."""
        found = await self._records.waiting(tx)
        ended = {key for key in {origin.key for _, origin in found} if await key_ended(tx, key, now)}
        return [row for row, origin in found if is_over(row, now) or origin.key in ended][:limit]

    async def end(self, tx: Transaction, one: Draft, *, now: Millis) -> None:  # noqa: ARG002 - the port's
        await self._records.settle(tx, one, DraftOutcome.EXPIRED)


async def key_ended(tx: Transaction, name: str, now: Millis) -> bool:
    """Whether a program's key opens nothing any more; an engine, which has none, goes on."""
    key = await api_keys.get(tx, name) if name else None
    return bool(name) and (key is None or not is_valid(key, now))
