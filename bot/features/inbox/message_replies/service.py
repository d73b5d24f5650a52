"""A message was typed: it becomes a reply, or its member is asked, or it stays."""

from typing import Protocol

from bot.access.permits import Permit, authorize
from bot.access.policy import Action
from bot.access.roles import Permission
from bot.engine.commands import CommandWish
from bot.features.inbox.checks.pending_replies import HELD, PendingReplies
from bot.features.inbox.message_replies import texts
from bot.features.inbox.message_replies.lines import MessageLines, MessageSpot, cause_of, ref_of
from bot.features.inbox.message_replies.mode import holds
from bot.features.inbox.message_replies.rules import MessageDoubt, doubt_of, stays_inside
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.replies import ReplyWish
from bot.relay.reply_gate import EDIT
from bot.relay.typed_messages import TypedThreadMessage
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.inbox import message_replies, threads
from storage.inbox.message_replies import TypedMessageState, WriterNotice
from storage.records import CommandId, DraftId, EffectId, Millis


class ImmediateReplyPort(Protocol):
    """Takes a reply, and checks it before it leaves."""

    async def at_once(self, tx: Transaction, reply: ReplyWish) -> tuple[CommandId, Post | str]:
        """Take it in this transaction; return its id and the text for its author. Raises ReplyRefused."""


class MessageReplyService:
    """Takes every message once, by its Discord id, from any source and however often it comes."""

    def __init__(
        self,
        ctx: Context,
        *,
        replies: ImmediateReplyPort,
        kept: PendingReplies,
        lines: MessageLines,
        late: Millis,
    ) -> None:
        """`late`: from what age on a message is not sent without asking."""
        self._ctx = ctx
        self._replies = replies
        self._kept = kept
        self._lines = lines
        self._late = late

    async def heard(self, heard: TypedThreadMessage) -> None:
        """Discord told of a message that a person typed, perhaps again."""
        try:
            await self._ctx.database.write(lambda tx: self._decide(tx, heard))
        except ReplyRefused:  # why is for its member alone
            await self._ctx.database.write(lambda tx: self._stopped(tx, heard))

    async def send(self, heard: TypedThreadMessage) -> TypedMessageState | None:
        """Its member said that it goes to the fan; None: another press was faster."""
        try:
            return await self.again(heard)
        except ReplyRefused:
            return await self._ctx.database.write(lambda tx: self._stopped(tx, heard))

    async def again(self, heard: TypedThreadMessage) -> TypedMessageState:
        """Take one that was asked about, or could not be taken. Raises ReplyRefused with the reason."""
        return await self._ctx.database.write(lambda tx: self._by_word(tx, heard))

    async def _decide(self, tx: Transaction, heard: TypedThreadMessage) -> None:
        thread = await threads.by_discord(tx, heard.channel)
        mode = await message_replies.mode(tx, thread.creator) if thread is not None else None
        if thread is None or mode is None or stays_inside(heard.text, mode.inside):
            return
        if thread.guild != heard.by.guild or await message_replies.get(tx, heard.message) is not None:
            return
        spot = MessageSpot(heard, thread)
        permit = await authorize(tx, heard.by, Action.REPLY, thread.creator)
        if permit is None:
            await self._bar(tx, spot)
        elif await holds(tx, thread.creator) is None:
            await self._lines.put(tx, spot, TypedMessageState.INSIDE)
            await self._lines.add(tx, spot, "inside", lambda ref: texts.kept_off(ref, heard.at))
        elif not heard.text.strip():
            await self._lines.put(tx, spot, TypedMessageState.INSIDE)
            await self._lines.add(tx, spot, "inside", lambda ref: texts.only_text(ref, heard.at))
        else:
            await self._leave_or_ask(tx, spot, permit, mode.inside)

    async def _leave_or_ask(self, tx: Transaction, spot: MessageSpot, permit: Permit, inside: str) -> None:
        heard, member = spot.heard, spot.heard.by.user
        why = doubt_of(heard, now=self._ctx.clock.now(), late=self._late)
        waiting = await message_replies.asked(tx, heard.channel, member)
        before = [one for one in waiting if one.why in (MessageDoubt.FIRST, MessageDoubt.LATE)]
        if why in (None, MessageDoubt.LATE) and before:  # what is typed after it must not overtake it
            last = before[-1]
            await self._lines.put(tx, spot, TypedMessageState.ASKED, why=last.why, line=last.line)
            return
        if why is None and await message_replies.knows(tx, spot.thread.creator, member) is WriterNotice.GOES:
            await self._leave(tx, spot, permit)
            return
        asked = why or MessageDoubt.FIRST
        line = await self._lines.add(
            tx, spot, "ask", lambda ref: texts.question(asked, ref, member, inside, heard.at)
        )
        await self._lines.put(tx, spot, TypedMessageState.ASKED, why=asked, line=line)

    async def _by_word(self, tx: Transaction, heard: TypedThreadMessage) -> TypedMessageState:
        thread = await threads.by_discord(tx, heard.channel)
        known = await message_replies.get(tx, heard.message)
        if (
            thread is None
            or known is None
            or known.state not in (TypedMessageState.ASKED, TypedMessageState.STOPPED)
        ):
            raise ReplyRefused(tr(texts.SETTLED))
        mode = await holds(tx, thread.creator)
        permit = await authorize(tx, heard.by, Action.REPLY, thread.creator)
        if mode is None or permit is None:
            raise ReplyRefused(tr(texts.OFF))
        if stays_inside(heard.text, mode.inside):  # they have changed it since
            return await self._lines.put(tx, MessageSpot(heard, thread), TypedMessageState.INSIDE)
        line = known.line if known.state is TypedMessageState.STOPPED else None
        return await self._leave(tx, MessageSpot(heard, thread), permit, line)

    async def _leave(
        self, tx: Transaction, spot: MessageSpot, permit: Permit, line: EffectId | None = None
    ) -> TypedMessageState:
        """`line`: says that it did not leave; it is taken away once it has."""
        heard, standing = spot.heard, permit.standing
        assert standing is not None, "the action is about a creator"
        reply = ReplyWish(
            _wish_of(heard),
            heard.text,
            reads=False,  # what keeps it back is shown to its member by Look, and not before
            alone=Permission.REPLY in standing.permissions,
            role=standing.role.value,
            typed=heard.message,
        )
        command, said = await self._replies.at_once(tx, reply)
        state = await self._state_of(tx, said)
        if state is TypedMessageState.KEPT:
            line = await self._lines.stopped(tx, spot)
        elif state is TypedMessageState.TAKEN:
            await self._lines.cancellable(tx, spot, said)
        return await self._lines.put(tx, spot, state, line=line, command=command)

    async def _state_of(self, tx: Transaction, said: Post | str) -> TypedMessageState:
        """The state by the text shown: a reply that was kept back always has Edit."""
        ref = ref_of(said, EDIT)
        if ref is None:
            return TypedMessageState.TAKEN
        kept = await self._kept.get(tx, DraftId(ref))
        return (
            TypedMessageState.HELD if kept is not None and kept.back.why == HELD else TypedMessageState.KEPT
        )

    async def _stopped(self, tx: Transaction, heard: TypedThreadMessage) -> TypedMessageState | None:
        thread = await threads.by_discord(tx, heard.channel)
        known = await message_replies.get(tx, heard.message)
        if thread is None or (known is not None and known.state is not TypedMessageState.ASKED):
            return None
        line = await self._lines.stopped(tx, MessageSpot(heard, thread))
        return await self._lines.put(tx, MessageSpot(heard, thread), TypedMessageState.STOPPED, line=line)

    async def _bar(self, tx: Transaction, spot: MessageSpot) -> None:
        """Said once: who reads along may write to their colleagues as often as they like."""
        creator, heard = spot.thread.creator, spot.heard
        if await message_replies.knows(tx, creator, heard.by.user) is WriterNotice.BARRED:
            return
        await message_replies.tell(tx, creator, heard.by.user, WriterNotice.BARRED, now=self._ctx.clock.now())
        await self._lines.add(tx, spot, "barred", lambda ref: texts.barred(ref, heard.by.user, heard.at))


def _wish_of(heard: TypedThreadMessage) -> CommandWish:
    assert heard.by.guild is not None, "threads are on servers"
    return CommandWish(cause_of(heard.message), heard.by.user, heard.name, heard.by.guild, heard.channel, "")
