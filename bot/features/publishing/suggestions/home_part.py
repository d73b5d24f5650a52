"""What /home says of posts that members suggest."""

from collections.abc import Sequence

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.engine.slots import SlotEntry
from bot.features.people.home.model import HOME_PARTS, HomeNews, HomePart
from bot.features.publishing.suggestions.list_service import SuggestionListService
from bot.model.language import msgid, tr_many


def suggested_part(listing: SuggestionListService) -> SlotEntry:
    """For those who may publish them."""

    async def read(permits: Sequence[Permit]) -> HomeNews | None:
        number = await listing.count(permits)
        if not number:
            return None
        return HomeNews(
            tr_many(
                "**{n} suggested post waits** for a decision.",
                "**{n} suggested posts wait** for a decision.",
                number,
            )
        )

    return HOME_PARTS.of(HomePart("suggested", 30, Action.POST, read, "/post review", msgid("Look")))
