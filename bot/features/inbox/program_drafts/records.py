"""Keeps programs' drafts: a row that waits, and the line with its text."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from typing import Any

from bot.engine.channel_languages import spoken_in
from bot.engine.outbox import EffectRequest, pack_post
from bot.engine.streams import discord_stream, draft_stream
from bot.features.inbox.program_drafts import texts
from bot.features.inbox.program_drafts.model import (
    ACTION,
    KIND,
    LIFE,
    PART,
    DraftOrigin,
    DraftOutcome,
    ProgramDraft,
    ProgramDraftEnd,
)
from bot.model.draft_source import DraftSource, ReplyDraft
from bot.model.errors import SealDamaged, TextErased
from bot.model.language import speaking
from bot.model.ports import MessageToFan
from bot.relay.context import Context
from bot.relay.reply_queue import TYPED_GONE
from bot.relay.send_effects import outgoing
from storage.database import Transaction
from storage.engine import drafts, outbox
from storage.engine.drafts import Draft
from storage.records import Command, DiscordId, DraftId, EffectId, FanThread, Millis


class ProgramDraftRecords:
    """Every method is part of the caller's transaction."""

    def __init__(
        self, ctx: Context, *, ended: Callable[[Transaction, ProgramDraftEnd], Awaitable[None]]
    ) -> None:
        """`ended` is told of each draft that waits no longer."""
        self._ctx = ctx
        self._tell = ended

    def reference(self, cause: str) -> DraftId:
        """What a draft of this cause is called; so is the effect that posts its line."""
        return DraftId(self._ctx.effects.ids.effect(cause, PART))

    async def add(
        self,
        tx: Transaction,
        cause: str,
        source: DraftSource,
        thread: FanThread,
        message: MessageToFan,
        leaves: Millis | None = None,
    ) -> ProgramDraft:
        """Put a new one into its fan's thread. `leaves`: when a rule sends it."""
        now, ref = self._ctx.clock.now(), self.reference(cause)
        row = Draft(
            id=ref,
            action=ACTION,
            state="open",
            version=1,
            creator=thread.creator,
            target=json.dumps(asdict(DraftOrigin(str(thread.thread), source.key, source.name))),
            owner=None,
            guild=thread.guild,
            settled_by=None,
            settled_at=None,
            created_at=now,
            expires_at=now + LIFE,
        )
        await drafts.open_draft(tx, row)
        with speaking(await spoken_in(tx, thread.creator)):
            post = texts.shown(ref, source.name, message, leaves=leaves)
        body = {"post": pack_post(post), "message": None, "draft": asdict(message)}
        await self._ctx.effects.add(tx, _line(thread, cause, body))
        line = await outbox.get(tx, EffectId(ref))
        assert line is not None, "it was just added"
        return ProgramDraft(row, line, source, message)

    async def show_again(self, tx: Transaction, draft: ProgramDraft, why: str) -> None:
        """Its line says that a person sends it. `why`: what kept a rule from it; '': somebody took it up."""
        line, creator = draft.line, draft.line.creator
        with speaking(await spoken_in(tx, creator)):
            post = texts.shown(draft.row.id, draft.source.name, draft.message, why=why)
        changed = EffectRequest(
            network="discord",
            kind="line.edit",
            stream=line.stream,
            creator=creator,
            fan=line.fan,
            cause=draft.row.id,
            part="stays",
            body={"line": line.id, "post": pack_post(post)},
        )
        await self._ctx.effects.add(tx, changed)

    async def get(self, tx: Transaction, ref: DraftId) -> ProgramDraft | None:
        """A draft in any state; None for any other one, and where its text is no longer kept."""
        row = await drafts.get(tx, ref)
        line = await outbox.get(tx, EffectId(ref)) if row is not None and row.action == ACTION else None
        if row is None or line is None or row.target == "{}":
            return None
        try:
            message = outgoing(self._ctx.effects.body(line)["draft"])
        except (SealDamaged, TextErased):
            return None
        return ProgramDraft(row, line, _origin(row).source, message)

    async def draft_of(self, tx: Transaction, row: Draft) -> ReplyDraft | None:
        """What stands in one of these, and who wrote it; None for a draft of another kind."""
        if row.action != ACTION or row.target == "{}":
            return None
        found = await self.get(tx, row.id)
        return ReplyDraft(row.id, _origin(row).source, None if found is None else found.message)

    async def waiting(self, tx: Transaction) -> Sequence[tuple[Draft, DraftOrigin]]:
        """All that wait for a press, the oldest first, and where each comes from."""
        return [(row, _origin(row)) for row in await drafts.open_since(tx, ACTION, 0)]

    async def settle(
        self, tx: Transaction, row: Draft, how: DraftOutcome, by: DiscordId | None = None
    ) -> bool:
        """Its line goes; False when somebody was faster."""
        now = self._ctx.clock.now()
        if not await drafts.settle(tx, row.id, version=row.version, state=how, by=by, now=now):
            return False
        await self._ended(tx, row, how, by)
        return True

    async def taken(self, tx: Transaction, row: Draft, command: Command) -> None:
        """Hears the gate of replies: a window that a draft stood in was sent by this command."""
        if row.action == ACTION:
            await self._ended(tx, row, DraftOutcome.TAKEN, command.actor, cause=command.id)

    async def _ended(
        self, tx: Transaction, row: Draft, how: DraftOutcome, by: DiscordId | None, cause: str | None = None
    ) -> None:
        line = await outbox.get(tx, EffectId(row.id))
        if line is None or row.creator is None:
            return
        gone = EffectRequest(
            network="discord",
            kind=TYPED_GONE,
            stream=draft_stream(row.creator, row.id),
            creator=row.creator,
            fan=line.fan,
            cause=row.id,
            part="gone",
            body={"line": row.id},
        )
        await self._ctx.effects.add(tx, gone)
        source = _origin(row).source
        await self._ctx.effects.trail.write(
            tx, "draft.ended", how, target=source.id, actor=by, creator=row.creator, fan=line.fan, cause=cause
        )
        await self._tell(
            tx, ProgramDraftEnd(row.id, row.creator, line.fan, source.key, how, by, at=self._ctx.clock.now())
        )


def _origin(row: Draft) -> DraftOrigin:
    return DraftOrigin(**json.loads(row.target))


def _line(thread: FanThread, cause: str, body: dict[str, Any]) -> EffectRequest:
    return EffectRequest(
        network="discord",
        kind=KIND,
        stream=discord_stream(thread.creator, thread.fan),
        creator=thread.creator,
        fan=thread.fan,
        cause=cause,
        part=PART,
        body=body,
    )
