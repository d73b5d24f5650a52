"""After a start: tells members who may not know why a reply was kept."""

from typing import Any

from bot.engine.member_languages import as_asked
from bot.engine.streams import discord_stream
from bot.features.inbox.checks import texts
from bot.features.inbox.checks.model import HeldReplyLane
from bot.features.inbox.checks.pending_replies import (
    ASKED,
    CANCELLED,
    HELD,
    OPEN,
    REFUSED,
    KeepReason,
    PendingReplies,
    PendingReply,
    ReplyWindowState,
)
from bot.model.errors import SealDamaged
from bot.model.ports import Post
from bot.relay import scheduled_lines
from bot.relay.context import Context
from bot.relay.lines import ThreadOwner, add_post
from bot.relay.replies import REPLY
from bot.relay.reply_gate import SCHEDULED
from bot.relay.send_effects import outgoing
from bot.text import render
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.inbox import threads, unread_lines
from storage.records import Command, DraftId


class PendingReplyRecoveryService:
    """Between handing a reply in or keeping it back, and showing why, the process may have ended.

    Which questions were shown is written down nowhere, so all of the last minutes take this way, and replies
    that were only handed in take it, too: nothing that was typed is lost. What the questions said is not
    repeated: it would lie where no forgetting finds it. A press asks again.
    """

    def __init__(self, ctx: Context, *, kept: PendingReplies, lane: HeldReplyLane) -> None:
        """`answer`: for how long Discord lets an answer be changed. `unread`: as in `Checks`."""
        self._ctx = ctx
        self._kept = kept
        self._answer = ctx.waits.answer
        self._unread = ctx.waits.unread
        self._lane = lane

    async def resume(self) -> int:
        """Before anything else is asked, and before what is staged is cancelled; how many there were."""
        return await self._ctx.database.write(self._resume)

    async def _resume(self, tx: Transaction) -> int:
        since, number = self._ctx.clock.now() - self._answer, 0
        shown = await drafts.open_since(tx, self._kept.action, since)
        for command in await self._ctx.commands.left(tx):
            if command.action != REPLY:
                continue
            if command.created_at >= since:
                number += await self._keep(tx, command)
            elif command.answer is not None:
                await self._say_in_thread(tx, command)
        for draft in shown:
            kept = await self._kept.get(tx, draft.id)
            command_id = kept.command if kept is not None and kept.draft.state == "open" else None
            found = await command_rows.get(tx, command_id) if command_id is not None else None
            if (
                kept is None
                or found is None
                or not self._ctx.commands.is_ours(found)
                or found.created_at < since
            ):
                continue  # nothing can be shown there any more
            with as_asked(found):
                still = self._still(kept)
            if still is None:
                number += await self._ask_again(tx, kept, found)
                continue
            await self._ctx.commands.answer(tx, found, still, part=f"kept:{draft.id}")
            number += 1
        return number

    def _still(self, kept: PendingReply) -> Post | None:
        """What its author reads, perhaps for the first time, of one that stays as it is; else None."""
        ref = kept.draft.id
        if kept.back.why == SCHEDULED:
            return texts.still_scheduled(scheduled_lines.choices(ref))
        if kept.back.why == HELD and self._lane.takes:
            return texts.still_waits(ref)
        return texts.still_open(ref) if kept.back.why == OPEN else None

    async def _ask_again(self, tx: Transaction, kept: PendingReply, command: Command) -> bool:
        body = self._body(command)
        if "text" not in body or not await self._kept.settle(tx, kept.draft, "replaced", command.actor):
            return False
        why = CANCELLED if kept.back.why == CANCELLED else ASKED  # which was sent once, and is not again
        await self._ask(tx, command, body, KeepReason(why, kept.back.seen, kept.back.confirmed))
        return True

    async def _keep(self, tx: Transaction, command: Command) -> bool:
        """Keep a reply not taken yet for its author; False: it is left to be cancelled."""
        body = self._body(command)
        thread = await threads.by_discord(tx, command.channel)
        if "text" not in body or thread is None:
            return False
        window = await self._kept.window(tx, DraftId(body["window"]), command) if body["window"] else None
        stream = discord_stream(thread.creator, thread.fan)
        before = command.created_at - self._unread
        seen = (
            window.seen if window is not None else await unread_lines.shown_until(tx, stream, before=before)
        )
        await command_rows.accept(tx, command.id)
        await command_rows.keep(tx, command.id)
        other = await self._replaced(tx, window, command) if window is not None else None
        why = OPEN if body.get("unfinished") else ASKED
        await self._ask(tx, command, body, KeepReason(why if other is None else REFUSED, seen), other)
        return True

    async def _say_in_thread(self, tx: Transaction, command: Command) -> None:
        """Its window closed as if all was well, and Discord takes no private answer to it any more."""
        thread = await threads.by_discord(tx, command.channel)
        if thread is not None:
            place = ThreadOwner(thread.creator, thread.fan)
            words = texts.not_taken(command.actor, command.created_at)
            cause, at = f"not taken:{command.id}", self._ctx.clock.now()
            await add_post(
                tx,
                self._ctx.effects,
                place,
                cause=cause,
                part="said",
                make=lambda ref: render.note(words, ref=ref, at=at),
            )

    async def _replaced(self, tx: Transaction, window: ReplyWindowState, command: Command) -> Draft | None:
        """The newer words take the place of those that the window changes; or what settled these before.

        The window stays open: where Discord had not taken it, it is still there with all that was typed.
        """
        changed = await drafts.get(tx, window.changes) if window.changes is not None else None
        if changed is None or await self._kept.settle(tx, changed, "edited", command.actor):
            return None
        return changed

    async def _ask(
        self,
        tx: Transaction,
        command: Command,
        body: dict[str, Any],
        back: KeepReason,
        other: Draft | None = None,
    ) -> None:
        ref = await self._kept.keep(tx, command, back, priced=outgoing(body).price is not None)
        with as_asked(command):
            post = texts.interrupted(ref, asked=back.why == ASKED)
            if other is not None:
                post = texts.too_late(ref, other)
            elif back.why == OPEN:
                post = texts.still_open(ref)
        await self._ctx.commands.answer(tx, command, post, part=f"kept:{ref}")

    def _body(self, command: Command) -> dict[str, Any]:
        """Read a request; nothing where it cannot be read: one damaged row must not stop a start."""
        try:
            return self._ctx.commands.body(command)
        except SealDamaged:
            return {}
