"""Keeps held replies waiting; the thread is told of the beginning and the end."""

from collections.abc import Awaitable, Callable, Mapping

from bot.engine.channel_languages import in_channels
from bot.engine.expiry import end_all
from bot.engine.member_languages import as_asked
from bot.engine.outbox import EffectRequest, pack_post
from bot.engine.streams import discord_stream
from bot.engine.supervision import BackgroundTask, periodic
from bot.features.inbox.approvals import texts
from bot.features.inbox.checks.model import CheckHold, DraftedReply
from bot.features.inbox.checks.pending_replies import PendingReplies, PendingReply
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.lines import ThreadOwner, add_post
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import drafts
from storage.errors import DatabaseUnreachable
from storage.inbox import held_replies, threads
from storage.inbox.held_replies import HeldReply
from storage.records import CreatorId, DraftId, Millis

LIFE: Millis = 3 * 86_400_000  # for a lead to decide, and then for its writer to take it up again
_PART = "waits"
_SECONDS = 30.0  # what ended without a word, as with an account that is disconnected, is told this late
_LIMIT = 120.0
_BATCH = 50

Changed = Callable[[Transaction, CreatorId], Awaitable[None]]


class ApprovalLane:
    """The lane of `bot.features.inbox.checks`. All that it knows is in the database."""

    takes = True

    def __init__(self, ctx: Context, *, changed: Changed) -> None:
        """`changed`: shows how many wait."""
        self._ctx = ctx
        self._changed = changed
        self.kept = PendingReplies(ctx, ended=self.ended)

    async def take(
        self, tx: Transaction, draft: DraftId, reply: DraftedReply, holds: Mapping[str, CheckHold]
    ) -> str:
        """It waits from this transaction on; the thread says so, without its text.

        One that leaves at a time waits until then, any other for days.
        """
        now = self._ctx.clock.now()

        def made(ref: str) -> Post:
            return texts.line(texts.line_waiting(reply.actor, reply.later), ref=ref, draft=draft, at=now)

        await held_replies.add(tx, draft, reply.creator, reply.fan)
        await drafts.extend(tx, draft, until=reply.later or now + LIFE)
        await add_post(
            tx,
            self._ctx.effects,
            ThreadOwner(reply.creator, reply.fan),
            cause=_cause(draft),
            part=_PART,
            make=made,
        )
        await self._changed(tx, reply.creator)
        return texts.waits((hold.reason for hold in holds.values()), reply.later)

    async def ended(self, tx: Transaction, draft: DraftId) -> None:
        """Say in the thread, and privately to its writer, how it ended; once."""
        held = await held_replies.get(tx, draft)
        if held is not None and held.told_at is None:
            await self._tell(tx, held)

    async def look(self) -> None:
        """End what waited for too long, and tell what ended elsewhere."""

        async def some(tx: Transaction) -> int:
            found = await held_replies.ended(tx, now=self._ctx.clock.now(), limit=_BATCH)
            for held in found:
                await self._end(tx, held)
            return len(found)

        now = self._ctx.clock.now()
        await end_all(
            self._ctx.database,
            lambda tx: held_replies.ended(tx, now=now, limit=1),
            some,
            batch=_BATCH,
        )

    def task(self, *, divisor: float) -> BackgroundTask:
        """The background task that ends held replies; `divisor` shortens the pauses."""
        run = periodic(_SECONDS / divisor, self.look, passing=(DatabaseUnreachable,))
        return BackgroundTask("approving", run, _LIMIT)

    async def _end(self, tx: Transaction, held: HeldReply) -> None:
        draft = await drafts.get(tx, held.draft)
        if draft is not None and draft.state == "open":
            now = self._ctx.clock.now()
            await drafts.settle(tx, draft.id, version=draft.version, state="expired", by=None, now=now)
            await self._ctx.effects.trail.write(
                tx, "reply.expire", "done", creator=held.creator, fan=held.fan, cause=draft.id
            )
        await self._tell(tx, held)

    async def _tell(self, tx: Transaction, held: HeldReply) -> None:
        draft = await drafts.get(tx, held.draft)
        if draft is None or draft.state == "open":
            return
        now, edited = self._ctx.clock.now(), held.word is not None
        await held_replies.told(tx, held.draft, now=now)
        kept = await self.kept.get(tx, held.draft)
        await self._show(tx, held, lambda: texts.line_ended(draft, edited=edited), kept)
        await self._changed(tx, held.creator)
        command = await command_rows.get(tx, kept.command) if kept is not None else None
        with as_asked(command):
            private = texts.told(draft, edited=edited)
        if command is not None and private is not None:
            await self._ctx.commands.answer(tx, command, private, part=_cause(held.draft))

    async def _show(
        self, tx: Transaction, held: HeldReply, words: Callable[[], str], kept: PendingReply | None
    ) -> None:
        """In place of the line that it waits, or in the thread that took the place of that line's."""
        cause, now = _cause(held.draft), self._ctx.clock.now()
        place, thread = ThreadOwner(held.creator, held.fan), await threads.current(tx, held.creator, held.fan)

        def made(ref: str) -> Post:
            return texts.line(words(), ref=ref, draft=held.draft, at=now)

        there = thread.thread if thread is not None and thread.state == "open" else None
        if kept is None or there != kept.channel:
            await add_post(tx, self._ctx.effects, place, cause=cause, part="ended", make=made)
            return
        shown = self._ctx.effects.ids.effect(cause, _PART)
        async with in_channels(tx, held.creator):
            post = made(shown)
        wanted = EffectRequest(
            network="discord",
            kind="line.edit",
            stream=discord_stream(held.creator, held.fan),
            creator=held.creator,
            fan=held.fan,
            cause=cause,
            part="ended",
            body={"line": shown, "post": pack_post(post)},
        )
        await self._ctx.effects.add(tx, wanted)


def _cause(draft: DraftId) -> str:
    return f"held:{draft}"
