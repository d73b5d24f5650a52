"""The same content to an overlapping audience within a day: it is said."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.fanvue.models import MassMessageRow
from bot.features.publishing.proposals.decorator import ProposalDecorator
from bot.features.publishing.proposals.model import Content, ProposalKind, ProposalPreview
from bot.features.publishing.safety import overlap_texts as wording
from bot.features.publishing.safety.overlap_search import OverlapMatch, OverlapSearch
from bot.model.errors import DeliveryFailed
from bot.model.language import tr
from bot.relay.context import Context
from storage.records import CreatorId, Link, Millis

_SEEN = "overlap"


class MassMessageListPort(Protocol):
    async def listed(self, creator: CreatorId, *, patient: bool) -> list[MassMessageRow]:
        """Read the newest, made by anybody anywhere. Raises DeliveryFailed."""


class OverlapProposalDecorator(ProposalDecorator):
    """Decorates mass messages. Nothing is stopped: the confirmer has read what is known."""

    def __init__(
        self, ctx: Context, feature: ProposalKind, *, sames: OverlapSearch, there: MassMessageListPort
    ) -> None:
        super().__init__(feature)
        self._ctx = ctx
        self._sames = sames
        self._there = there

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """The feature's own, with what has the same words and may reach the same fans."""
        shown = await self._feature.preview(link, content)
        rows = await self._listed(link.creator)
        found = await self._found(link.creator, shown.content, rows or ())
        small = tr(wording.UNREAD) if rows is None else ""
        return replace(
            shown,
            body=(*wording.warned(found, self._ctx.clock.now()), *shown.body),
            seen={**shown.seen, _SEEN: sorted(one.mark for one in found)},
            asks=shown.asks or bool(found) or rows is None,
            warning="\n".join(filter(None, (shown.warning, small))) or None,
        )

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """As for the feature, and nothing of the kind went out or came up meanwhile."""
        news = set(now.seen.get(_SEEN, ())) - set(shown.seen.get(_SEEN, ()))
        return not news and self._feature.holds(shown, now)

    async def _listed(self, creator: CreatorId) -> Sequence[MassMessageRow] | None:
        try:
            return await self._there.listed(creator, patient=True)
        except DeliveryFailed:
            return None

    async def _found(
        self, creator: CreatorId, content: Content, rows: Sequence[MassMessageRow]
    ) -> Sequence[OverlapMatch]:
        now = self._ctx.clock.now()
        at: Millis = now if content["at"] is None else content["at"]
        return await self._ctx.database.read(
            lambda tx: self._sames.of(tx, creator, content, rows, at=at, now=now)
        )
