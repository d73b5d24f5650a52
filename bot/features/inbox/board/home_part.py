"""What /home says of the fans who wait, and which of them are one's own."""

from collections.abc import Sequence

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.engine.slots import SlotEntry
from bot.features.inbox.board import texts
from bot.features.inbox.board.service import BoardService
from bot.features.people.home.model import HOME_PARTS, HomeNews, HomePart
from bot.model.language import msgid, number_text, tr, tr_many

_NAMED = 3


def waiting_part(board: BoardService) -> SlotEntry:
    """It is always there: that nobody waits is good news."""

    async def read(permits: Sequence[Permit]) -> HomeNews:
        of = {one.creator: one.money for one in permits if one.creator is not None}
        member = permits[0].actor.user
        waiting, mine, handles = await board.urgent(of, member)
        lines = [texts.line_for(line, handles, member) for line in waiting[:_NAMED]]
        return HomeNews("\n".join([_count(len(waiting), len(mine)), *lines]))

    return HOME_PARTS.of(HomePart("waiting", 10, Action.INBOX, read, "/inbox waiting", msgid("Inbox")))


def _count(waiting: int, mine: int) -> str:
    if not waiting:
        return tr("**Nobody waits.** Every fan has an answer.")
    if not mine:
        return tr_many("**{n} fan waits.**", "**{n} fans wait.**", waiting)
    return tr_many(
        "**{n} fan waits**, {mine} of them yours.",
        "**{n} fans wait**, {mine} of them yours.",
        waiting,
        mine=number_text(mine),
    )
