"""Approve, Edit, Return, Take back: one decision for each held reply."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.access.permits import Permit, authorize
from bot.access.policy import Action
from bot.engine.commands import CommandWish
from bot.engine.sending_pauses import must_not_be_paused
from bot.features.inbox.approvals import texts
from bot.features.inbox.approvals.case_service import ApprovalCase, ApprovalCaseService, ApprovalView
from bot.features.inbox.approvals.list_service import ApprovalListService, ApprovalPage, page_of
from bot.features.inbox.checks import texts as keeping_words
from bot.features.inbox.checks.pending_replies import PendingReplies, is_over
from bot.model.language import tr
from bot.model.ports import MessageToFan
from bot.relay.context import Context
from bot.relay.replies import ReplyService
from bot.relay.reply_gate import EditedReply, LeadApproval
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.inbox import held_replies
from storage.records import Command, CommandId, DiscordId, DraftId


@dataclass(frozen=True)
class _ApprovalPress:
    command: Command
    look: ApprovalView
    case: ApprovalCase
    permit: Permit


Decision = Callable[[Transaction, _ApprovalPress], Awaitable[ApprovalPage]]


class ApprovalDecisionService:
    """Decides for members let in at the door; their right is asked again with the decision."""

    def __init__(
        self,
        ctx: Context,
        *,
        looking: ApprovalCaseService,
        listing: ApprovalListService,
        kept: PendingReplies,
        leave: ReplyService,
    ) -> None:
        self._ctx = ctx
        self._looking = looking
        self._listing = listing
        self._kept = kept
        self._leave = leave

    async def window(self, permit: Permit, ref: DraftId) -> MessageToFan:
        """Return the Edit window's text. Raises ReplyRefused."""

        async def work(tx: Transaction) -> MessageToFan:
            _, case = await self._shown(tx, permit, ref)
            if case.message is None:
                raise ReplyRefused(tr(keeping_words.NOT_KEPT))
            return case.message

        return await self._ctx.database.read(work)

    async def stage(
        self, wish: CommandWish, permit: Permit, ref: DraftId, body: Mapping[str, Any]
    ) -> CommandId | None:
        """Keep a lead's word with what it says, in the fan's thread, where forgetting the fan finds it."""
        _, case = await self._ctx.database.read(lambda tx: self._shown(tx, permit, ref))
        return await self._keep(wish, case.kept.channel, permit, ref, body)

    async def stage_own(self, wish: CommandWish, permit: Permit, ref: DraftId) -> CommandId | None:
        """Keep its writer's wish to have it back."""
        return await self._keep(wish, wish.channel, permit, ref, {})

    async def approve(self, command: CommandId, permit: Permit) -> ApprovalPage:
        """It leaves once, as the lead was shown it, or what is new is shown first."""
        return await self._decided(command, permit, self._approve)

    async def edit(self, command: CommandId, permit: Permit) -> ApprovalPage:
        """Send the lead's text in its place, likewise."""

        async def edited(tx: Transaction, press: _ApprovalPress) -> ApprovalPage:
            case = await self._looking.case(tx, press.case.held, press.case.kept, press.command.id)
            assert case is not None, "it is there"
            return await self._approve(tx, _ApprovalPress(press.command, press.look, case, press.permit))

        return await self._decided(command, permit, edited)

    async def give_back(self, command: CommandId, permit: Permit) -> ApprovalPage:
        """Its writer has it back, with the reason."""
        return await self._decided(command, permit, self._give_back)

    async def take_back(self, command: CommandId, actor: DiscordId) -> ApprovalPage:
        """Its writer does not want it to wait any more; the text stays with them."""
        return await self._ctx.database.write(lambda tx: self._take_back(tx, command, actor))

    # ── one transaction each ──

    async def _decided(self, command: CommandId, permit: Permit, decision: Decision) -> ApprovalPage:
        async def work(tx: Transaction) -> ApprovalPage:
            return await decision(tx, await self._press(tx, command, permit))

        try:
            return await self._ctx.database.write(work)
        except ReplyRefused as refused:
            sentence = refused.sentence
        await self._ctx.commands.cancel(command)
        return await self._ctx.database.write(lambda tx: self._as_it_was(tx, command, permit, sentence))

    async def _press(self, tx: Transaction, command_id: CommandId, permit: Permit) -> _ApprovalPress:
        command = await command_rows.get(tx, command_id)
        if command is None or not await command_rows.accept(tx, command_id):
            raise ReplyRefused(tr(texts.NOT_TAKEN))
        look, case = await self._shown(tx, permit, DraftId(command.target))
        return _ApprovalPress(command, look, case, permit)

    async def _shown(
        self, tx: Transaction, permit: Permit, ref: DraftId
    ) -> tuple[ApprovalView, ApprovalCase]:
        """Return this lead's view, if still theirs to decide. Raises ReplyRefused."""
        look = await self._looking.of(tx, ref, permit.actor)
        held = await held_replies.get(tx, look.kept) if look is not None else None
        kept = await self._kept.get(tx, held.draft) if held is not None else None
        if look is None or held is None or kept is None:
            raise ReplyRefused(tr(texts.NOT_YOURS))
        if await authorize(tx, permit.actor, Action.REVIEW, held.creator) is None:
            raise ReplyRefused(tr(texts.NOT_YOURS))
        if kept.draft.state != "open" or is_over(kept.draft, self._ctx.clock.now()):
            raise ReplyRefused(texts.decided(kept.draft))
        if kept.draft.owner == permit.actor.user:
            raise ReplyRefused(tr(texts.OWN))
        case = await self._looking.case(tx, held, kept, look.instead)
        if case is None:
            raise ReplyRefused(tr(keeping_words.NOT_KEPT))
        return look, case

    async def _approve(self, tx: Transaction, press: _ApprovalPress) -> ApprovalPage:
        case, permit = press.case, press.permit
        lead = permit.actor.user
        heard = await self._looking.hear(tx, case, permit, press.look.asked)
        if not heard.is_clear or case.message is None:
            notice = None if heard.refusals else tr(texts.MORE)
            asked = press.look.asked
            return page_of(await self._looking.card(tx, case, permit, notice=notice, asked=asked))
        await must_not_be_paused(tx, case.held.creator, lead)
        written = await command_rows.get(tx, case.instead) if case.instead is not None else None
        edited = EditedReply(case.message, written.actor, written.actor_name) if written is not None else None
        if written is not None:
            await held_replies.said(tx, case.held.draft, written.id)
        # Before it waits for its time: what is settled after that ends its timer.
        await self._settle(
            tx, press, "approved", "reply.approve" if edited is None else "reply.approve_edited"
        )
        approval = None
        if case.later is not None:
            approval = LeadApproval(lead, press.look.asked, case.instead)
        said = await self._leave.approved(tx, case.original, edited, approval)
        return ApprovalPage(texts.done(tr("Approved. {said}", said=said)))

    async def _give_back(self, tx: Transaction, press: _ApprovalPress) -> ApprovalPage:
        await held_replies.said(tx, press.case.held.draft, press.command.id)
        await self._listing.hand_back(tx, press.case)
        await self._settle(tx, press, "returned", "reply.return")
        return ApprovalPage(
            texts.done(tr("Returned. The author sees your reason in the thread and gets the text back."))
        )

    async def _settle(self, tx: Transaction, press: _ApprovalPress, how: str, action: str) -> None:
        kept, held, by = press.case.kept, press.case.held, press.permit.actor.user
        if not await self._kept.settle(tx, kept.draft, how, by):
            raise ReplyRefused(tr(texts.NOT_TAKEN))
        await self._ctx.trail.write(
            tx,
            action,
            "done",
            target=" ".join(sorted(kept.back.asked)),
            actor=by,
            creator=held.creator,
            fan=held.fan,
            cause=kept.command,
        )

    async def _as_it_was(
        self, tx: Transaction, command_id: CommandId, permit: Permit, sentence: str
    ) -> ApprovalPage:
        """Nothing was decided: the same reply with the reason, or the reason alone."""
        command = await command_rows.get(tx, command_id)
        if command is None:
            return ApprovalPage(texts.done(sentence))
        try:
            _, case = await self._shown(tx, permit, DraftId(command.target))
        except ReplyRefused:
            return ApprovalPage(texts.done(sentence))
        if "text" in self._ctx.commands.body(command):
            case = await self._looking.case(tx, case.held, case.kept, command.id) or case
        return page_of(await self._looking.card(tx, case, permit, notice=f"**{sentence}**"))

    async def _take_back(self, tx: Transaction, command_id: CommandId, actor: DiscordId) -> ApprovalPage:
        command = await command_rows.get(tx, command_id)
        if command is None or not await command_rows.accept(tx, command_id):
            raise ReplyRefused(tr(texts.NOT_TAKEN))
        kept = await self._kept.get(tx, DraftId(command.target))
        held = await held_replies.get(tx, DraftId(command.target))
        case = await self._looking.case(tx, held, kept) if held is not None and kept is not None else None
        if case is None or case.kept.draft.owner != actor:
            raise ReplyRefused(tr(keeping_words.NOT_YOURS))
        if case.kept.draft.state != "open" or case.message is None:
            raise ReplyRefused(keeping_words.settled(case.kept.draft))
        if not await self._kept.settle(tx, case.kept.draft, "withdrawn", actor):
            await self._kept.settle(tx, case.kept.draft, "expired", actor)
        again = await self._listing.hand_back(tx, case)
        held = case.held
        await self._ctx.trail.write(
            tx,
            "reply.take_back",
            "done",
            actor=actor,
            creator=held.creator,
            fan=held.fan,
            cause=case.original.id,
        )
        return ApprovalPage(keeping_words.kept(again, [tr(texts.TAKEN_BACK)], case.message))

    async def _keep(
        self, wish: CommandWish, channel: DiscordId, permit: Permit, ref: DraftId, body: Mapping[str, Any]
    ) -> CommandId | None:
        there = CommandWish(wish.interaction, wish.actor, wish.actor_name, wish.guild, channel, wish.token)
        return await self._ctx.commands.stage(
            there, action=texts.PRESSED, creator=permit.creator, target=ref, body=body
        )
