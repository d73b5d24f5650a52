"""Ends programs' mass messages that nobody opened, or whose key was revoked."""

from collections.abc import Sequence

from bot.engine.expiry import ExpiryTask
from bot.features.inbox.checks.pending_replies import is_over
from bot.features.inbox.program_drafts.model import DraftOutcome
from bot.features.publishing.program_mass_drafts.records import ProgramMassRecords
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.engine.drafts import Draft
from storage.people import api_keys
from storage.records import Millis


class ProgramMassExpiry(ExpiryTask[Draft]):
    """A press that comes first ends it just so."""

    name = "program mass drafts"

    def __init__(self, *, database: Database, records: ProgramMassRecords, clock: Clock) -> None:
        super().__init__(database=database, clock=clock)
        self._records = records

    async def over(self, tx: Transaction, *, now: Millis, limit: int) -> Sequence[Draft]:
        """Those that wait for nothing."""
        found = []
        for row, name in await self._records.waiting(tx):
            key = await api_keys.get(tx, name)
            if is_over(row, now) or key is None or key.ended_at is not None:
                found.append(row)
        return found[:limit]

    async def end(self, tx: Transaction, one: Draft, *, now: Millis) -> None:  # noqa: ARG002 - the port's
        await self._records.settle(tx, one, DraftOutcome.EXPIRED)
