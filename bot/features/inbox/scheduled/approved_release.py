"""A scheduled reply that a lead approved: looked at with their eyes at its time."""

from collections.abc import Mapping
from typing import Any

from bot.access.permits import Actor, Permit, authorize
from bot.access.policy import Action
from bot.engine.effect_handler import fan_of
from bot.features.inbox.checks.gate import ReplyCheckGate
from bot.features.inbox.checks.model import CheckPass, CheckRefusal, DraftedReply
from bot.features.inbox.checks.pending_replies import PendingReplies, PendingReply
from bot.features.inbox.scheduled import texts
from bot.model.errors import SealDamaged, TargetGone, TextErased
from bot.model.ports import MessageToFan
from bot.relay.context import Context
from bot.relay.replies import ReplyService
from bot.relay.reply_gate import EditedReply, LeadApproval
from bot.relay.send_effects import outgoing
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.records import Command, CommandId, DiscordId, Effect


def approval_of(body: Mapping[str, Any]) -> LeadApproval | None:
    """The yes that a timer carries; None: it needed none."""
    found = body.get("approved")
    if found is None:
        return None
    instead = found["instead"]
    return LeadApproval(DiscordId(found["lead"]), found["asked"], CommandId(instead) if instead else None)


class ApprovedReplyRelease:
    """Part of the commit that ends the timer. The yes covers what its lead was shown, and nothing newer.

    Raises TargetGone, with the reason, where it does not leave: then its author decides.
    """

    def __init__(
        self, ctx: Context, *, checks: ReplyCheckGate, kept: PendingReplies, replies: ReplyService
    ) -> None:
        self._ctx = ctx
        self._checks = checks
        self._kept = kept
        self._replies = replies

    async def release(
        self,
        tx: Transaction,
        effect: Effect,
        command: Command,
        kept: PendingReply,
        author: Actor,
        lead: Actor,
        approval: LeadApproval,
    ) -> None:
        """Let it go out as that lead approved it, if both may still do what they did."""
        if await authorize(tx, author, Action.REPLY, effect.creator) is None:
            raise TargetGone(texts.NO_RIGHT)
        permit = await authorize(tx, lead, Action.REVIEW, effect.creator)
        if permit is None or permit.standing is None:
            raise TargetGone(texts.LEAD_MAY_NOT)
        original = self._message(command)
        written = await command_rows.get(tx, approval.instead) if approval.instead is not None else None
        message = original if approval.instead is None else self._message(written)
        if message.price:
            # An author answers for their own price alone.
            theirs = author if message.price == original.price else lead
            if await authorize(tx, theirs, Action.PRICE, effect.creator) is None:
                raise TargetGone(texts.NO_PRICE)
        await self._hear(tx, effect, command, kept, permit, approval, message)
        edited = EditedReply(message, written.actor, written.actor_name) if written is not None else None
        await self._leave(tx, command, kept, edited)

    async def _hear(
        self,
        tx: Transaction,
        effect: Effect,
        command: Command,
        kept: PendingReply,
        permit: Permit,
        approval: LeadApproval,
        message: MessageToFan,
    ) -> None:
        assert permit.standing is not None, "the caller asked"
        reply = DraftedReply(
            command=command.id,
            creator=effect.creator,
            fan=fan_of(effect),
            actor=approval.lead,
            message=message,
            seen=kept.back.seen,
            written_at=self._ctx.clock.now(),
            author=command.actor,
            role=permit.standing.role.value,
            confirmed=approval.asked,
        )
        for name, found in (await self._checks.hear(tx, reply)).items():
            if isinstance(found, CheckPass):
                continue
            if isinstance(found, CheckRefusal) or approval.asked.get(name) != found.mark:
                raise TargetGone(texts.why(found))

    async def _leave(
        self, tx: Transaction, command: Command, kept: PendingReply, edited: EditedReply | None
    ) -> None:
        try:
            await self._replies.approved(tx, command, edited)
        except ReplyRefused as refused:
            raise TargetGone(refused.sentence) from refused
        if not await self._kept.settle(tx, kept.draft, "sent", command.actor):
            raise TargetGone(texts.CLOSED)

    def _message(self, command: Command | None) -> MessageToFan:
        try:
            body = self._ctx.commands.body(command) if command is not None else {}
        except (TextErased, SealDamaged) as lost:
            raise TargetGone(texts.NOT_KEPT) from lost
        if "text" not in body:
            raise TargetGone(texts.NOT_KEPT)
        return outgoing(body)
