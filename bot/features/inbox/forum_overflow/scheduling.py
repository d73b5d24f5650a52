"""Looks which forums are full, and wants another one beside each, once."""

from bot.engine.outbox import EffectRequest
from bot.engine.streams import forum_stream
from bot.engine.supervision import BackgroundTask, periodic
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import outbox
from storage.errors import DatabaseUnreachable
from storage.inbox import forums, overflow
from storage.inbox.overflow import MORE
from storage.records import DiscordId, Millis

_SECONDS = 60.0
_LIMIT = 240.0
_WEEK: Millis = 7 * 86_400_000


class ForumOverflowScheduler:
    """A full forum still takes fans until there is another one: nobody waits for it."""

    def __init__(self, ctx: Context, *, most: int) -> None:
        """`most`: how many fans one forum holds."""
        self._ctx = ctx
        self._most = most

    async def look(self) -> None:
        """Want one for each creator whose newest forum is full."""
        for forum in await self._ctx.database.read(lambda tx: overflow.full(tx, most=self._most)):
            await self._ctx.database.write(lambda tx, forum=forum: self._want(tx, forum))  # type: ignore[misc]

    def task(self, *, divisor: float) -> BackgroundTask:
        """The background task that has another forum made; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.look, passing=(DatabaseUnreachable,))
        return BackgroundTask("overflow", run, _LIMIT)

    async def _want(self, tx: Transaction, forum: DiscordId) -> None:
        full = await forums.get(tx, forum)
        if full is None or full.creator is None:
            return
        stream = forum_stream(full.creator)
        if await outbox.awaited(tx, stream):
            return
        cause = f"forum:{full.id}"
        wanted = EffectRequest(
            network="discord",
            kind=MORE,
            stream=stream,
            creator=full.creator,
            cause=cause,
            part=f"more:{await overflow.ended_before(tx, cause)}",
            body={"forum": full.id},
            since=self._ctx.clock.now() - _WEEK,  # a restored database may have forgotten one
        )
        await self._ctx.effects.add(tx, wanted)
