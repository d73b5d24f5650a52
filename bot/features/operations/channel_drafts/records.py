"""Keeps drafts of the channel: a row that waits, and the line with the content."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.access.permits import Actor
from bot.engine.channel_languages import in_channels
from bot.engine.outbox import alert_changed, pack_post, wanted_alert
from bot.features.inbox.program_drafts.model import DraftOutcome, ProgramDraftEnd
from bot.features.operations.channel_drafts import texts
from bot.features.operations.channel_drafts.model import (
    LIFE,
    LONGEST_LIFE,
    NEWS,
    PAGE_NAME,
    PART,
    ChannelDraft,
    ChannelDraftKind,
    DraftContent,
    PlannedDraft,
)
from bot.model.errors import SealDamaged, TextErased
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import drafts, outbox
from storage.engine.drafts import Draft
from storage.people.api_keys import ApiKeyRecord
from storage.records import CreatorId, DiscordId, DraftId, EffectId, Millis

EndListener = Callable[[Transaction, ProgramDraftEnd], Awaitable[None]]


class ChannelDraftRecords:
    """Every method is part of the caller's transaction."""

    def __init__(self, ctx: Context, kinds: Sequence[ChannelDraftKind[Any]], *, ended: EndListener) -> None:
        """`ended` is told of each draft that waits no longer."""
        self._kinds = {kind.action: kind for kind in kinds}
        self._ctx = ctx
        self._tell = ended

    def reference(self, cause: str) -> DraftId:
        """What a draft of this cause is called; so is the effect that posts its line."""
        return DraftId(self._ctx.effects.ids.effect(cause, PART))

    async def add(
        self,
        tx: Transaction,
        cause: str,
        kind: ChannelDraftKind[Any],
        key: ApiKeyRecord,
        content: DraftContent,
        leaves: Millis | None = None,
    ) -> ChannelDraft:
        """Put a program's new one into the alerts channel. `leaves`: when a rule confirms it."""
        row = self._row(cause, kind, key.creator, {"key": key.id, "program": key.name})
        return await self._shown(tx, cause, ChannelDraft(row, kind, key.id, key.name, content), leaves)

    async def add_planned(
        self, tx: Transaction, cause: str, kind: ChannelDraftKind[Any], by: Actor, about: PlannedDraft
    ) -> ChannelDraft:
        """The same of what a member wrote on the web page; the row is theirs, and ends with their grant."""
        row = self._row(cause, kind, about.creator, {"key": "", "program": PAGE_NAME})
        row = replace(row, owner=by.user, guild=by.guild, expires_at=about.until)
        return await self._shown(tx, cause, ChannelDraft(row, kind, "", PAGE_NAME, about.content))

    def _row(
        self, cause: str, kind: ChannelDraftKind[Any], creator: CreatorId, origin: Mapping[str, str]
    ) -> Draft:
        now = self._ctx.clock.now()
        return Draft(
            id=self.reference(cause),
            action=kind.action,
            state="open",
            version=1,
            creator=creator,
            target=json.dumps(origin),
            owner=None,
            guild=None,
            settled_by=None,
            settled_at=None,
            created_at=now,
            expires_at=now + LIFE,
        )

    async def _shown(
        self, tx: Transaction, cause: str, draft: ChannelDraft, leaves: Millis | None = None
    ) -> ChannelDraft:
        creator = draft.row.creator
        assert creator is not None, "each is about a creator"
        await drafts.open_draft(tx, draft.row)
        async with in_channels(tx, creator):
            post = texts.shown(draft, leaves=leaves)
        wanted = wanted_alert(creator, cause=cause, part=PART, post=post)
        body = {"post": pack_post(post), "draft": draft.content}
        await self._ctx.effects.add(tx, replace(wanted, body=body))
        return draft

    async def get(self, tx: Transaction, ref: DraftId) -> ChannelDraft | None:
        """A draft in any state; None for any other one, and where its content is no longer kept."""
        row = await drafts.get(tx, ref)
        kind = None if row is None else self._kinds.get(row.action)
        line = None if kind is None else await outbox.get(tx, EffectId(ref))
        if row is None or kind is None or line is None or row.target == "{}":
            return None
        try:
            content = self._ctx.effects.body(line)["draft"]
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
            post = texts.shown(draft, why=why)
        line = alert_changed(creator, EffectId(row.id), cause=row.id, part="stays", post=post)
        await self._ctx.effects.add(tx, line)

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
        now, kind = self._ctx.clock.now(), self._kinds[row.action]
        creator, origin = row.creator, json.loads(row.target)
        if creator is None or not await drafts.settle(
            tx, row.id, version=row.version, state=how, by=by, now=now
        ):
            return False
        await self.say_end(tx, row, how, by, by_rule=by_rule)
        if origin["key"]:
            await self._ctx.effects.trail.write(
                tx, "draft.ended", how, target=origin["key"], actor=by, creator=creator
            )
        else:
            await self._ctx.effects.trail.write(
                tx, "plan.ended", how, target=row.id, actor=by, creator=creator
            )
        end = ProgramDraftEnd(row.id, creator, None, origin["key"], how, by, at=now, kind=kind.kind)
        await self._tell(tx, end)
        if how is DraftOutcome.EXPIRED and not origin["key"]:
            await self._say_missed(tx, row)
        return True

    async def say_end(
        self,
        tx: Transaction,
        row: Draft,
        how: DraftOutcome,
        by: DiscordId | None = None,
        *,
        by_rule: bool = False,
    ) -> None:
        """Its line says so, once."""
        kind, origin, creator = self._kinds[row.action], json.loads(row.target), row.creator
        assert creator is not None, "each is about a creator"
        wrote = (origin["program"], None if origin["key"] else row.owner)
        passed = await self._passed(tx, row) if how is DraftOutcome.EXPIRED else None
        async with in_channels(tx, creator):
            post = texts.ended(kind, wrote, how, by, by_rule=by_rule, passed=passed)
        line = alert_changed(creator, EffectId(row.id), cause=row.id, part="ended", post=post)
        await self._ctx.effects.add(tx, line)

    async def _say_missed(self, tx: Transaction, row: Draft) -> None:
        """A line of its own: one that changes far above is seen by nobody."""
        kind, creator, member = self._kinds[row.action], row.creator, row.owner
        assert creator is not None, "each is about a creator"
        assert member is not None, "a member wrote it"
        kept = await self.get(tx, row.id) is not None
        async with in_channels(tx, creator):
            post = texts.missed(kind, member, kept=kept)
        await self._ctx.effects.add(tx, wanted_alert(creator, cause=row.id, part="missed", post=post))

    async def _passed(self, tx: Transaction, row: Draft) -> int | None:
        """The time that a member planned it for, in seconds, once that is over."""
        found = await self.get(tx, row.id)
        at: int | None = None if found is None or found.member is None else found.content["at"]
        return at if at is not None and at * 1000 <= self._ctx.clock.now() else None

    async def of_member(self, tx: Transaction, member: DiscordId, creator: CreatorId) -> Sequence[Draft]:
        """All that somebody planned on the web page and that may wait or be news, in any state."""
        since = self._ctx.clock.now() - LONGEST_LIFE - NEWS
        rows = [
            row for action in self._kinds for row in await drafts.of_owner(tx, action, member, since=since)
        ]
        return [row for row in rows if row.creator == creator]
