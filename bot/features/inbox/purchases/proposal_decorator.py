"""Says in the preview of what goes to many which items went to many before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.features.inbox.purchases import texts
from bot.features.inbox.purchases.memory import PurchaseMemory
from bot.features.inbox.purchases.rules import KnownItem, gist
from bot.features.publishing.proposals.decorator import ProposalDecorator
from bot.features.publishing.proposals.model import Content, ProposalKind, ProposalPreview
from bot.relay.context import Context
from storage.records import CreatorId, Link, MediaId

_SEEN = "sold"


class PurchaseProposalDecorator(ProposalDecorator):
    """A feature with past sends in its preview; items sent meanwhile need a new confirmation."""

    def __init__(self, ctx: Context, feature: ProposalKind, *, recall: PurchaseMemory) -> None:
        super().__init__(feature)
        self._ctx = ctx
        self._recall = recall
        self._ids = ctx.effects.ids

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """The feature's own, with what is known of its items. Raises ProposalRefused."""
        shown = await self._feature.preview(link, content)
        had = _offered_already(shown.content)
        media = [MediaId(item) for item in shown.content.get("media") or () if item not in had]
        if not media or not shown.content.get("price"):
            return shown
        known = await self._known(link.creator, media)
        mark = self._ids.hashed(gist(known)) if known else ""
        return replace(
            shown,
            body=(*texts.warned_for_all(media, known), *shown.body),
            seen={**shown.seen, _SEEN: mark},
            asks=shown.asks or bool(known),
        )

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """The feature's own word, if no item went to many meanwhile."""
        before, after = dict(shown.seen), dict(now.seen)
        same = before.pop(_SEEN, "") == after.pop(_SEEN, "")
        return same and self._feature.holds(replace(shown, seen=before), replace(now, seen=after))

    async def _known(self, creator: CreatorId, media: Sequence[MediaId]) -> Mapping[MediaId, KnownItem]:
        known = await self._ctx.database.write(lambda tx: self._recall.of_all(tx, creator))
        return {item: known[item] for item in media if item in known}


def _offered_already(content: Content) -> Sequence[str]:
    """Items that a change leaves in its own message for a price: going out with it is no news."""
    before = content.get("before") or {}
    had: Sequence[str] = before.get("media") or () if before.get("price") else ()
    return had
