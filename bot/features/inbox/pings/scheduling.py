"""Asks for a ping when a fan writes, and offers pings to new members."""

from collections.abc import Mapping
from typing import Any

from bot.access.roles import Permission, RoleGrant
from bot.engine.outbox import EffectRequest
from bot.engine.streams import message_pings_stream, ping_offers_stream
from bot.features.inbox.conversations.changes import ConversationChanged
from bot.features.inbox.pings.rules import APART, is_worth_a_ping
from bot.relay.context import Context
from bot.relay.pings import taken_away
from storage.database import Transaction
from storage.inbox import pings, routing_offers, timers
from storage.inbox.conversations import Conversation
from storage.inbox.pings import MESSAGE_PING, PING_OFFER
from storage.records import CreatorId, DiscordId, Millis


class MessagePingScheduler:
    """Hears of every conversation that changes, as part of the transaction that changes it."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def changed(self, tx: Transaction, change: ConversationChanged) -> None:
        """Want a ping for a message that waits; take pings away once nothing waits in sight."""
        before, after, now = change.before, change.after, self._ctx.clock.now()
        waited = before is not None and before.waiting_since is not None
        if waited and (after.waiting_since is None or after.snoozed(now)):
            await self._take_away(tx, after)
        at, earlier = after.last_in, before.last_in if before is not None else None
        if at is None or (earlier is not None and at <= earlier) or not is_worth_a_ping(after, at, now):
            return
        offer = await routing_offers.get(tx, after.creator, after.fan)
        if offer is not None and offer.member is None:
            return  # whose phone rings first is being chosen, and the ping comes with that
        if await pings.of_creator(tx, after.creator) and not await self._had_one(tx, after, now):
            await self._take_away(tx, after)
            await self._want(tx, after, at, {"at": at, "begins": not waited})

    async def routed(
        self, tx: Transaction, talk: Conversation, *, part: str, without: DiscordId | None = None
    ) -> None:
        """Want the ping about a fan who waits for somebody, now that it is known whom that concerns first.

        `part`: which step; `without`: who was pinged in an earlier one. A later claim may end, too, and the
        same steps come again about the same message.
        """
        at = talk.last_in
        if at is None or not await pings.of_creator(tx, talk.creator):
            return
        await self._take_away(tx, talk)
        body = {"at": at, "begins": True, "fresh": self._ctx.clock.now(), "without": without}
        await self._want(tx, talk, at, body, part=f"{part}:{talk.version}")

    async def granted(self, tx: Transaction, creator: CreatorId, grant: RoleGrant) -> None:
        """Offer pings, once, to a member or role that may answer this creator's fans."""
        if Permission.DRAFT not in grant.permissions:
            return
        wanted = EffectRequest(
            network="discord",
            kind=PING_OFFER,
            stream=ping_offers_stream(creator),
            creator=creator,
            cause=f"ping-offer:{creator}:{grant.kind}:{grant.subject}",
            part="offer",
            body={"kind": grant.kind, "subject": grant.subject},
        )
        await self._ctx.effects.add(tx, wanted)

    async def _had_one(self, tx: Transaction, talk: Conversation, now: Millis) -> bool:
        last = await pings.last(tx, talk.creator, talk.fan)
        return last is not None and now - last < APART

    async def _want(
        self, tx: Transaction, talk: Conversation, at: Millis, body: Mapping[str, Any], part: str = "ping"
    ) -> None:
        wanted = EffectRequest(
            network="discord",
            kind=MESSAGE_PING,
            stream=message_pings_stream(talk.creator, talk.fan),
            creator=talk.creator,
            fan=talk.fan,
            cause=f"message-ping:{talk.creator}:{talk.fan}:{talk.last_in_message or at}",
            part=part,
            body=body,
            since=at,
        )
        await self._ctx.effects.add(tx, wanted)

    async def _take_away(self, tx: Transaction, talk: Conversation) -> None:
        stream = message_pings_stream(talk.creator, talk.fan)
        for standing in await timers.standing(tx, talk.creator, talk.fan, MESSAGE_PING):
            await self._ctx.effects.add(tx, taken_away(talk.creator, talk.fan, standing.effect, stream))
