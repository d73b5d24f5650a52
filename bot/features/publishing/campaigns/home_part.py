"""What /home says of mass messages that were planned."""

from collections.abc import Sequence

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.engine.slots import SlotEntry
from bot.features.people.home.model import HOME_PARTS, HomeNews, HomePart
from bot.features.publishing.campaigns.service import CampaignService
from bot.model.language import msgid, number_text, tr


def planned_part(listing: CampaignService) -> SlotEntry:
    """Those that were planned from here; /mass show asks Fanvue."""

    async def read(permits: Sequence[Permit]) -> HomeNews | None:
        found = await listing.planned(sorted({one.creator for one in permits if one.creator is not None}))
        if not found:
            return None
        others = tr(", {count} more later", count=number_text(len(found) - 1)) if len(found) > 1 else ""
        return HomeNews(
            tr(
                "**Next mass message:** planned here for <t:{at}:f>{others}.",
                at=found[0] // 1000,
                others=others,
            )
        )

    return HOME_PARTS.of(HomePart("planned", 60, Action.CAMPAIGNS, read, "/mass show", msgid("Campaigns")))
