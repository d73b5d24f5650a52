"""Keeps programs' drafts: a row that waits, and the line with the content."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.engine.channel_languages import in_channels
from bot.engine.outbox import Effects, alert_changed, pack_post, wanted_alert
from bot.features.inbox.program_drafts.model import DraftOutcome, ProgramDraftEnd
from bot.features.operations.channel_drafts import texts
from bot.features.operations.channel_drafts.model import (
    LIFE,
    PART,
    ChannelDraft,
    ChannelDraftKind,
    DraftContent,
)
from bot.model.errors import SealDamaged, TextErased
from bot.model.ports import Clock
from storage.database import Transaction
from storage.engine import drafts, outbox
from storage.engine.drafts import Draft
from storage.people.api_keys import ApiKeyRecord
from storage.records import DiscordId, DraftId, EffectId, Millis

EndListener = Callable[[Transaction, ProgramDraftEnd], Awaitable[None]]


class ChannelDraftRecords:
    """Every method is part of the caller's transaction."""

    def __init__(
        self, kinds: Sequence[ChannelDraftKind[Any]], *, effects: Effects, clock: Clock, ended: EndListener
    ) -> None:
        """`ended` is told of each draft that waits no longer."""
        self._kinds = {kind.action: kind for kind in kinds}
        self._effects = effects
        self._clock = clock
        self._tell = ended

    def reference(self, cause: str) -> DraftId:
        """What a draft of this cause is called; so is the effect that posts its line."""
        return DraftId(self._effects.ids.effect(cause, PART))

    async def add(
        self,
        tx: Transaction,
        cause: str,
        kind: ChannelDraftKind[Any],
        key: ApiKeyRecord,
        content: DraftContent,
        leaves: Millis | None = None,
    ) -> ChannelDraft:
        """Put a new one into the alerts channel. `leaves`: when a rule confirms it."""
        now, ref = self._clock.now(), self.reference(cause)
        row = Draft(
            id=ref,
            action=kind.action,
            state="open",
            version=1,
            creator=key.creator,
            target=json.dumps({"key": key.id, "program": key.name}),
            owner=None,
            guild=None,
            settled_by=None,
            settled_at=None,
            created_at=now,
            expires_at=now + LIFE,
        )
        await drafts.open_draft(tx, row)
        async with in_channels(tx, key.creator):
            post = texts.shown(ref, kind, key.name, content, leaves=leaves)
        wanted = wanted_alert(key.creator, cause=cause, part=PART, post=post)
        body = {"post": pack_post(post), "draft": content}
        await self._effects.add(tx, replace(wanted, body=body))
        return ChannelDraft(row, kind, key.id, key.name, content)

    async def get(self, tx: Transaction, ref: DraftId) -> ChannelDraft | None:
        """A draft in any state; None for any other one, and where its content is no longer kept."""
        row = await drafts.get(tx, ref)
        kind = None if row is None else self._kinds.get(row.action)
        line = None if kind is None else await outbox.get(tx, EffectId(ref))
        if row is None or kind is None or line is None or row.target == "{}":
            return None
        try:
            content = self._effects.body(line)["draft"]
        except (SealDamaged, TextErased):
            return None
        return ChannelDraft(row, kind, content=content, **json.loads(row.target))

    async def waiting(self, tx: Transaction) -> Sequence[tuple[Draft, str]]:
        """All that wait, the oldest of each kind first, and by which key each was written."""
        rows = [row for action in self._kinds for row in await drafts.open_since(tx, action, 0)]
        return [(row, json.loads(row.target)["key"]) for row in rows]

    async def show_again(self, tx: Transaction, draft: ChannelDraft, why: str) -> None:
        """Its line says that a person opens it. `why`: what kept a rule from it; '': somebody took it up."""
        row, creator = draft.row, draft.row.creator
        if creator is None:
            return
        async with in_channels(tx, creator):
            post = texts.shown(row.id, draft.kind, draft.program, draft.content, why=why)
        line = alert_changed(creator, EffectId(row.id), cause=row.id, part="stays", post=post)
        await self._effects.add(tx, line)

    async def settle(
        self,
        tx: Transaction,
        row: Draft,
        how: DraftOutcome,
        by: DiscordId | None = None,
        *,
        by_rule: bool = False,
    ) -> bool:
        """Its line says what became of it; False when somebody was faster."""
        now, kind = self._clock.now(), self._kinds[row.action]
        creator, origin = row.creator, json.loads(row.target)
        if creator is None or not await drafts.settle(
            tx, row.id, version=row.version, state=how, by=by, now=now
        ):
            return False
        async with in_channels(tx, creator):
            post = texts.ended(kind, origin["program"], how, by, by_rule=by_rule)
        line = alert_changed(creator, EffectId(row.id), cause=row.id, part="ended", post=post)
        await self._effects.add(tx, line)
        await self._effects.trail.write(
            tx, "draft.ended", how, target=origin["key"], actor=by, creator=creator
        )
        end = ProgramDraftEnd(row.id, creator, None, origin["key"], how, by, at=now, kind=kind.kind)
        await self._tell(tx, end)
        return True
