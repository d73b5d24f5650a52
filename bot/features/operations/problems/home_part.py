"""What /home says of problems that need a person."""

from collections.abc import Sequence

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.engine.slots import SlotEntry
from bot.features.operations.problems.service import ProblemService
from bot.features.people.home.model import HOME_PARTS, HomeNews, HomePart
from bot.model.language import msgid, tr_many


def problems_part(problems: ProblemService) -> SlotEntry:
    """For those who may settle them."""

    async def read(permits: Sequence[Permit]) -> HomeNews | None:
        number = await problems.count(sorted({one.creator for one in permits if one.creator is not None}))
        if not number:
            return None
        return HomeNews(
            tr_many(
                "⚠️ **{n} problem needs** your attention.", "⚠️ **{n} problems need** your attention.", number
            )
        )

    return HOME_PARTS.of(HomePart("problems", 15, Action.PROBLEMS, read, "/inbox problems", msgid("Settle")))
