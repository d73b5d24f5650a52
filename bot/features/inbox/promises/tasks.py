"""Looks for due promises, and has those who owe them reminded, once each."""

from dataclasses import replace

from bot.engine.outbox import EffectRequest
from bot.engine.streams import pings_stream
from bot.engine.supervision import BackgroundTask, periodic
from bot.relay.context import Context
from bot.relay.pings import quiet_now
from storage.database import Transaction
from storage.errors import DatabaseUnreachable
from storage.inbox import promises
from storage.inbox.promises import REMIND, Promise
from storage.records import CreatorId, DiscordId, Millis

KEPT: Millis = 14 * 86_400_000  # how long what was settled can still be read
_SECONDS = 15.0
_LIMIT = 120.0
_MOST = 500  # of one creator in one look


class PromiseReminderTask:
    """Promises due in quiet hours, or while the bridge is down, are reminded of afterwards."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def look(self) -> None:
        """Want a reminder of everything that is due, and forget what was settled long ago."""
        now = self._ctx.clock.now()
        for creator in await self._ctx.database.read(lambda tx: promises.creators_due(tx, now=now)):
            await self._look_at(creator, now)
        if await self._ctx.database.read(lambda tx: promises.settled_before(tx, now - KEPT)):
            await self._ctx.database.write(lambda tx: promises.forget_settled(tx, before=now - KEPT))

    def task(self, *, divisor: float) -> BackgroundTask:
        """The background task that reminds people; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.look, passing=(DatabaseUnreachable,))
        return BackgroundTask("promises", run, _LIMIT)

    async def _look_at(self, creator: CreatorId, now: Millis) -> None:
        """Of several that are found due together, each is shown, and each person is notified of the first."""

        async def work(tx: Transaction) -> None:
            told: set[DiscordId | None] = set()
            for promise in await promises.due(tx, creator, now=now, limit=_MOST):
                await self._want(tx, promise, silent=promise.owed_by in told)
                told.add(promise.owed_by)

        if not await self._ctx.database.read(lambda tx: quiet_now(tx, creator, now)):
            await self._ctx.database.write(work)

    async def _want(self, tx: Transaction, promise: Promise, *, silent: bool) -> None:
        cause, part = f"promise:{promise.id}:{promise.version}", "remind"
        wanted = EffectRequest(
            network="discord",
            kind=REMIND,
            stream=pings_stream(promise.creator, promise.fan),
            creator=promise.creator,
            fan=promise.fan,
            cause=cause,
            part=part,
            body={"promise": promise.id, "silent": silent},
            since=promise.due,
        )
        await self._ctx.effects.add(tx, wanted)
        await promises.change(tx, replace(promise, reminder=self._ctx.effects.ids.effect(cause, part)))
