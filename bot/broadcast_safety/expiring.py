"""Ends what nobody answered within a day, and says so."""

from bot.broadcast_safety import second_wording as wording
from bot.broadcast_safety.telling import Telling
from bot.proposals.record import Record
from bot.relay.lapsing import end_all
from bot.relay.ports import Clock
from bot.supervision import Duty, periodic
from storage import mass_requests
from storage.database import Database, Transaction
from storage.errors import DatabaseUnreachable

_SECONDS = 30.0
_LIMIT = 120.0
_BATCH = 50


class Expiring:
    """All that it knows is in the database."""

    def __init__(self, *, database: Database, record: Record, telling: Telling, clock: Clock) -> None:
        self._database = database
        self._record = record
        self._telling = telling
        self._clock = clock

    async def look(self) -> None:
        """One look; what is over ends in one transaction with what is said of it."""
        now = self._clock.now()
        await end_all(
            self._database,
            lambda tx: mass_requests.overdue(tx, now=now, limit=1),
            self._some,
            batch=_BATCH,
        )

    def duty(self, *, divisor: float) -> Duty:
        """What must run for them to end; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.look, passing=(DatabaseUnreachable,))
        return Duty("mass requests", run, _LIMIT)

    async def _some(self, tx: Transaction) -> int:
        now = self._clock.now()
        found = await mass_requests.overdue(tx, now=now, limit=_BATCH)
        for request in found:
            await mass_requests.settle(tx, request.draft, "expired", by=None, now=now)
            known = await self._record.get(tx, request.draft)
            ended = await mass_requests.get(tx, request.draft)
            shown = wording.closed(known.post, ended) if known is not None and ended is not None else None
            await self._telling.ended(tx, request, shown)
        return len(found)
