"""Once a day, takes away the lines of the audit that are older than 400 days."""

from datetime import UTC, datetime
from functools import partial

from bot.engine.audit_log import AuditLog
from bot.engine.supervision import BackgroundTask, periodic
from bot.model.ports import Clock
from bot.relay.context import Context
from storage.database import Database, Transaction
from storage.engine import instance
from storage.errors import DatabaseUnreachable
from storage.people.retention import AUDIT, DAY
from storage.records import Millis

KEPT: Millis = AUDIT * DAY
_DONE = "audit.pruned"  # the day whose round is over
_SECONDS = 60.0  # between two looks
_LIMIT = 120.0


class AuditPruner:
    """To be looked at every minute or so."""

    def __init__(
        self, *, database: Database, trail: AuditLog, clock: Clock, batch: int = 500, batches: int = 20
    ) -> None:
        """At most so many lines in one transaction, lest somebody waits, and so many of those in a look."""
        self._database = database
        self._trail = trail
        self._clock = clock
        self._batch = batch
        self._batches = batches

    async def look(self) -> None:
        """Go on with the round of this day, if it is not over."""
        now = self._clock.now()
        day = datetime.fromtimestamp(now / 1000, tz=UTC).date().isoformat()
        if await self._database.read(lambda tx: instance.recall(tx, _DONE)) == day:
            return
        for _ in range(self._batches):
            if await self._database.write(partial(self._prune, before=now - KEPT)) < self._batch:
                await self._database.write(lambda tx: instance.remember(tx, _DONE, day))
                return

    async def _prune(self, tx: Transaction, before: Millis) -> int:
        gone = await self._trail.prune(tx, before=before, limit=self._batch)
        if gone:
            await self._trail.write(tx, "audit.pruned", f"{gone} lines", target="audit")
        return gone


def pruning_task(ctx: Context) -> BackgroundTask:
    """The background task that lets old lines go in time; `divisor` shortens the pauses."""
    pruning = AuditPruner(database=ctx.database, trail=ctx.trail, clock=ctx.clock)
    run = periodic(_SECONDS / ctx.divisor, pruning.look, passing=(DatabaseUnreachable,))
    return BackgroundTask("audit", run, _LIMIT)
