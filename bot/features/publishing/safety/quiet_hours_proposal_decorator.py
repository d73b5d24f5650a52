"""A mass message in quiet hours: its preview says so, and offers their end."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.features.publishing.proposals.decorator import ProposalDecorator
from bot.features.publishing.proposals.model import Content, ProposalKind, ProposalPreview
from bot.features.publishing.safety import quiet_hours_rules
from bot.model.language import ENGLISH, language, msgid, tr
from bot.relay.context import Context
from bot.text.moments import local_time
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Transaction
from storage.money import digests
from storage.publishing import quiet_hours
from storage.publishing.quiet_hours import QuietHours
from storage.records import CreatorId, Link, Millis

_SEEN = "quiet"
_TWICE = ("Send", "Schedule")  # what English labels of mass messages begin with; a change's is whole
_NOW = msgid(
    "🌙 **Quiet hours now:** {hours} ({zone}), when many fans sleep. “At {ends}” plans "
    "it for their end, <t:{over}:R>. If you confirm, it is sent anyway."
)
_THEN = msgid(
    "🌙 **Quiet hours at that time:** {hours} ({zone}), when many fans sleep. “At {ends}” plans "
    "it for their end, <t:{over}:R>. If you confirm, it is sent anyway."
)


class QuietHoursProposalDecorator(ProposalDecorator):
    """A feature whose content says when it goes out. Nothing is stopped: the confirmer has read it."""

    def __init__(self, ctx: Context, feature: ProposalKind) -> None:
        super().__init__(feature)
        self._ctx = ctx

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """The feature's own; within quiet hours with a warning, another button, and another label."""
        shown = await self._feature.preview(link, content)
        hours, zone = await self._ctx.database.read(lambda tx: _hours(tx, link.creator))
        at: Millis | None = shown.content["at"]
        over = quiet_hours_rules.over_at(hours, self._ctx.clock.now() if at is None else at, zone)
        if hours is None or over is None:
            return shown
        ends = f"{local_time(over, zone):%H:%M}"
        warning = tr(
            _NOW if at is None else _THEN,
            hours=quiet_hours_rules.spoken(hours),
            zone=zone.key,
            ends=ends,
            over=over // 1000,
        )
        return replace(
            shown,
            body=(warning, *shown.body),
            confirm=_label(shown.confirm),
            seen={**shown.seen, _SEEN: True},
            asks=True,
            other=tr("At {ends}", ends=ends),
            other_content={**shown.content, "at": over},
        )

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """As for the feature, and nobody is spared the warning that they would read by now."""
        spared = now.seen.get(_SEEN, False) and not shown.seen.get(_SEEN, False)
        return not spared and self._feature.holds(shown, now)


async def _hours(tx: Transaction, creator: CreatorId) -> tuple[QuietHours | None, ZoneInfo]:
    zone = await digests.zone(tx, creator)
    return await quiet_hours.get(tx, creator), zone_of(zone or DEFAULT_ZONE)


def _label(confirm: str) -> str:
    verb, space, rest = confirm.partition(" ")
    if language() == ENGLISH and verb in _TWICE:
        return f"{verb} in quiet hours{space}{rest}"
    # Translators: {label} is a button's: “Send to 12 fans”
    return tr("{label}, in quiet hours", label=confirm)
