"""Asks for a ping when a fan writes, and has it taken away with the answer."""

from bot.engine.outbox import EffectRequest, Effects
from bot.engine.streams import message_pings_stream
from bot.features.inbox.conversations.changes import ConversationChanged
from bot.features.inbox.pings.rules import APART, is_worth_a_ping
from bot.model.ports import Clock
from bot.relay.pings import taken_away
from storage.database import Transaction
from storage.inbox import pings, timers
from storage.inbox.conversations import Conversation
from storage.inbox.pings import MESSAGE_PING
from storage.records import Millis


class MessagePingScheduler:
    """Hears of every conversation that changes, as part of the transaction that changes it."""

    def __init__(self, *, effects: Effects, clock: Clock) -> None:
        self._effects = effects
        self._clock = clock

    async def changed(self, tx: Transaction, change: ConversationChanged) -> None:
        """Want a ping for a message that waits; take pings away once nothing waits in sight."""
        before, after, now = change.before, change.after, self._clock.now()
        waited = before is not None and before.waiting_since is not None
        if waited and (after.waiting_since is None or after.snoozed(now)):
            await self._take_away(tx, after)
        at, earlier = after.last_in, before.last_in if before is not None else None
        if at is None or (earlier is not None and at <= earlier) or not is_worth_a_ping(after, at, now):
            return
        if await pings.of_creator(tx, after.creator) and not await self._had_one(tx, after, now):
            await self._take_away(tx, after)
            await self._want(tx, after, at, begins=not waited)

    async def _had_one(self, tx: Transaction, talk: Conversation, now: Millis) -> bool:
        last = await pings.last(tx, talk.creator, talk.fan)
        return last is not None and now - last < APART

    async def _want(self, tx: Transaction, talk: Conversation, at: Millis, *, begins: bool) -> None:
        wanted = EffectRequest(
            network="discord",
            kind=MESSAGE_PING,
            stream=message_pings_stream(talk.creator, talk.fan),
            creator=talk.creator,
            fan=talk.fan,
            cause=f"message-ping:{talk.creator}:{talk.fan}:{talk.last_in_message or at}",
            part="ping",
            body={"at": at, "begins": begins},
            since=at,
        )
        await self._effects.add(tx, wanted)

    async def _take_away(self, tx: Transaction, talk: Conversation) -> None:
        stream = message_pings_stream(talk.creator, talk.fan)
        for standing in await timers.standing(tx, talk.creator, talk.fan, MESSAGE_PING):
            await self._effects.add(tx, taken_away(talk.creator, talk.fan, standing.effect, stream))
