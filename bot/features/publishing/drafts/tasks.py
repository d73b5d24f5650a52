"""Ends a draft by itself: a week without a step, or its member leaves."""

from collections.abc import Sequence

from bot.engine.supervision import BackgroundTask, periodic
from bot.features.people.offboarding.parts import TeamDeparture
from bot.features.publishing.drafts.store import KEPT
from bot.model.language import tr
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.errors import DatabaseUnreachable
from storage.publishing import compositions

_SECONDS = 600.0
_LIMIT = 1800.0


class DraftDepartureService:
    """Nobody else has read it as their own words."""

    async def end(self, tx: Transaction, parting: TeamDeparture) -> Sequence[str]:
        """Remove it; a line for the person who gave the word."""
        gone = await compositions.remove_of(tx, parting.creator, parting.member.user)
        return [tr("A mass message draft of theirs was discarded.")] if gone else []


class DraftExpiryTask:
    """Deletes those with which nobody has gone on for a week."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def look(self) -> None:
        before = self._clock.now() - KEPT
        if await self._database.read(lambda tx: compositions.changed_before(tx, before)):
            await self._database.write(lambda tx: compositions.forget(tx, before=before))

    def task(self, *, divisor: float) -> BackgroundTask:
        """The background task that lets them go; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.look, passing=(DatabaseUnreachable,))
        return BackgroundTask("compositions", run, _LIMIT)
