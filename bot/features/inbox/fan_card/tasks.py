"""Has cards shown when something of their fan begins or ends to wait for a person."""

from bot.engine.supervision import BackgroundTask, periodic
from bot.features.inbox.fan_card.scheduling import FanCardScheduler
from bot.features.inbox.fan_card.tag_rules import ATTENTION
from storage.database import Database, Transaction
from storage.errors import DatabaseUnreachable
from storage.inbox import cards
from storage.records import CreatorId, FanId

Fans = frozenset[tuple[CreatorId, FanId]]

_SECONDS = 5.0  # between two looks
_LIMIT = 60.0


class FanCardTroubleTask:
    """Looks at what waits for a person: as it begins and ends in many places, nobody tells of it."""

    def __init__(self, *, database: Database, wanting: FanCardScheduler) -> None:
        self._database = database
        self._wanting = wanting
        self._known: Fans | None = None

    async def look(self) -> None:
        """Have every card shown for which that differs from the last look.

        The first one after a start compares with the existing tags: ends meanwhile are noticed.
        """
        now, before = await self._database.read(cards.troubled), self._known
        if before is None:
            before = frozenset(await self._database.read(lambda tx: cards.tagged(tx, ATTENTION)))
        changed = sorted(now ^ before)

        async def work(tx: Transaction) -> None:
            for creator, fan in changed:
                await self._wanting.want(tx, creator, fan)

        if changed:
            await self._database.write(work)
        self._known = now

    def task(self, *, divisor: float) -> BackgroundTask:
        """The background task that looks; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.look, passing=(DatabaseUnreachable,))
        return BackgroundTask("cards", run, _LIMIT)
