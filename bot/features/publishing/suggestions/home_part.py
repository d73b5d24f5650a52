"""What /home says of posts that members suggest."""

from collections.abc import Sequence

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.engine.slots import SlotEntry
from bot.features.people.home.model import HOME_PARTS, HomeNews, HomePart
from bot.features.publishing.suggestions.list_service import SuggestionListService


def suggested_part(listing: SuggestionListService) -> SlotEntry:
    """For those who may publish them."""

    async def read(permits: Sequence[Permit]) -> HomeNews | None:
        number = await listing.count(permits)
        if not number:
            return None
        what = "1 suggested post waits" if number == 1 else f"{number:,} suggested posts wait"
        return HomeNews(f"**{what}** for a decision.")

    return HOME_PARTS.of(HomePart("suggested", 30, Action.POST, read, "/post review", "Look"))
