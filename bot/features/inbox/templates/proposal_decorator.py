"""Fills in what was typed by hand for many to read, whichever feature it is of."""

from collections.abc import Mapping, Sequence

from bot.features.publishing.proposals.decorator import ProposalDecorator
from bot.features.publishing.proposals.model import Content, ProposalKind, ProposalPreview, ProposalRefused
from bot.model.language import tr
from bot.model.ports import Clock
from bot.relay.carried_drafts import DRAFTED, filled_in
from bot.relay.field_values import shared_values
from bot.text.template_variables import BadTemplateText, fill_typed
from storage.database import Database
from storage.records import Link

_TEXT = "text"
_INSIDE = ("typed", "fields")  # where a change of something has its new text


class TemplateProposalDecorator(ProposalDecorator):
    """A feature whose texts are filled in before anybody sees its preview; a second time changes nothing."""

    def __init__(self, feature: ProposalKind, *, database: Database, clock: Clock) -> None:
        super().__init__(feature)
        self._database = database
        self._clock = clock

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """The feature's own, of the text as fans will read it. Raises ProposalRefused."""
        now = self._clock.now()
        values = await self._database.read(lambda tx: shared_values(tx, link.creator, now=now))
        return await self._feature.preview(link, _filled(content, values))

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        return self._feature.holds(shown, now)


def fields_filled(
    features: Sequence[ProposalKind], *, database: Database, clock: Clock
) -> list[ProposalKind]:
    """These features, with their texts filled in."""
    return [TemplateProposalDecorator(feature, database=database, clock=clock) for feature in features]


def _filled(content: Content, values: Mapping[str, str | None]) -> Content:
    inside = {
        name: _filled(content[name], values) for name in _INSIDE if isinstance(content.get(name), Mapping)
    }
    if drafted := content.get(DRAFTED):
        inside[DRAFTED] = dict(filled_in(drafted, lambda text: fill_typed(text, values)))
    text = content.get(_TEXT)
    if not isinstance(text, str):
        return {**content, **inside}
    try:
        return {**content, **inside, _TEXT: fill_typed(text, values)}
    except BadTemplateText as bad:
        raise ProposalRefused(tr("{bad} Not sent.", bad=bad)) from bad
