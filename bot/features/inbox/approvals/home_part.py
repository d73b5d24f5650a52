"""What /home says of replies that wait for a lead."""

from collections.abc import Sequence

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.engine.slots import SlotEntry
from bot.features.inbox.approvals.list_service import ApprovalListService
from bot.features.people.home.model import HOME_PARTS, HomeNews, HomePart
from bot.model.language import msgid, tr_many


def review_part(listing: ApprovalListService) -> SlotEntry:
    """Those that others wrote: nobody decides about their own."""

    async def read(permits: Sequence[Permit]) -> HomeNews | None:
        number = await listing.count(permits)
        if not number:
            return None
        said = tr_many(
            "**{n} reply waits** for a lead to approve.",
            "**{n} replies wait** for a lead to approve.",
            number,
        )
        return HomeNews(said)

    return HOME_PARTS.of(HomePart("review", 20, Action.REVIEW, read, "/inbox review", msgid("Review")))
