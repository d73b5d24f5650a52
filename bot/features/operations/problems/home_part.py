"""What /home says of problems that need a person."""

from collections.abc import Sequence

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.engine.slots import SlotEntry
from bot.features.operations.problems.service import ProblemService
from bot.features.people.home.model import HOME_PARTS, HomeNews, HomePart


def problems_part(problems: ProblemService) -> SlotEntry:
    """For those who may settle them."""

    async def read(permits: Sequence[Permit]) -> HomeNews | None:
        number = await problems.count(sorted({one.creator for one in permits if one.creator is not None}))
        if not number:
            return None
        what = "1 problem needs" if number == 1 else f"{number:,} problems need"
        return HomeNews(f"⚠️ **{what}** your attention.")

    return HOME_PARTS.of(HomePart("problems", 15, Action.PROBLEMS, read, "/inbox problems", "Settle"))
