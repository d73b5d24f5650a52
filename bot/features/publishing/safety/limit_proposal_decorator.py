"""A mass message to many: its number is typed, and it waits before it goes out."""

from dataclasses import replace

from bot.features.publishing.proposals.decorator import ProposalDecorator
from bot.features.publishing.proposals.model import Content, ProposalKind, ProposalPreview, ProposalRefused
from bot.features.publishing.safety import limit_texts
from bot.relay.context import Context
from storage.publishing import mass_limits
from storage.publishing.mass_limits import MassLimits
from storage.records import Link, Millis

_SPARE: Millis = 60_000  # after its wait, for Fanvue to take a message that is planned


class MassLimitProposalDecorator(ProposalDecorator):
    """The feature of mass messages, with the creator's limits looked up for each preview and each press."""

    def __init__(self, ctx: Context, feature: ProposalKind) -> None:
        super().__init__(feature)
        self._ctx = ctx

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """The feature's own, with what it takes where that many people get it."""
        shown = await self._feature.preview(link, content)
        limits = await self._ctx.database.read(lambda tx: mass_limits.get(tx, link.creator))
        return self._held(_second(_typed(shown, limits), limits), limits)

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """As for the feature, and nobody is spared what a press would need by now."""
        typed = shown.typed is None and now.typed is not None
        spared = typed or shown.second < now.second or shown.hold < now.hold
        return not spared and self._feature.holds(shown, now)

    def _held(self, shown: ProposalPreview, limits: MassLimits) -> ProposalPreview:
        if not limits.hold_seconds or not _above(shown, limits.hold_above):
            return shown
        at: Millis | None = shown.content["at"]
        if at is not None and at < self._ctx.clock.now() + 1000 * limits.hold_seconds + _SPARE:
            raise ProposalRefused(limit_texts.too_soon(limits))
        return replace(_noted(shown, limit_texts.waits(limits.hold_seconds)), hold=limits.hold_seconds)


def _typed(shown: ProposalPreview, limits: MassLimits) -> ProposalPreview:
    limit, most = limits.typed_above, shown.seen["most"]
    if limit is None or not _above(shown, limit):
        return shown
    typed = limit_texts.UNKNOWN if most is None else str(most)
    return replace(_noted(shown, limit_texts.small(most, limit)), typed=typed)


def _second(shown: ProposalPreview, limits: MassLimits) -> ProposalPreview:
    if limits.second_above is None or not _above(shown, limits.second_above):
        return shown
    return replace(_noted(shown, limit_texts.second(limits.second_above)), second=True)


def _above(shown: ProposalPreview, limit: int) -> bool:
    """An audience of which nobody knows the size may be of any."""
    most: int | None = shown.seen["most"]
    return most is None or most > limit


def _noted(shown: ProposalPreview, small: str) -> ProposalPreview:
    return replace(shown, warning="\n".join(filter(None, (shown.warning, small))))
