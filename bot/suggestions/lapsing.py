"""What nobody decided in time lapses: its line says so, and its writer is told."""

from bot.relay.lapsing import end_all
from bot.relay.ports import Clock
from bot.suggestions.telling import Telling
from bot.supervision import Duty, periodic
from storage import drafts, suggestions
from storage.database import Database, Transaction
from storage.errors import DatabaseUnreachable
from storage.records import Millis

HOW = "expired"  # the word of its end
_SECONDS = 30.0
_LIMIT = 120.0
_BATCH = 50
_NEWS: Millis = 7 * 86_400_000  # of what lapsed longer ago only the line says so: it is no news any more


class Lapsing:
    """All that it knows is in the database. A press that comes first ends it just so."""

    def __init__(self, *, database: Database, telling: Telling, clock: Clock) -> None:
        self._database = database
        self._telling = telling
        self._clock = clock

    async def look(self) -> None:
        """One look; what is over ends in one transaction with what is said of it."""
        now = self._clock.now()
        await end_all(
            self._database,
            lambda tx: suggestions.overdue(tx, now=now, limit=1),
            self._some,
            batch=_BATCH,
        )

    def duty(self, *, divisor: float) -> Duty:
        """What must run for them to lapse; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.look, passing=(DatabaseUnreachable,))
        return Duty("suggestions", run, _LIMIT)

    async def _some(self, tx: Transaction) -> int:
        now = self._clock.now()
        found = await suggestions.overdue(tx, now=now, limit=_BATCH)
        for one in found:
            draft = await drafts.get(tx, one.draft)
            assert draft is not None, "it was just found by it"
            await drafts.settle(tx, draft.id, version=draft.version, state=HOW, by=None, now=now)
            news = now - (draft.expires_at or now) < _NEWS
            await self._telling.became(tx, one, HOW, notice=news)
        return len(found)
