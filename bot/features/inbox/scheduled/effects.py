"""At its time a scheduled reply is looked at once more, and leaves or waits."""

from typing import Protocol

from bot.access.permits import Actor, authorize
from bot.access.policy import Action
from bot.access.roles import Permission
from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, fan_of
from bot.features.inbox.checks.gate import ReplyCheckGate
from bot.features.inbox.checks.model import CheckPass, DraftedReply
from bot.features.inbox.checks.pending_replies import PendingReplies, PendingReply
from bot.features.inbox.scheduled import texts
from bot.features.inbox.scheduled.approved_release import ApprovedReplyRelease, approval_of
from bot.model.discord_ports import MembershipPort
from bot.model.errors import DeliveryFailed, SealDamaged, TargetGone, TextErased, TryLater
from bot.relay import scheduled_replies
from bot.relay.context import Context
from bot.relay.replies import ReplyService
from bot.relay.send_effects import outgoing
from bot.relay.unheard_messages import UnheardMessages, not_read
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.records import Command, CommandId, DiscordId, Effect, EffectState, Millis


class ChannelPort(Protocol):
    """Asks Discord about a channel."""

    async def is_there(self, channel: DiscordId) -> bool:
        """Whether it has not been deleted."""


class ScheduledReplyHandler(EffectHandler):
    """It sends nothing itself: what leaves is a reply like any other. Repeating it asks once more.

    Where it does not leave, its target counts as gone, not as refused: nothing is wrong with Fanvue.
    """

    on_server = False

    def __init__(
        self,
        ctx: Context,
        *,
        checks: ReplyCheckGate,
        kept: PendingReplies,
        replies: ReplyService,
        unheard: UnheardMessages,
        members: MembershipPort,
        channels: ChannelPort,
    ) -> None:
        self._ctx = ctx
        self._checks = checks
        self._kept = kept
        self._replies = replies
        self._unheard = unheard
        self._members = members
        self._channels = channels
        self._approved = ApprovedReplyRelease(ctx, checks=checks, kept=kept, replies=replies)

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Ask Discord for its author's roles and its thread, and Fanvue for what the fan wrote.

        The commit that ends this decides all else.
        """
        command, kept = await self._ctx.database.read(lambda tx: self._known(tx, effect))
        if command is None or kept is None or kept.draft.state != "open":
            return Moot(texts.CLOSED)
        if self._ctx.clock.now() > body["at"] + self._ctx.waits.stale:
            raise TargetGone(texts.TOO_LATE)
        roles = await self._members.roles(command.guild, command.actor)
        if roles is None:
            raise TargetGone(texts.NOT_ON_SERVER)
        if not await self._channels.is_there(command.channel):  # with it the line went that could cancel it
            raise TargetGone(texts.NO_THREAD)
        author = Actor(command.actor, command.guild, frozenset(roles))
        approval = approval_of(body)
        lead = await self._lead(command, approval.lead) if approval is not None else None
        stays = await self._stays(effect, body["at"])

        async def then(tx: Transaction) -> None:
            now, still = await self._known(tx, effect)
            if now is None or still is None or still.draft.state != "open":
                return
            if stays is not None:
                raise TargetGone(stays)
            if approval is not None and lead is not None:
                await self._approved.release(tx, effect, now, still, author, lead, approval)
            else:
                await self._release(tx, effect, now, still, author)

        return Done(then=then)

    async def settled(self, tx: Transaction, effect: Effect, state: EffectState) -> None:
        """Where it did not leave its line says why, and its author may still do something about it."""
        if state not in (EffectState.REJECTED, EffectState.CANCELLED):
            return
        command, kept = await self._known(tx, effect)
        waits = kept is not None and kept.draft.state == "open" and state is EffectState.REJECTED
        by = command.actor if command is not None and waits else None
        now = await scheduled_replies.again(tx, effect)
        words = texts.not_sent(now.reason, by)
        ref = kept.draft.id if kept is not None and waits else None
        part = f"{state}:{effect.attempts}"
        await scheduled_replies.say(tx, self._ctx.effects, effect, words, part=part, ref=ref)

    async def _lead(self, command: Command, lead: DiscordId) -> Actor:
        roles = await self._members.roles(command.guild, lead)
        if roles is None:
            raise TargetGone(texts.LEAD_NOT_HERE)
        return Actor(lead, command.guild, frozenset(roles))

    async def _stays(self, effect: Effect, at: Millis) -> str | None:
        """Why only a press sends it; None: nobody wrote what the database does not know."""
        try:
            new = await self._unheard.any(effect.creator, fan_of(effect), since=effect.created_at)
        except DeliveryFailed as failed:
            left = at + self._ctx.waits.fetch - self._ctx.clock.now()
            if isinstance(failed, TryLater) and not failed.paused and left > (failed.after or 0) * 1000:
                raise
            return not_read(failed)
        return texts.WROTE if new else None

    async def _known(self, tx: Transaction, effect: Effect) -> tuple[Command | None, PendingReply | None]:
        command = await command_rows.get(tx, CommandId(effect.cause))
        return command, await self._kept.newest(tx, command) if command is not None else None

    async def _release(
        self, tx: Transaction, effect: Effect, command: Command, kept: PendingReply, author: Actor
    ) -> None:
        """Raises TargetGone, with the reason, where it does not leave."""
        try:
            wished = self._ctx.commands.body(command)
        except (TextErased, SealDamaged) as lost:
            raise TargetGone(texts.NOT_KEPT) from lost
        if "text" not in wished:
            raise TargetGone(texts.NOT_KEPT)
        permit = await authorize(tx, author, Action.REPLY, effect.creator)
        standing = permit.standing if permit is not None else None
        if standing is None or Permission.REPLY not in standing.permissions:
            raise TargetGone(texts.NO_RIGHT)
        message = outgoing(wished)
        if message.price and await authorize(tx, author, Action.PRICE, effect.creator) is None:
            raise TargetGone(texts.NO_PRICE)
        reply = DraftedReply(
            command=command.id,
            creator=effect.creator,
            fan=fan_of(effect),
            actor=command.actor,
            message=message,
            seen=kept.back.seen,
            written_at=self._ctx.clock.now(),
            role=standing.role.value,
        )
        for found in (await self._checks.hear(tx, reply)).values():
            if not isinstance(found, CheckPass):
                raise TargetGone(texts.why(found))
        await self._leave(tx, command, kept)

    async def _leave(self, tx: Transaction, command: Command, kept: PendingReply) -> None:
        try:
            await self._replies.leave(tx, command, at_once=True)
        except ReplyRefused as refused:
            raise TargetGone(refused.sentence) from refused
        if not await self._kept.settle(tx, kept.draft, "sent", command.actor):
            raise TargetGone(texts.CLOSED)
