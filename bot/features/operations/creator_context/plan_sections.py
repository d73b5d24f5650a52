"""The sections of mass messages, and of all that is planned."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.access.policy import Action
from bot.access.roles import MoneyView, TeamStanding
from bot.fanvue.budget import RequestLane
from bot.fanvue.figures import PostRow
from bot.fanvue.models import MassMessageRow
from bot.features.operations.creator_context.amounts import amount_or_none, count
from bot.features.operations.creator_context.model import (
    CalendarEntry,
    CalendarSection,
    CampaignsSection,
    ContextCampaign,
)
from bot.features.operations.creator_context.model_parts import Count, moment, moment_or_none
from bot.features.operations.creator_context.request_rules import may_do
from bot.features.publishing.campaigns.fanvue import FanvueCampaigns
from bot.features.publishing.campaigns.status_rules import CampaignStatus, standing
from bot.features.publishing.post_management.change_rules import is_out
from bot.features.publishing.post_management.fanvue import FanvuePostManagement
from bot.model.ports import Clock
from bot.text.safe_text import plain
from storage.records import CreatorId, Millis

_CURRENCY = "USD"  # of all prices on Fanvue
_LANE = RequestLane.REPORTS  # behind people, and behind what keeps threads true


@dataclass(frozen=True)
class PlanSectionReader:
    """Reads Fanvue's lists. Raises one of the errors of delivery."""

    campaigns: FanvueCampaigns
    posts: FanvuePostManagement
    clock: Clock

    async def sent(self, creator: CreatorId, most: int, level: MoneyView) -> CampaignsSection:
        """The newest mass messages, by anybody from anywhere."""
        rows = await self.campaigns.listed(creator, patient=True, lane=_LANE)
        return CampaignsSection(messages=[_campaign(row, level) for row in rows[:most]])

    async def planned(self, creator: CreatorId, most: int, role: TeamStanding) -> CalendarSection:
        """Posts that are scheduled, and mass messages, where the role may see those."""
        listed = await self.posts.listed(creator, unpublished=True, lane=_LANE)
        entries = _posts(listed.rows, self.clock.now())
        if may_do(role, Action.CAMPAIGNS):
            rows = await self.campaigns.listed(creator, patient=True, lane=_LANE)
            entries += [entry for row in rows if (entry := _planned(row)) is not None]
        entries.sort(key=lambda entry: (entry.at, entry.id))
        return CalendarSection(entries=entries[:most], complete=listed.whole and len(entries) <= most)


def _campaign(row: MassMessageRow, level: MoneyView) -> ContextCampaign:
    hidden = level is MoneyView.HIDDEN
    return ContextCampaign(
        id=row.uuid,
        text=plain(row.text) if row.text else None,
        status=row.status,
        media=len(row.media_uuids or ()),
        price=amount_or_none(row.price or None, _CURRENCY, MoneyView.EXACT),
        created_at=moment_or_none(row.created_at),
        scheduled_at=moment_or_none(row.scheduled_at),
        sent_at=moment_or_none(row.published_at),
        recipients=_count(row.recipient_count, level),
        viewed=_count(row.view_count, level),
        bought=_count(row.purchase_count, level),
        revenue=None if hidden else amount_or_none(row.total_revenue, _CURRENCY, level),
    )


def _count(number: int | None, level: MoneyView) -> Count | None:
    return None if number is None or level is MoneyView.HIDDEN else count(number, level)


def _posts(rows: Sequence[PostRow], now: Millis) -> list[CalendarEntry]:
    return [
        CalendarEntry(
            kind="post",
            id=row.uuid,
            at=moment(row.publish_at),
            text=plain(row.text) if row.text else None,
            media=len(row.media_uuids or ()),
            price=amount_or_none(row.price or None, _CURRENCY, MoneyView.EXACT),
        )
        for row in rows
        if row.publish_at is not None and not is_out(row, now)
    ]


def _planned(row: MassMessageRow) -> CalendarEntry | None:
    if row.scheduled_at is None or standing(row) is not CampaignStatus.SCHEDULED:
        return None
    return CalendarEntry(
        kind="mass_message",
        id=row.uuid,
        at=moment(row.scheduled_at),
        text=plain(row.text) if row.text else None,
        media=len(row.media_uuids or ()),
        price=amount_or_none(row.price or None, _CURRENCY, MoneyView.EXACT),
    )
