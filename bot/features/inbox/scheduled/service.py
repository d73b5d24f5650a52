"""/inbox scheduled: what waits for its time; changed or cancelled there."""

from collections.abc import Mapping, Sequence

from bot.features.inbox.checks.pending_replies import PendingReplies
from bot.features.inbox.scheduled import texts
from bot.features.inbox.scheduled.texts import ScheduledReply
from bot.model.errors import SealDamaged, TextErased
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.impostors import label_of
from bot.relay.scheduled_replies import KIND
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import outbox
from storage.inbox import fans, scheduled_replies
from storage.records import Command, CommandId, CreatorId, DiscordId, Effect, EffectId, EffectState

_SHOWN = 10


class ScheduledReplyService:
    """Who may look and cancel is the caller's to check; `leads` says for whom all are shown."""

    def __init__(self, ctx: Context, *, kept: PendingReplies) -> None:
        self._ctx = ctx
        self._kept = kept

    async def listed(self, leads: Mapping[CreatorId, bool], actor: DiscordId, guild: DiscordId) -> Post:
        """One's own of these creators, and where one leads everybody's, the soonest first."""
        found = await self._all(leads, actor, guild)
        return texts.listed(found[:_SHOWN], max(0, len(found) - _SHOWN))

    async def upcoming(
        self, leads: Mapping[CreatorId, bool], actor: DiscordId, guild: DiscordId
    ) -> Sequence[ScheduledReply]:
        """Those of them that still are sent by themselves."""
        return [one for one in await self._all(leads, actor, guild) if one.why is None]

    async def _all(
        self, leads: Mapping[CreatorId, bool], actor: DiscordId, guild: DiscordId
    ) -> Sequence[ScheduledReply]:
        async def work(tx: Transaction) -> list[ScheduledReply]:
            found = [
                await self._one(tx, effect, actor, guild, leads=leading)
                for creator, leading in leads.items()
                for effect in await scheduled_replies.of_creator(tx, creator)
            ]
            return sorted((one for one in found if one is not None), key=lambda one: one.at)

        return await self._ctx.database.read(work)

    async def cancel(self, ref: EffectId, actor: DiscordId, *, leads: bool) -> str:
        """Cancel one: its author, or a lead."""

        async def work(tx: Transaction) -> str:
            effect = await outbox.get(tx, ref)
            command = await command_rows.get(tx, CommandId(effect.cause)) if effect is not None else None
            if effect is None or effect.kind != KIND or command is None:
                return tr(texts.NOT_YOURS)
            if command.actor != actor and not leads:
                return tr(texts.NOT_YOURS)
            kept = await self._kept.newest(tx, command)
            if kept is None or not await self._kept.settle(tx, kept.draft, "discarded", actor):
                return tr(texts.SETTLED)
            await self._ctx.effects.trail.write(
                tx,
                "reply.discard",
                "done",
                actor=actor,
                creator=effect.creator,
                fan=effect.fan,
                cause=command.id,
            )
            return tr(texts.CANCELLED)

        return await self._ctx.database.write(work)

    async def _one(
        self, tx: Transaction, effect: Effect, reader: DiscordId, guild: DiscordId, *, leads: bool
    ) -> ScheduledReply | None:
        command = await command_rows.get(tx, CommandId(effect.cause))
        if command is None or command.guild != guild or not (leads or reader == command.actor):
            return None
        try:
            body = self._ctx.effects.body(effect)
        except (TextErased, SealDamaged):
            return None
        fan = await fans.get(tx, effect.creator, effect.fan) if effect.fan is not None else None
        line = await outbox.by_cause(tx, effect.id, "show")
        place = line.external_id if line is not None else None
        rejected = effect.state is EffectState.REJECTED
        return ScheduledReply(
            ref=effect.id,
            fan=await label_of(tx, fan) if fan is not None else tr("A fan"),
            by=command.actor,
            at=body["at"],
            place=_link(guild, place),
            why=effect.reason if rejected else None,
            change=await self._kept_of(tx, command) if reader == command.actor else None,
        )

    async def _kept_of(self, tx: Transaction, command: Command) -> str | None:
        kept = await self._kept.newest(tx, command)
        return kept.draft.id if kept is not None and kept.draft.state == "open" else None


def _link(guild: DiscordId, place: str | None) -> str | None:
    if place is None:
        return None
    channel, message = place.split(":")
    return f"https://discord.com/channels/{guild}/{channel}/{message}"
