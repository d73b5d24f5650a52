"""Deeds of tracking links: one is made by one request, ever; one is deleted once."""
# ruff: noqa: ARG002 -- every handler of a proposal is asked the same questions

from collections.abc import Sequence

from bot.engine.effect_handler import Body, Outcome, SettlingMethod
from bot.engine.member_languages import in_answer
from bot.fanvue.budget import RequestLane
from bot.fanvue.paging import may_be_from
from bot.fanvue.tracking_api import TrackingRow
from bot.features.publishing.links import texts
from bot.features.publishing.links.fanvue import FanvueTrackingLinks, TrackingLinkRows
from bot.features.publishing.proposals.effects import (
    ProposalContext,
    ProposalHandler,
    ProposalOutcome,
    UnreadableCandidate,
)
from bot.features.publishing.proposals.model import Content
from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryRefused
from bot.model.language import tr, tr_stored
from bot.relay.send_match import SKEW
from storage.database import Transaction
from storage.engine import outbox
from storage.records import CreatorId, Effect, EffectState, Millis


class _TrackingLinkHandler(ProposalHandler):
    """The base of both: where the links are read."""

    def __init__(self, ground: ProposalContext, there: FanvueTrackingLinks) -> None:
        super().__init__(ground)
        self._there = there

    async def _listed(self, creator: CreatorId) -> TrackingLinkRows[TrackingRow]:
        return await self._there.listed(creator, lane=RequestLane.REPLY)


class TrackingLinkCreationHandler(_TrackingLinkHandler):
    """Fanvue knows no Idempotency-Key here: in doubt its list is looked through, and nothing is repeated."""

    def operation(self, content: Content) -> str | None:
        """Managers do it as the creator does."""
        return "create_link"

    async def carry(self, effect: Effect, content: Content, voice: CallAccount | None) -> ProposalOutcome:
        """One request, unless somebody was faster with one that is just like it."""
        name, platform = content["name"], content["platform"]
        if texts.alike((await self._listed(effect.creator)).rows, name, platform):
            raise DeliveryRefused(texts.taken(name, platform))
        made = await self._there.create(effect.creator, name, platform, voice=voice)
        return ProposalOutcome(made, _created)

    async def candidates(
        self, effect: Effect, content: Content, seen: Content, *, started: Millis
    ) -> Sequence[ProposalOutcome | UnreadableCandidate]:
        """Links of this name and platform that are not older than the attempt."""
        there, since = await self._listed(effect.creator), started - SKEW
        name, platform = content["name"], content["platform"]
        young = [row for row in there.rows if row.created_at is None or row.created_at >= since]
        rows = texts.alike(young, name, platform)
        hidden = [row.uuid for row in young if texts.hides(row, name, platform)]
        unread = [row.id or "" for row in may_be_from(there.unread, since)]
        found = [ProposalOutcome(row.uuid, _created) for row in rows if row.created_at is not None]
        return [*found, *(UnreadableCandidate(one) for one in (*hidden, *unread))]


class TrackingLinkDeletionHandler(_TrackingLinkHandler):
    """The list shows whether an attempt arrived, so it is asked before the next one."""

    settling = SettlingMethod.REPEAT

    def operation(self, content: Content) -> str | None:
        """Managers do it as the creator does."""
        return "delete_link"

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Once more after an unclear attempt, but not for ever."""
        late = self._ground.ctx.clock.now() > effect.created_at + self._ground.ctx.waits.stale
        if effect.attempt_started is not None and late:
            raise DeliveryRefused(texts.UNSEEN)
        return await super().do(effect, body)

    async def carry(self, effect: Effect, content: Content, voice: CallAccount | None) -> ProposalOutcome:
        """One request, if it is there; none if an earlier attempt took it away."""
        if await self._is_there(effect, content):
            try:
                await self._there.delete(effect.creator, content["link"], voice=voice)
            except DeliveryRefused:
                # Below the client a DELETE can go out twice: the second one finds nothing to delete.
                if await self._is_there(effect, content):
                    raise
        elif effect.attempt_started is None:
            raise DeliveryRefused(texts.ALREADY_DELETED)
        return ProposalOutcome(f"deleted:{effect.id}", lambda: tr("deleted"))

    async def candidates(
        self, effect: Effect, content: Content, seen: Content, *, started: Millis
    ) -> Sequence[ProposalOutcome]:
        """Nothing new comes about on Fanvue that could be found."""
        return ()

    async def settled(self, tx: Transaction, effect: Effect, state: EffectState) -> None:
        """Say what is done about an unclear one, or why not; the rest like every proposal."""
        body = self._ground.ctx.effects.body(effect)
        if state in (EffectState.UNKNOWN, EffectState.ABSENT):
            async with in_answer(tx, body["command"]):
                title = tr("Tracking link: not known yet whether it was deleted")
                await self._ground.telling.private(tx, effect, body, title, tr(texts.CHECKING), state)
        elif state is EffectState.REJECTED:
            now = await outbox.get(tx, effect.id) or effect
            async with in_answer(tx, body["command"]):
                title = tr("Tracking link: not deleted")
                why = tr_stored(now.reason or "") or tr("Fanvue gave no reason.")
                await self._ground.telling.private(tx, now, body, title, why, state)
        else:
            await super().settled(tx, effect, state)

    async def _is_there(self, effect: Effect, content: Content) -> bool:
        found = await self._listed(effect.creator)
        if any(row.uuid == content["link"] for row in found.rows):
            return True
        return not found.whole  # behind the last page that is read; whoever deletes it will be told


def _created() -> str:
    return tr("created")
