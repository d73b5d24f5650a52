"""Writes down who tried what they may not, about whom: once, however often."""

from bot.access.permits import Actor
from bot.access.policy import Action
from bot.engine.audit_log import AuditLog
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.people import creators
from storage.records import CreatorId, DiscordId, Millis

_QUIET: Millis = 600_000  # a second try of the same within this time says nothing new
_KNOWN = 1_000  # tries that are remembered: whoever makes more of them fills no disk with it either

Try = tuple[DiscordId, Action, CreatorId]


class DenialRecorder:
    """One line in the audit for each try that was about a creator who exists."""

    def __init__(self, *, database: Database, trail: AuditLog, clock: Clock) -> None:
        self._database = database
        self._trail = trail
        self._clock = clock
        self._newest: dict[Try, Millis] = {}

    async def note(self, actor: Actor, action: Action, creator: CreatorId) -> None:
        """Somebody was told that there is nothing here."""
        attempt = (actor.user, action, creator)
        now = self._clock.now()
        if now - self._newest.get(attempt, -_QUIET) < _QUIET:
            return
        self._remember(attempt, now)

        async def work(tx: Transaction) -> None:
            if await creators.get(tx, creator) is not None:
                await self._trail.write(tx, action, "denied", actor=actor.user, creator=creator)

        await self._database.write(work)

    def _remember(self, attempt: Try, now: Millis) -> None:
        self._newest.pop(attempt, None)
        self._newest[attempt] = now
        while len(self._newest) > _KNOWN:
            del self._newest[next(iter(self._newest))]
