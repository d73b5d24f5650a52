"""Send, Edit, Discard: the end of a reply that was kept back (R9, R10)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.engine.commands import CommandWish
from bot.engine.streams import discord_stream
from bot.features.inbox.checks import texts
from bot.features.inbox.checks.gate import ReplyCheckGate
from bot.features.inbox.checks.model import DraftedReply
from bot.features.inbox.checks.pending_replies import (
    ASKED,
    NOW,
    PendingReplies,
    PendingReply,
    ReplyStart,
    is_over,
)
from bot.model.language import tr
from bot.model.ports import MessageToFan, Post
from bot.relay.context import Context
from bot.relay.replies import NOT_HERE, NOT_TAKEN
from bot.relay.reply_gate import SCHEDULED
from bot.relay.send_effects import outgoing
from bot.text.reply_rules import ReplyRefused, compose
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.inbox import threads, unread_lines
from storage.records import Command, CommandId, DraftId, EffectId, Millis


class ReplyReleasePort(Protocol):
    """Lets a reply go out, however long ago it was taken."""

    async def leave(self, tx: Transaction, command: Command, *, at_once: bool = False) -> Post | str:
        """Queue this command's reply, also a scheduled one `at_once`. Raises ReplyRefused."""


@dataclass(frozen=True)
class ReplyEditWindow:
    """A window's initial contents."""

    window: DraftId
    message: MessageToFan
    command: CommandId  # which brought it
    later: Millis | None = None  # the time ahead at which it was to leave


@dataclass(frozen=True)
class _PendingReplyPress:
    command: Command
    kept: PendingReply
    original: Command
    message: MessageToFan


class PendingReplyService:
    """The windows of replies and the buttons under those that were kept back.

    Whether their author may answer this fan was asked before each call.
    """

    def __init__(
        self, ctx: Context, *, checks: ReplyCheckGate, kept: PendingReplies, leave: ReplyReleasePort
    ) -> None:
        """`unread`: as in `ReplyCheckGate`."""
        self._ctx = ctx
        self._checks = checks
        self._kept = kept
        self._leave = leave
        self._unread = ctx.waits.unread

    async def window(self, wish: CommandWish, line: EffectId | None, *, about: str = "") -> DraftId:
        """Name the window of somebody who presses Reply under this line.

        `about`: its beginning; another one is another window, with other words typed into it.
        """

        async def work(tx: Transaction) -> DraftId:
            return await self._open_window(tx, wish, line, None, about)

        return await self._ctx.database.write(work)

    async def edit(self, wish: CommandWish, ref: DraftId) -> ReplyEditWindow:
        """Somebody presses Edit: the window for it. Raises ReplyRefused."""

        async def work(tx: Transaction) -> ReplyEditWindow:
            kept = await self._of(tx, wish, ref)
            original = await command_rows.get(tx, kept.command)
            message = self._message(original)
            later = self._later(original)
            window = await self._open_window(tx, wish, None, ref)
            return ReplyEditWindow(window, message, kept.command, later)

        return await self._ctx.database.write(work)

    async def is_priced(self, wish: CommandWish, ref: DraftId) -> bool:
        """Whether Send would offer something for money. Raises ReplyRefused for what is not theirs."""

        async def work(tx: Transaction) -> bool:
            kept = await self._of(tx, wish, ref)
            return self._message(await command_rows.get(tx, kept.command)).price is not None

        return await self._ctx.database.read(work)

    async def stage(
        self, wish: CommandWish, ref: DraftId, *, reads: bool, role: str = "", alone: bool = True
    ) -> CommandId | None:
        """Keep a press; None when it was kept already. Raises ReplyRefused for what is settled."""
        kept = await self._ctx.database.read(lambda tx: self._of(tx, wish, ref))
        body = {"reads": reads, "role": role, "alone": alone}
        return await self._ctx.commands.stage(
            wish, action="reply.press", creator=kept.draft.creator, target=ref, body=body
        )

    async def send(self, command: CommandId) -> Post | str | None:
        """Discord took the answer to Send: it leaves, or all that is new is asked.

        None: another press was faster, and what it shows must not be written over.
        """
        return await self._taken(command, self._send)

    async def discard(self, command: CommandId) -> Post | str | None:
        """Discord took the answer to Discard; None as for `send`."""
        return await self._taken(command, self._discard)

    # ── one transaction each ──

    async def _taken(
        self, command: CommandId, work: Callable[[Transaction, _PendingReplyPress], Awaitable[Post | str]]
    ) -> Post | str | None:
        async def pressed(tx: Transaction) -> Post | str | None:
            press = await self._press(tx, command)
            return await work(tx, press) if isinstance(press, _PendingReplyPress) else press

        try:
            return await self._ctx.database.write(pressed)
        except ReplyRefused as refused:
            sentence = refused.sentence
        await self._ctx.commands.cancel(command)
        return await self._ctx.database.read(lambda tx: self._still_kept(tx, command, sentence))

    async def _press(self, tx: Transaction, command_id: CommandId) -> _PendingReplyPress | str | None:
        command = await command_rows.get(tx, command_id)
        if command is None or not await command_rows.accept(tx, command_id):
            return tr(NOT_TAKEN)
        kept = await self._kept.get(tx, DraftId(command.target))
        if kept is None:
            return tr(texts.NOT_YOURS)
        if kept.draft.state != "open":
            return None
        original = await command_rows.get(tx, kept.command)
        message = self._message(original)
        assert original is not None, "it has a message"
        return _PendingReplyPress(command, kept, original, message)

    async def _send(self, tx: Transaction, press: _PendingReplyPress) -> Post | str:
        kept, back, message = press.kept, press.kept.back, press.message
        compose(message.text, message.price, message.media, message.preview)  # it may be unfinished
        thread = await threads.by_discord(tx, kept.channel)
        over = is_over(kept.draft, self._ctx.clock.now())
        if over or thread is None:
            why = tr(texts.OVER) if over else tr(NOT_HERE)
            return texts.kept(kept.draft.id, [why], press.message)
        confirmed = {**back.confirmed, **(back.asked if back.why == ASKED else {})}
        confirmed |= {NOW: "1"} if back.why == SCHEDULED else {}
        body = self._ctx.commands.body(press.command)
        reply = DraftedReply(
            command=press.original.id,
            creator=thread.creator,
            fan=thread.fan,
            actor=press.command.actor,
            message=press.message,
            seen=back.seen,
            written_at=press.command.created_at,
            role=body.get("role", ""),
            alone=body.get("alone", True),
            reads=body["reads"],
            confirmed=confirmed,
            later=self._later(press.original) if NOW not in confirmed else None,
        )
        asked = await self._checks.look(tx, press.original, reply)
        if not await self._kept.settle(tx, kept.draft, "sent" if asked is None else "replaced", reply.actor):
            raise ReplyRefused(tr(NOT_TAKEN))
        if asked is not None:
            return asked
        return await self._leave.leave(tx, press.original, at_once=NOW in confirmed)

    async def _discard(self, tx: Transaction, press: _PendingReplyPress) -> str:
        draft, by = press.kept.draft, press.command.actor
        if not await self._kept.settle(tx, draft, "discarded", by):
            await self._kept.settle(tx, draft, "expired", by)
        thread = await threads.by_discord(tx, press.kept.channel)
        fan = thread.fan if thread is not None else None
        await self._ctx.trail.write(
            tx, "reply.discard", "done", actor=by, creator=draft.creator, fan=fan, cause=press.original.id
        )
        return tr(texts.DISCARDED)

    async def _still_kept(self, tx: Transaction, command_id: CommandId, sentence: str) -> Post | str:
        command = await command_rows.get(tx, command_id)
        kept = await self._kept.get(tx, DraftId(command.target)) if command is not None else None
        if kept is None or kept.draft.state != "open":
            return sentence
        message = self._message(await command_rows.get(tx, kept.command))
        return texts.kept(kept.draft.id, [sentence], message, again=True)

    async def _of(self, tx: Transaction, wish: CommandWish, ref: DraftId) -> PendingReply:
        kept = await self._kept.get(tx, ref)
        theirs = (wish.actor, wish.guild, wish.channel)
        if kept is None or (kept.draft.owner, kept.draft.guild, kept.channel) != theirs:
            raise ReplyRefused(tr(texts.NOT_YOURS))
        if kept.draft.state != "open":
            raise ReplyRefused(texts.settled(kept.draft))
        return kept

    async def _open_window(
        self,
        tx: Transaction,
        wish: CommandWish,
        line: EffectId | None,
        changes: DraftId | None,
        about: str = "",
    ) -> DraftId:
        thread = await threads.by_discord(tx, wish.channel)
        if thread is None:
            raise ReplyRefused(tr(NOT_HERE))
        stream = discord_stream(thread.creator, thread.fan)
        seen = await unread_lines.shown_until(tx, stream, before=self._ctx.clock.now() - self._unread)
        pressed = (
            await unread_lines.place(tx, stream, line) if line is not None else 0
        )  # they have read that one
        begun = ReplyStart(wish.actor, wish.guild, wish.channel, thread.creator, max(seen, pressed))
        return await self._kept.open_window(tx, begun, changes, about)

    def _later(self, original: Command | None) -> Millis | None:
        at: Millis = (self._ctx.commands.body(original).get("later") if original is not None else None) or 0
        return at if at > self._ctx.clock.now() else None

    def _message(self, original: Command | None) -> MessageToFan:
        """Read a command's message. Raises ReplyRefused when it is kept no more."""
        body = self._ctx.commands.body(original) if original is not None else {}
        if "text" not in body:
            raise ReplyRefused(tr(texts.NOT_KEPT))
        return outgoing(body)
