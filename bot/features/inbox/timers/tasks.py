"""Looks who has waited too long, and takes pings away whose wait is over."""

from bot.engine.outbox import EffectRequest
from bot.engine.streams import pings_stream
from bot.engine.supervision import BackgroundTask, periodic
from bot.features.inbox.conversations.changes import ConversationChanged
from bot.features.inbox.timers.recipients import PingStep, called
from bot.relay.context import Context
from bot.relay.pings import quiet_now, taken_away
from storage.database import Transaction
from storage.errors import DatabaseUnreachable
from storage.inbox import conversations, routing_offers, timers
from storage.inbox.conversations import Conversation
from storage.inbox.timers import PING, TimerSettings
from storage.records import Millis

_SECONDS = 15.0
_LIMIT = 120.0
_MOST = 500  # fans of one creator that are looked at; the longest wait first


class TimerPingTask:
    """Nobody is pinged for a creator who has no timers."""

    def __init__(self, ctx: Context, *, minute: Millis) -> None:
        """`minute`: how long a minute of the timers is."""
        self._ctx = ctx
        self._minute = minute

    async def changed(self, tx: Transaction, change: ConversationChanged) -> None:
        """Part of the transaction that changed a talk: who is answered, or out of sight, needs no ping."""
        before, after = change.before, change.after
        if before is None or before.waiting_since is None:
            return
        since = after.waiting_since
        if since is None or since > before.waiting_since or after.snoozed(self._ctx.clock.now()):
            for ping in await timers.standing(tx, change.creator, change.fan):
                await self._ctx.effects.add(tx, taken_away(change.creator, change.fan, ping.effect))

    async def look(self) -> None:
        """Want every ping that is due: one for each fan at a time."""
        for held in await self._ctx.database.read(timers.running):
            await self._look_at(held)

    def task(self, *, divisor: float) -> BackgroundTask:
        """The background task that pings; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.look, passing=(DatabaseUnreachable,))
        return BackgroundTask("timers", run, _LIMIT)

    async def _look_at(self, held: TimerSettings) -> None:
        now = self._ctx.clock.now()

        async def due(tx: Transaction) -> list[Conversation]:
            if await quiet_now(tx, held.creator, now):
                return []
            waiting = await conversations.list_waiting(tx, held.creator, now=now, limit=_MOST)
            return [talk for talk in waiting if await self._next(tx, held, talk, now) is not None]

        for talk in await self._ctx.database.read(due):
            await self._ctx.database.write(lambda tx, talk=talk: self._want(tx, held, talk))  # type: ignore[misc]

    async def _want(self, tx: Transaction, held: TimerSettings, seen: Conversation) -> None:
        talk, now = await conversations.known(tx, seen.creator, seen.fan), self._ctx.clock.now()
        if talk.waiting_since is None or talk.snoozed(now):
            return
        step = await self._next(tx, held, talk, now)
        if step is None:
            return
        number = await timers.ever(tx, talk.creator, talk.fan)
        wanted = EffectRequest(
            network="discord",
            kind=PING,
            stream=pings_stream(talk.creator, talk.fan),
            creator=talk.creator,
            fan=talk.fan,
            cause=f"ping:{talk.creator}:{talk.fan}:{talk.waiting_since}:{number}",
            part=step,
            body={"since": talk.waiting_since},
            since=talk.waiting_since,
        )
        await self._ctx.effects.add(tx, wanted)

    async def _next(
        self, tx: Transaction, held: TimerSettings, talk: Conversation, now: Millis
    ) -> PingStep | None:
        """The step that is due: the first that calls somebody, behind those taken."""
        if talk.waiting_since is None or now < talk.waiting_since + held.first * self._minute:
            return None
        if await routing_offers.get(tx, talk.creator, talk.fan) is not None:
            return None  # somebody is offered the fan first, and the team is called after that
        taken, behind = await timers.standing(tx, talk.creator, talk.fan), -1
        if taken:
            if held.second is None or now < max(one.at for one in taken) + held.second * self._minute:
                return None
            behind = max(list(PingStep).index(PingStep(one.step)) for one in taken)
        for step in list(PingStep)[behind + 1 :]:
            if await called(tx, talk.creator, talk.fan, step, now=now):
                return step
        return None
