"""Fans in conversation, or who had enough: a preview says so, and leaves them out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.features.publishing.proposals.decorator import ProposalDecorator
from bot.features.publishing.proposals.model import Content, ProposalKind, ProposalPreview, ProposalRefused
from bot.features.publishing.safety import exclusion_texts as wording
from bot.features.publishing.safety.audience_rules import AudienceList, AudienceOverlap, reach_of, shared
from bot.features.publishing.safety.exclusion_rules import (
    CAP,
    KEY,
    LIVE,
    ExclusionChoice,
    ExclusionTally,
    packed,
    unpacked,
)
from bot.features.publishing.safety.exclusion_service import ExclusionService, FrequentRecipients
from bot.features.publishing.safety.frequency_rules import FrequencyRule, too_often
from bot.features.publishing.safety.message_history import EarlierMassMessage, NearbyMassMessages
from bot.model.errors import DeliveryFailed, DeliveryRefused
from bot.model.language import tr
from bot.relay.context import Context
from storage.publishing import mass_caps
from storage.publishing.mass_caps import MassCap
from storage.records import CreatorId, Link, Millis

_SEEN = "cap"
_READ = 500  # fans of one list: for longer ones nobody waits in front of a preview


class ExclusionProposalDecorator(ProposalDecorator):
    """Decorates mass messages; the confirmer has read what is known, and what is not."""

    def __init__(self, ctx: Context, feature: ProposalKind, *, whom: ExclusionService) -> None:
        self._ctx = ctx
        super().__init__(feature)
        self._whom = whom

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """The feature's own, with whom it leaves out, or who may have too many with it."""
        creator = link.creator
        cap = await self._ctx.database.read(lambda tx: mass_caps.get(tx, creator))
        leave = _leave(content.get(KEY), cap)
        shown = await self._feature.preview(link, content)
        at: Millis = self._ctx.clock.now() if shown.content["at"] is None else shown.content["at"]
        if leave is not None:
            shown = await self._left_out(creator, shown, leave, at)
        if cap.most is None or (leave is not None and leave.rule is not None):
            return shown
        return await self._warned(creator, shown, FrequencyRule(cap.most, cap.days), at, leave)

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """As for the feature, and nobody is spared a warning that they would read by now."""
        news = set(now.seen.get(_SEEN, ())) - set(shown.seen.get(_SEEN, ()))
        return not news and self._feature.holds(shown, now)

    async def _left_out(
        self, creator: CreatorId, shown: ProposalPreview, leave: ExclusionChoice, at: Millis
    ) -> ProposalPreview:
        counted = await self._counted(creator, leave, at)
        kept = {KEY: packed(leave)}
        planned = shown.content["at"] is not None
        return replace(
            shown,
            content={**shown.content, **kept},
            other_content={**shown.other_content, **kept} if shown.other else shown.other_content,
            body=(*shown.body, wording.leaves(leave, counted)),
            warning=_more(shown.warning, wording.small(planned=planned)),
        )

    async def _counted(self, creator: CreatorId, leave: ExclusionChoice, at: Millis) -> ExclusionTally:
        """As it is now, whenever it was counted before."""
        over = FrequentRecipients(frozenset())
        unread = False
        if leave.rule is not None:
            try:
                over = await self._whom.over(creator, leave.rule, at, most=_READ)
            except DeliveryRefused:  # a list is too long for that
                unread = True
        hours = leave.hours
        live = await self._ctx.database.read(lambda tx: self._whom.live(tx, creator, hours)) if hours else []
        number = None if unread else len(over.fans)
        return ExclusionTally(len(live), number, over.gone, as_of=self._ctx.clock.now())

    async def _warned(
        self,
        creator: CreatorId,
        shown: ProposalPreview,
        rule: FrequencyRule,
        at: Millis,
        leave: ExclusionChoice | None,
    ) -> ProposalPreview:
        try:
            around = await self._whom.around(creator, rule, at)
        except DeliveryFailed:
            return replace(shown, warning=_more(shown.warning, wording.UNREAD), asks=True)
        found, lists = _sharing(shown.content, around)
        if around.elsewhere:
            more = _more(shown.warning, wording.elsewhere(around.elsewhere))
            shown = replace(shown, warning=more, asks=True)
        if not too_often([one.at for one in found], at, rule):
            return shown
        button = shown.other is None
        told = wording.warned(rule, lists, len(found), button=button)
        shown = replace(
            shown,
            body=(told, *shown.body),
            seen={**shown.seen, _SEEN: sorted(one.effect for one in found)},
            asks=True,
        )
        if not button:
            return shown
        also = replace(leave or ExclusionChoice(), rule=rule)
        return replace(shown, other=wording.LABEL, other_content={**shown.content, KEY: packed(also)})


def _leave(found: Any, cap: MassCap) -> ExclusionChoice | None:
    """The exclusions. Raises ProposalRefused."""
    if not found:
        return None
    if isinstance(found, Mapping):  # it was made exact for an earlier preview
        return unpacked(found)
    if CAP in found and cap.most is None:
        raise ProposalRefused(tr(wording.NO_CAP))
    rule = FrequencyRule(cap.most, cap.days) if CAP in found and cap.most is not None else None
    hours = cap.live_hours if LIVE in found else 0
    return ExclusionChoice(hours, rule)


def _sharing(
    content: Content, around: NearbyMassMessages
) -> tuple[list[EarlierMassMessage], list[AudienceList]]:
    """Those that may share fans with it, and the lists on which they surely do."""
    mine = reach_of(content)
    how = [(one, *shared(mine, one.reach)) for one in around.ours]
    found = [one for one, answer, _ in how if answer is not AudienceOverlap.NOBODY]
    return found, [each for _, _, both in how for each in both]


def _more(warning: str | None, small: str) -> str:
    return "\n".join(filter(None, (warning, small)))
