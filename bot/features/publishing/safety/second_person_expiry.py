"""Ends what nobody answered within a day, and says so."""

from collections.abc import Sequence
from functools import partial

from bot.engine.expiry import ExpiryTask
from bot.features.publishing.proposals.records import ProposalRecords
from bot.features.publishing.safety import second_person_texts as wording
from bot.features.publishing.safety.second_person_notices import SecondPersonNotices
from bot.relay.context import Context
from storage.database import Transaction
from storage.publishing import mass_requests
from storage.publishing.mass_requests import MassRequest
from storage.records import Millis


class SecondPersonExpiry(ExpiryTask[MassRequest]):
    """A second person's answer that comes first is the one that counts."""

    name = "mass requests"

    def __init__(self, ctx: Context, *, record: ProposalRecords, telling: SecondPersonNotices) -> None:
        super().__init__(database=ctx.database, clock=ctx.clock)
        self._record = record
        self._telling = telling

    async def over(self, tx: Transaction, *, now: Millis, limit: int) -> Sequence[MassRequest]:
        """Those that waited a day."""
        return await mass_requests.overdue(tx, now=now, limit=limit)

    async def end(self, tx: Transaction, one: MassRequest, *, now: Millis) -> None:
        await mass_requests.settle(tx, one.draft, "expired", by=None, now=now)
        known = await self._record.get(tx, one.draft)
        ended = await mass_requests.get(tx, one.draft)
        shown = (
            partial(wording.closed, known.post, ended) if known is not None and ended is not None else None
        )
        await self._telling.ended(tx, one, shown)
