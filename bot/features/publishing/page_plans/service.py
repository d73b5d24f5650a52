"""Takes what members plan on the web page, as drafts of the alerts channel.

PagePlanDenied     they may not do this, or there is no such creator
PagePlanRefused    it was not taken; str() says why and what to do
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from bot.access.permits import Actor, authorize
from bot.features.inbox.checks.pending_replies import is_over
from bot.features.inbox.program_drafts.model import DraftOutcome
from bot.features.inbox.program_drafts.own_drafts import is_used
from bot.features.operations.channel_drafts.model import (
    MOST_WAITING,
    NEWS,
    ChannelDraft,
    ChannelDraftKind,
    PlannedDraft,
)
from bot.features.operations.channel_drafts.records import ChannelDraftRecords
from bot.features.operations.program_requests.refusals import ProgramRefused
from bot.features.publishing.page_plans import texts
from bot.features.publishing.page_plans.waiting_rules import waits_until
from bot.model.draft_source import DraftKind
from bot.model.language import tr
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import forums
from storage.people import retention
from storage.records import CreatorId, DiscordId, DraftId, EffectId

_TYPED: Final = "typed"  # in the content: a digest of what was typed


class PagePlanDenied(Exception):
    """Raised without words: nobody learns which of the two it is."""


class PagePlanRefused(Exception):
    """Raised with a sentence for the person at the page. `again`: this form has made its draft."""

    def __init__(self, sentence: str, *, again: bool = False) -> None:
        super().__init__(sentence)
        self.again = again


@dataclass(frozen=True)
class PlanForm:
    """A form that was sent: its own id, of which one draft comes at most, and what was typed into it."""

    id: str
    typed: Mapping[str, str]

    @property
    def digest(self) -> str:
        """Of the words themselves: the moment of `in 2 hours` moves between two presses."""
        return sha256(json.dumps(self.typed, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class PagePlan:
    """A draft that waits, or waited, and where people find it on Discord. `posted`: its line is there."""

    draft: ChannelDraft
    waits: bool
    where: str
    posted: bool


class PagePlanService:
    """What is planned is decided with the right to it, in one transaction."""

    def __init__(
        self, ctx: Context, kinds: Sequence[ChannelDraftKind[Any]], *, records: ChannelDraftRecords
    ) -> None:
        self._kinds = {kind.kind: kind for kind in kinds if kind.words.by_member is not None}
        self._ctx = ctx
        self._records = records

    async def plan(
        self, by: Actor, kind: DraftKind, creator: CreatorId, form: PlanForm, body: Any
    ) -> DraftId:
        """Put it where a person confirms it; the same form twice is one draft.

        Raises PagePlanDenied, PagePlanRefused.
        """
        one = self._kinds[kind]
        try:
            content = one.kept(body, self._ctx.clock.now())
        except ProgramRefused as refused:
            raise PagePlanRefused(str(refused)) from refused
        content = {**content, _TYPED: form.digest}

        async def work(tx: Transaction) -> DraftId:
            texts_kept = (await retention.terms(tx, creator)).texts
            until = waits_until(content["at"], self._ctx.clock.now(), texts_kept)
            return await self._plan(tx, by, one, PlannedDraft(creator, form.id, content, until))

        return await self._ctx.database.write(work)

    async def told(self, creator: CreatorId, ref: str) -> PagePlan | None:
        """What became of a draft; None: there is none such of this creator."""

        async def work(tx: Transaction) -> PagePlan | None:
            found = await self._records.get(tx, DraftId(ref))
            return await self._placed(tx, found) if found and found.row.creator == creator else None

        return await self._ctx.database.read(work)

    async def waiting(self, creator: CreatorId) -> Sequence[PagePlan]:
        """All posts and mass messages that wait for somebody to confirm them, of programs too."""

        async def work(tx: Transaction) -> list[PagePlan]:
            rows = [row for row, _ in await self._records.waiting(tx) if row.creator == creator]
            found = [await self._records.get(tx, row.id) for row in rows]
            known = [one for one in found if one is not None and one.kind.kind in self._kinds]
            plans = [await self._placed(tx, one) for one in known]
            return [plan for plan in plans if plan.waits]

        return await self._ctx.database.read(work)

    async def missed(self, creator: CreatorId, member: DiscordId) -> Sequence[ChannelDraft]:
        """What they planned and nobody confirmed in time, in the last days; the newest first."""
        since = self._ctx.clock.now() - NEWS

        async def work(tx: Transaction) -> list[ChannelDraft]:
            rows = await self._records.of_member(tx, member, creator)
            over = [row for row in rows if row.state == DraftOutcome.EXPIRED]
            found = [await self._records.get(tx, row.id) for row in over if (row.settled_at or 0) >= since]
            return [one for one in found if one is not None and one.kind.kind in self._kinds]

        return sorted(await self._ctx.database.read(work), key=lambda one: -(one.row.settled_at or 0))

    async def _plan(
        self, tx: Transaction, by: Actor, kind: ChannelDraftKind[Any], wanted: PlannedDraft
    ) -> DraftId:
        permit = await authorize(tx, by, kind.needs, wanted.creator)
        if permit is None:
            raise PagePlanDenied
        cause = f"page:{kind.word}:{by.user}:{wanted.creator}:{wanted.form}"
        ref = self._records.reference(cause)
        if await is_used(tx, ref):
            before = await self._records.get(tx, ref)
            if before is None or before.content.get(_TYPED) != wanted.content[_TYPED]:
                raise PagePlanRefused(tr(texts.SENT_BEFORE), again=True)
            return ref
        if permit.link is None:
            raise PagePlanRefused(tr(texts.UNCONNECTED))
        if await forums.of_creator(tx, wanted.creator) is None:
            raise PagePlanRefused(tr(texts.NO_CHANNEL))
        mine = (kind.action, wanted.creator)
        rows = [row for row, key in await self._records.waiting(tx) if not key]
        if sum((row.action, row.creator) == mine for row in rows) >= MOST_WAITING:
            raise PagePlanRefused(tr(texts.TOO_MANY, most=MOST_WAITING))
        await kind.fits(tx, wanted.creator, wanted.content)
        await self._records.add_planned(tx, cause, kind, by, wanted)
        await self._ctx.trail.write(
            tx, f"plan.{kind.word}", "done", target=ref, actor=by.user, creator=wanted.creator
        )
        return ref

    async def _placed(self, tx: Transaction, draft: ChannelDraft) -> PagePlan:
        creator, line = draft.row.creator, await outbox.get(tx, EffectId(draft.row.id))
        assert creator is not None, "each is about a creator"
        forum = await forums.of_creator(tx, creator)
        place = line.external_id if line is not None else None
        below = place.replace(":", "/") if place else str(forum.alerts) if forum is not None else ""
        where = f"https://discord.com/channels/{forum.guild}/{below}" if forum is not None else ""
        waits = draft.row.state == "open" and not is_over(draft.row, self._ctx.clock.now())
        return PagePlan(draft, waits, where, posted=bool(place))
