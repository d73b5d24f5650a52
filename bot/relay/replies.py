"""Decides: a member's answer → what to send to which fan.

Two phases (R9): `stage` keeps the wish, Discord takes the private answer, `accept` turns it into one
effect on Fanvue, one line in the thread and one line in the audit. What was not accepted is not sent.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.engine.commands import CommandWish
from bot.engine.sending_pauses import may_go_again, must_not_be_paused
from bot.engine.settlements import settled_by
from bot.model.draft_source import ReplyDraft
from bot.model.language import msgid, tr
from bot.model.ports import MessageToFan, Post
from bot.relay.carried_drafts import BY_RULE, carried, mark_for, original_in
from bot.relay.context import Context
from bot.relay.field_values import filled_for
from bot.relay.frozen_threads import must_be_connected
from bot.relay.reply_gate import EditedReply, LeadApproval, OpenReplyGate, ReplyGate, leaving_of
from bot.relay.reply_queue import addressed, at_once, on_its_way, queue
from bot.relay.scheduled_replies import ReplySchedule, later_of
from bot.relay.send_effects import outgoing, show_state
from bot.text.reply_rules import ReplyRefused, begin, compose
from storage.database import Transaction
from storage.engine import commands, draft_marks, outbox
from storage.inbox import reply_holds, threads
from storage.operations import attention
from storage.records import (
    Cents,
    Command,
    CommandId,
    DiscordId,
    DraftId,
    Effect,
    EffectId,
    EffectState,
    FanThread,
    Millis,
)

REPLY = "reply"  # the action of its command
NOT_HERE = msgid("This isn't a fan's thread. Open one in the creator's forum and answer there.")
TAKEN = msgid("This was already taken.")
_TRANSLATED = msgid("{author}, translated by {program}")
NEEDS_A_PERSON = msgid("A check has a question, or holds it.")
NOT_TAKEN = msgid("Discord timed out, so this was not sent. Please try again.")


# Which draft stands in a reply window to this fan; None: a person wrote it all.
DraftIn = Callable[[Transaction, DraftId, FanThread], Awaitable[ReplyDraft | None]]


async def no_draft(_tx: Transaction, _window: DraftId, _thread: FanThread, /) -> ReplyDraft | None:
    """Only people write replies."""
    return None


@dataclass(frozen=True)
class ReplyWish:
    """A typed reply, and its place."""

    wish: CommandWish
    text: str | None
    price: Cents | None = None
    media: tuple[str, ...] = ()
    preview: str | None = None
    window: DraftId | None = None  # in which it was typed
    reads: bool = True  # Discord lets them read what fans wrote here
    alone: bool = True  # they may send without a lead
    role: str = ""  # what they are for the creator at this moment; '': not known
    typed: DiscordId | None = None  # the message in the thread that it stands in, if it does
    when: str | None = None  # the time at which it leaves, as typed
    unfinished: bool = False  # media are added to it before it leaves
    literal: bool = False  # it has no fields to fill in, whatever looks like one
    draft: ReplyDraft | None = None  # it was just drafted or translated by somebody else
    rule: bool = False  # nobody presses: a rule of the owner's sends it, and nobody can be asked


class ReplyService:
    """Replies to fans, from any command, button or modal."""

    def __init__(
        self,
        ctx: Context,
        *,
        gate: ReplyGate | None = None,
        line_waits: Millis = 0,
        draft_in: DraftIn = no_draft,
    ) -> None:
        """`gate`: can keep a reply back; None: nothing does. `draft_in`: the line names its source.

        `line_waits`: how long the line of a reply that leaves at once waits for the end of its send.
        """
        self._ctx = ctx
        self._gate = gate or OpenReplyGate()
        self._line_waits = line_waits
        self._draft_in = draft_in
        self._schedule = ReplySchedule(ctx, gate=self._gate)

    async def stage(self, reply: ReplyWish) -> CommandId:
        """Check a reply and keep it. Raises ReplyRefused with the reason; then nothing is kept."""
        return await self._ctx.database.write(lambda tx: self._stage(tx, reply))

    async def at_once(self, tx: Transaction, reply: ReplyWish) -> tuple[CommandId, Post | str]:
        """Both phases as part of the caller's transaction, where Discord has no answer to take."""
        command = await self._stage(tx, reply)
        return command, await self._accept(tx, command)

    async def accept(self, command: CommandId, *, told: bool = True) -> Post | str:
        """Discord took the answer: it leaves, or its author is shown what keeps it back.

        Raises ReplyRefused when it is no longer right to send it. `told`: its author is told in any case;
        else it stays staged, and whoever tells them cancels it.
        """
        try:
            return await self._ctx.database.write(lambda tx: self._accept(tx, command))
        except ReplyRefused:
            if not told:
                raise
            await self._ctx.commands.cancel(
                command
            )  # the member has been told; a restart must not tell again
            raise

    async def again(self, reply: EffectId, actor: DiscordId, channel: DiscordId) -> str:
        """Send a reply that is surely not there once more, by a person's word."""

        async def work(tx: Transaction) -> str:
            send = await self._own(tx, reply, channel)
            await must_be_connected(tx, send.creator)
            await may_go_again(tx, send, actor)
            if not await attention.again(tx, send.id, now=self._ctx.clock.now()):
                return await settled_by(tx, send)
            self._ctx.dispatch.wake(tx, send.stream)
            await self._note(tx, actor, send, "reply.again", "accepted")
            await show_state(tx, self._ctx.effects, send, f"again:{send.attempts}")
            return tr("On its way again.")

        return await self._ctx.database.write(work)

    async def drop(self, reply: EffectId, actor: DiscordId, channel: DiscordId) -> str:
        """Give a reply up, by a person's word."""

        async def work(tx: Transaction) -> str:
            send = await self._own(tx, reply, channel)
            if not await attention.give_up(tx, send.id, now=self._ctx.clock.now()):
                return await settled_by(tx, send)
            await self._ctx.effects.trail.became(tx, send, EffectState.CANCELLED)
            await self._note(tx, actor, send, "reply.drop", "done")
            await show_state(tx, self._ctx.effects, send, "dropped")
            return tr("Discarded. Not sent.")

        return await self._ctx.database.write(work)

    async def leave(self, tx: Transaction, command: Command, *, at_once: bool = False) -> Post | str:
        """Queue what a kept command brought, all being said about it. Raises ReplyRefused.

        `at_once`: also one that was to leave later.
        """
        if not await commands.let_go(tx, command.id):
            raise ReplyRefused(tr(NOT_TAKEN))
        return await self._leave(tx, command, await self._still(tx, command), at_once=at_once)

    async def approved(
        self,
        tx: Transaction,
        command: Command,
        edited: EditedReply | None,
        approval: LeadApproval | None = None,
    ) -> str:
        """The same by a lead's word, with what stands in its place, if anything: it waits no more.

        `approval`: of one that leaves at its time, if that is still ahead; None: it leaves at once.
        """
        if not await commands.let_go(tx, command.id):
            raise ReplyRefused(tr(NOT_TAKEN))
        thread, body = await self._still(tx, command), self._ctx.commands.body(command)
        at = (body.get("later") or 0) if approval is not None else 0
        if approval is not None and at > self._ctx.clock.now():
            message = outgoing(body) if edited is None else edited.message
            author = _author(command, edited, body)
            return await self._schedule.approve(tx, command, thread, message, author, at, approval)
        await self._queue(tx, command, thread, edited)
        return at_once(await addressed(tx, thread))

    async def _stage(self, tx: Transaction, reply: ReplyWish) -> CommandId:
        thread, body = await self._to(tx, reply)
        command = await self._ctx.commands.staged(
            tx, reply.wish, action=REPLY, creator=thread.creator, target=thread.key, body=body
        )
        if command is None:
            raise ReplyRefused(tr(TAKEN))
        return command

    async def _accept(self, tx: Transaction, command_id: CommandId) -> Post | str:
        command = await commands.get(tx, command_id)
        if command is None or not await commands.accept(tx, command_id):
            raise ReplyRefused(tr(NOT_TAKEN))
        thread = await self._still(tx, command)
        body = self._ctx.commands.body(command)
        leaving = leaving_of(command, thread, outgoing(body), body)
        kept_back = await self._gate.stop(tx, leaving)
        if kept_back is not None and body.get(BY_RULE):
            raise ReplyRefused(tr(NEEDS_A_PERSON))
        if kept_back is not None:
            await commands.keep(tx, command.id)
            return kept_back
        return await self._leave(tx, command, thread)

    async def _still(self, tx: Transaction, command: Command) -> FanThread:
        thread = await threads.by_discord(tx, command.channel)
        if thread is None or thread.key != command.target or thread.state != "open":
            raise ReplyRefused(tr(NOT_HERE))
        await must_be_connected(tx, thread.creator)
        await must_not_be_paused(tx, thread.creator, command.actor)
        return thread

    async def _leave(
        self, tx: Transaction, command: Command, thread: FanThread, *, at_once: bool = False
    ) -> Post | str:
        body = self._ctx.commands.body(command)
        at = body.get("later") or 0
        if at > self._ctx.clock.now() and not at_once:
            author = _author(command, None, body)
            return await self._schedule.add(tx, command, thread, body, author, at)
        # One that was scheduled could be cancelled all the time.
        hold = 0 if at else await reply_holds.seconds(tx, thread.creator)
        due = self._ctx.clock.now() + 1000 * hold if hold else 0
        send = await self._queue(tx, command, thread, due=due)
        return on_its_way(await addressed(tx, thread), send, hold, due)

    async def _queue(
        self,
        tx: Transaction,
        command: Command,
        thread: FanThread,
        edited: EditedReply | None = None,
        due: Millis = 0,
    ) -> EffectId:
        wished = self._ctx.commands.body(command)
        message = outgoing(wished) if edited is None else edited.message
        editor = None if edited is None else edited.by
        mark = mark_for(wished, message, command.actor, editor)
        body = asdict(message)
        body |= {"command": command.id, "author": _author(command, edited, wished)}
        if (original := original_in(wished)) is not None:
            body["original"] = original
        # A reply that can still be cancelled has its line at once; another one when there is more to say.
        shows = 0 if due else self._ctx.clock.now() + self._line_waits
        typed = wished.get("typed")
        send = await queue(tx, self._ctx.effects, thread, command.id, body, due=due, shows=shows, typed=typed)
        if mark is not None:
            await draft_marks.put(tx, send, mark.draft, mark.packed())
        if not wished.get(BY_RULE):  # nobody sits there to go on with the fan
            await self._ctx.talks.replying(tx, thread.creator, thread.fan, command.actor)
        await self._ctx.effects.trail.write(
            tx,
            "reply",
            "accepted",
            target="" if mark is None else mark.packed(),
            actor=command.actor,
            creator=thread.creator,
            fan=thread.fan,
            cause=send,
        )
        return send

    async def _to(self, tx: Transaction, reply: ReplyWish) -> tuple[FanThread, dict[str, Any]]:
        """The thread, and what is kept: the message this fan will read, with its fields filled in."""
        thread = await self._thread(tx, reply.wish)
        text = reply.text
        if not reply.literal:
            text = await filled_for(tx, thread, text, now=self._ctx.clock.now())
        check = begin if reply.unfinished else compose
        message = check(text, reply.price, reply.media, reply.preview)
        at = await later_of(tx, thread.creator, reply.when, now=self._ctx.clock.now())
        draft = reply.draft
        if draft is None and reply.window is not None:
            draft = await self._draft_in(tx, reply.window, thread)
        return thread, {**_body(reply, message), "later": at, **carried(draft)}

    async def _thread(self, tx: Transaction, wish: CommandWish) -> FanThread:
        thread = await threads.by_discord(tx, wish.channel)
        if thread is None or thread.guild != wish.guild or thread.state != "open":
            raise ReplyRefused(tr(NOT_HERE))
        await must_be_connected(tx, thread.creator)
        await must_not_be_paused(tx, thread.creator, wish.actor)
        return thread

    async def _own(self, tx: Transaction, reply: EffectId, channel: DiscordId) -> Effect:
        send = await outbox.get(tx, reply)
        thread = await threads.by_discord(tx, channel)
        here = None if thread is None else (thread.creator, thread.fan)
        if send is None or send.kind != "chat.send" or here != (send.creator, send.fan):
            raise ReplyRefused(tr("This item is already settled."))
        return send

    async def _note(self, tx: Transaction, actor: DiscordId, send: Effect, action: str, outcome: str) -> None:
        await self._ctx.effects.trail.write(
            tx, action, outcome, actor=actor, creator=send.creator, fan=send.fan, cause=send.id
        )


def _author(command: Command, edited: EditedReply | None, wished: Mapping[str, Any]) -> str:
    """Who wrote it, with what helped them; `wished`: what the command brought."""
    author = command.actor_name
    if helper := wished.get("drafted"):
        by = msgid("{author}, draft by {program}") if original_in(wished) is None else _TRANSLATED
        author = tr(by, author=author, program=helper)
    if edited is None:
        return author
    return tr("{author}, edited by {editor}", author=author, editor=edited.by_name)


def _body(reply: ReplyWish, message: MessageToFan) -> dict[str, Any]:
    body = {**asdict(message), "window": reply.window, "reads": reply.reads, "role": reply.role}
    body |= {BY_RULE: True} if reply.rule else {}
    return body | {"alone": reply.alone, "typed": reply.typed, "unfinished": reply.unfinished}
