"""What /home says of replies that are sent later."""

from collections.abc import Sequence

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.access.roles import Permission
from bot.engine.slots import SlotEntry
from bot.features.inbox.scheduled.service import ScheduledReplyService
from bot.features.people.home.model import HOME_PARTS, HomeNews, HomePart
from bot.model.language import msgid, number_text, tr


def scheduled_part(scheduled: ScheduledReplyService) -> SlotEntry:
    """One's own, and everybody's where one leads."""

    async def read(permits: Sequence[Permit]) -> HomeNews | None:
        actor = permits[0].actor
        if actor.guild is None:
            return None
        leads = {one.creator: _leads(one) for one in permits if one.creator is not None}
        found = await scheduled.upcoming(leads, actor.user, actor.guild)
        if not found:
            return None
        first, more = found[0], len(found) - 1
        at = first.at // 1000
        if not more:
            return HomeNews(tr("**Next scheduled reply:** {fan}, <t:{at}:R>.", fan=first.fan, at=at))
        return HomeNews(
            tr(
                "**Next scheduled reply:** {fan}, <t:{at}:R>, {more} more later.",
                fan=first.fan,
                at=at,
                more=number_text(more),
            )
        )

    return HOME_PARTS.of(HomePart("scheduled", 50, Action.INBOX, read, "/inbox scheduled", msgid("Show")))


def _leads(permit: Permit) -> bool:
    return permit.standing is not None and Permission.APPROVE in permit.standing.permissions
