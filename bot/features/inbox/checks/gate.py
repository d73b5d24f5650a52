"""Hears all checks about a reply, and keeps it back if one of them says so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.engine.streams import discord_stream
from bot.features.inbox.checks import texts
from bot.features.inbox.checks.model import (
    CheckHold,
    CheckQuestion,
    CheckRefusal,
    DraftedReply,
    DraftTaken,
    Finding,
    HeldReplyLane,
    ReplyCheck,
)
from bot.features.inbox.checks.pending_replies import (
    ASKED,
    HELD,
    OPEN,
    REFUSED,
    TAKEN,
    KeepReason,
    PendingReplies,
    ReplyWindowState,
)
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.reply_gate import SCHEDULED, GatedReply
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.inbox import unread_lines
from storage.records import Command, DraftId, EffectId, Millis

FoundT = TypeVar("FoundT", bound=Finding)


class ReplyCheckGate:
    """The gate of `bot.relay.replies`: refusals come first, then what a lead decides, then questions."""

    def __init__(
        self,
        ctx: Context,
        *,
        checks: Sequence[ReplyCheck],
        kept: PendingReplies,
        lane: HeldReplyLane,
        taken: Sequence[DraftTaken] = (),
    ) -> None:
        """`unread`: a line that Discord showed later than this before a command counts as not read.

        `taken`: hear that a draft which is no kept reply became one.
        """
        self._checks = checks
        self._kept = kept
        self._lane = lane
        self._ctx = ctx
        self._unread = ctx.waits.unread
        self._taken = taken

    async def stop(self, tx: Transaction, leaving: GatedReply) -> Post | None:
        """Look at a reply for the first time. Raises ReplyRefused when its window was sent already."""
        command, thread = leaving.command, leaving.thread
        window = await self._kept.window(tx, leaving.window, command) if leaving.window else None
        if window is not None:
            await self._close(tx, window, command)
        if leaving.unfinished:
            return await self._begun(tx, leaving, window)
        drafted = DraftedReply(
            command=command.id,
            creator=thread.creator,
            fan=thread.fan,
            actor=command.actor,
            message=leaving.message,
            seen=window.seen if window is not None else await self._seen(tx, leaving),
            written_at=command.created_at,
            role=leaving.role,
            alone=leaving.alone,
            reads=leaving.reads,
            later=leaving.later,
        )
        return await self.look(tx, command, drafted)

    async def look(self, tx: Transaction, command: Command, reply: DraftedReply) -> Post | None:
        """Keep a reply back and say why, or None: nothing speaks against it. `command` brought it."""
        found = await self.hear(tx, reply)
        refusals, holds, asks = _of(found, CheckRefusal), _of(found, CheckHold), _of(found, CheckQuestion)
        if refusals:
            draft = await self._keep(tx, command, reply, REFUSED, refusals)
            return texts.kept(draft, [one.sentence for one in refusals.values()], reply.message)
        if holds:
            draft = await self._keep(tx, command, reply, HELD, holds)
            said = [await self._lane.take(tx, draft, reply, holds)]
            return texts.kept(draft, said, reply.message, waits=self._lane.takes)
        if asks:
            now = texts.asked_now(asks)
            draft = await self._keep(tx, command, reply, ASKED, now)
            return texts.question(draft, list(now.values()), reply.message, later=len(now) < len(asks))
        return None

    async def hear(self, tx: Transaction, reply: DraftedReply) -> dict[str, Finding]:
        """Return each check's finding, by its name; nothing is kept."""
        return {check.name: await check.look(tx, reply) for check in self._checks}

    async def shown(self, tx: Transaction, reply: DraftedReply, found: Iterable[Finding]) -> None:
        """Record that the viewer was shown lines that are kept off Discord."""
        for one in found:
            for line in one.opens if isinstance(one, CheckQuestion) else ():
                await self._looked(tx, reply, line)

    async def keep_for_later(self, tx: Transaction, command: Command, *, seen: int, until: Millis) -> DraftId:
        """Keep one that leaves at that time; its author has a day more to settle what is new by then."""
        return await self._kept.keep(tx, command, KeepReason(SCHEDULED, seen), priced=False, until=until)

    async def _begun(self, tx: Transaction, leaving: GatedReply, window: ReplyWindowState | None) -> Post:
        """Keep what its author goes on with; all is looked at when they send it."""
        seen = window.seen if window is not None else await self._seen(tx, leaving)
        priced = leaving.message.price is not None
        draft = await self._kept.keep(tx, leaving.command, KeepReason(OPEN, seen), priced=priced)
        return texts.unfinished(draft, leaving.message)

    async def _seen(self, tx: Transaction, leaving: GatedReply) -> int:
        stream = discord_stream(leaving.thread.creator, leaving.thread.fan)
        return await unread_lines.shown_until(tx, stream, before=leaving.command.created_at - self._unread)

    async def _close(self, tx: Transaction, window: ReplyWindowState, command: Command) -> None:
        """Let a window be sent once; settle the draft it changes."""
        if window.draft.state != "open":
            raise ReplyRefused(tr(texts.SENT_ALREADY))
        if not await self._kept.settle(tx, window.draft, "sent", command.actor):
            await self._kept.settle(tx, window.draft, "expired", command.actor)
        changed = await drafts.get(tx, window.changes) if window.changes is not None else None
        if changed is None:
            return
        if changed.state != "open":
            raise ReplyRefused(texts.settled(changed))
        if changed.action != self._kept.action:
            await self._take(tx, changed, command)
        elif not await self._kept.settle(tx, changed, "edited", command.actor):
            await self._kept.settle(tx, changed, "expired", command.actor)

    async def _take(self, tx: Transaction, draft: Draft, command: Command) -> None:
        if not await self._kept.settle(tx, draft, TAKEN, command.actor):
            raise ReplyRefused(texts.settled(replace(draft, state="expired")))
        for hear in self._taken:
            await hear(tx, draft, command)

    async def _keep(
        self, tx: Transaction, command: Command, reply: DraftedReply, why: str, found: Mapping[str, Finding]
    ) -> DraftId:
        asked = {name: one.mark for name, one in found.items() if isinstance(one, CheckQuestion | CheckHold)}
        back = KeepReason(why, reply.seen, reply.confirmed, asked)
        draft = await self._kept.keep(tx, command, back, priced=reply.message.price is not None)
        await self._ctx.trail.write(
            tx,
            "reply.check",
            why,
            target=" ".join(sorted(found)),
            actor=reply.actor,
            creator=reply.creator,
            fan=reply.fan,
            cause=command.id,
        )
        await self.shown(tx, reply, found.values())
        return draft

    async def _looked(self, tx: Transaction, reply: DraftedReply, line: EffectId) -> None:
        await self._ctx.trail.write(
            tx, "hidden.show", "done", actor=reply.actor, creator=reply.creator, fan=reply.fan, cause=line
        )


def _of(found: Mapping[str, Finding], kind: type[FoundT]) -> dict[str, FoundT]:
    return {name: one for name, one in found.items() if isinstance(one, kind)}
