"""Keeps programs' mass messages: a row that waits, a line with the content."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.engine.channel_languages import in_channels
from bot.engine.outbox import Effects, alert_changed, pack_post, wanted_alert
from bot.features.inbox.program_drafts.model import DraftOutcome, ProgramDraftEnd
from bot.features.publishing.program_mass_drafts import texts
from bot.features.publishing.program_mass_drafts.model import ACTION, LIFE, PART
from bot.model.errors import SealDamaged, TextErased
from bot.model.ports import Clock
from storage.database import Transaction
from storage.engine import drafts, outbox
from storage.engine.drafts import Draft
from storage.people.api_keys import ApiKeyRecord
from storage.records import DiscordId, DraftId, EffectId

EndListener = Callable[[Transaction, ProgramDraftEnd], Awaitable[None]]


@dataclass(frozen=True)
class ProgramMassDraft:
    """One of them: its row, the id and the name of its key, and its content."""

    row: Draft
    key: str
    program: str
    content: dict[str, Any]


class ProgramMassRecords:
    """Every method is part of the caller's transaction."""

    def __init__(self, *, effects: Effects, clock: Clock, ended: EndListener) -> None:
        """`ended` is told of each draft that waits no longer."""
        self._effects = effects
        self._clock = clock
        self._tell = ended

    def reference(self, cause: str) -> DraftId:
        """What a draft of this cause is called; so is the effect that posts its line."""
        return DraftId(self._effects.ids.effect(cause, PART))

    async def add(
        self, tx: Transaction, cause: str, key: ApiKeyRecord, content: dict[str, Any]
    ) -> ProgramMassDraft:
        """Put a new one into the alerts channel."""
        now, ref = self._clock.now(), self.reference(cause)
        row = Draft(
            id=ref,
            action=ACTION,
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
            post = texts.shown(ref, key.name, content)
        wanted = wanted_alert(key.creator, cause=cause, part=PART, post=post)
        body = {"post": pack_post(post), "draft": content}
        await self._effects.add(tx, replace(wanted, body=body))
        return ProgramMassDraft(row, key.id, key.name, content)

    async def get(self, tx: Transaction, ref: DraftId) -> ProgramMassDraft | None:
        """A draft in any state; None for any other one, and where its content is no longer kept."""
        row = await drafts.get(tx, ref)
        line = await outbox.get(tx, EffectId(ref)) if row is not None and row.action == ACTION else None
        if row is None or line is None or row.target == "{}":
            return None
        try:
            content = self._effects.body(line)["draft"]
        except (SealDamaged, TextErased):
            return None
        return ProgramMassDraft(row, content=content, **json.loads(row.target))

    async def waiting(self, tx: Transaction) -> Sequence[tuple[Draft, str]]:
        """All that wait, the oldest first, and by which key each was written."""
        return [(row, json.loads(row.target)["key"]) for row in await drafts.open_since(tx, ACTION, 0)]

    async def settle(
        self, tx: Transaction, row: Draft, how: DraftOutcome, by: DiscordId | None = None
    ) -> bool:
        """Its line says what became of it; False when somebody was faster."""
        now = self._clock.now()
        creator, origin = row.creator, json.loads(row.target)
        if creator is None or not await drafts.settle(
            tx, row.id, version=row.version, state=how, by=by, now=now
        ):
            return False
        async with in_channels(tx, creator):
            post = texts.ended(origin["program"], how, by)
        line = alert_changed(creator, EffectId(row.id), cause=row.id, part="ended", post=post)
        await self._effects.add(tx, line)
        await self._effects.trail.write(
            tx, "draft.ended", how, target=origin["key"], actor=by, creator=creator
        )
        await self._tell(tx, ProgramDraftEnd(row.id, creator, None, origin["key"], how, by, at=now))
        return True
