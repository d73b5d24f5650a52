"""Look: why a message did not leave, shown to its author alone."""

from bot.features.inbox.checks import texts as kept_wording
from bot.features.inbox.checks.gate import ReplyCheckGate
from bot.features.inbox.checks.model import CheckQuestion, DraftedReply
from bot.features.inbox.checks.pending_replies import ASKED, HELD, KeepReason, PendingReplies, PendingReply
from bot.features.inbox.message_replies import texts
from bot.features.inbox.message_replies.question_service import heard_again
from bot.features.inbox.message_replies.service import MessageReplyService
from bot.model.errors import SealDamaged
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.send_effects import outgoing
from bot.relay.typed_messages import ButtonPresser, Reads
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.inbox import message_replies
from storage.inbox.message_replies import TypedMessageRecord, TypedMessageState
from storage.records import Command, EffectId


class StoppedMessageService:
    """Asks about an unsent message as about any other reply: Send, Edit, Discard."""

    def __init__(
        self, ctx: Context, *, taking: MessageReplyService, checks: ReplyCheckGate, kept: PendingReplies
    ) -> None:
        self._ctx = ctx
        self._taking = taking
        self._checks = checks
        self._kept = kept

    async def look(self, by: ButtonPresser, line: EffectId, reads: Reads) -> Post | str:
        """The button under a line that says so. Raises ReplyRefused where it still cannot be taken."""
        row = await self._ctx.database.read(lambda tx: _of(tx, line))
        if row is not None and row.state is TypedMessageState.STOPPED:
            text = await reads(row.channel, row.message)
            if text is None:
                gone = row.message
                await self._ctx.database.write(
                    lambda tx: message_replies.became(tx, gone, TypedMessageState.INSIDE)
                )
                return tr(texts.GONE)
            state = await self._taking.again(heard_again(row, by, text, self._ctx.clock.now()))
            if state is not TypedMessageState.KEPT:
                return tr(texts.BECAME[state])
        return await self._ctx.database.write(lambda tx: self._shown(tx, by, line))

    async def _shown(self, tx: Transaction, by: ButtonPresser, line: EffectId) -> Post | str:
        row = await _of(tx, line)
        command = await command_rows.get(tx, row.command) if row is not None and row.command else None
        kept = await self._kept.newest(tx, command) if command is not None else None
        if row is None or command is None or kept is None:
            return tr(texts.SETTLED)
        if kept.draft.state not in ("open", "expired"):
            return kept_wording.settled(kept.draft)
        if kept.back.why == HELD:
            return kept_wording.still_waits(kept.draft.id)
        return await self._ask_anew(tx, by, row, command, kept)

    async def _ask_anew(
        self,
        tx: Transaction,
        by: ButtonPresser,
        row: TypedMessageRecord,
        command: Command,
        kept: PendingReply,
    ) -> Post | str:
        try:
            body = self._ctx.commands.body(command)
        except SealDamaged:
            body = {}
        if "text" not in body:
            return tr(kept_wording.NOT_KEPT)
        if not await self._kept.settle(tx, kept.draft, "replaced", row.member):
            await self._kept.settle(tx, kept.draft, "expired", row.member)
        reply = DraftedReply(
            command=command.id,
            creator=row.creator,
            fan=row.fan,
            actor=row.member,
            message=outgoing(body),
            seen=kept.back.seen,
            written_at=self._ctx.clock.now(),
            role=by.role,
            alone=by.alone,
            reads=by.reads,
            confirmed=kept.back.confirmed,
        )
        asked = await self._checks.look(tx, command, reply)
        if asked is not None:
            return asked
        back = KeepReason(ASKED, kept.back.seen, kept.back.confirmed)
        ref = await self._kept.keep(tx, command, back, priced=False)
        return kept_wording.question(
            ref, [CheckQuestion((tr(texts.FREE),), tr(texts.AS_TYPED), "")], reply.message
        )


async def _of(tx: Transaction, line: EffectId) -> TypedMessageRecord | None:
    rows = await message_replies.of_line(tx, line)
    return rows[0] if len(rows) == 1 else None
