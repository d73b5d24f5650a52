"""The fans who wait, across creators: a private list for a member, page by page."""

from collections.abc import Sequence

from bot.access.policy import Action
from bot.access.roles import MoneyView
from bot.discord.answers import AnswerContent, Said, private
from bot.discord.asking import asks, each, permits_of
from bot.discord.bridge import Asked, ButtonHandlers, ListHandlers, service
from bot.features.inbox.board.service import BoardPage, BoardService
from cogs.operations.problem_views import may_settle
from storage.records import CreatorId, DiscordId


async def show_waiting(asked: Asked) -> None:
    """Answer with the first page of all who wait."""

    async def deed() -> Said:
        return _shown(await service(asked, BoardService).page_of(*_whose(asked), "", settles=_settles(asked)))

    await private(asked, deed)


@asks(Action.INBOX, each)
async def open_waiting(asked: Asked, _ref: str) -> None:
    """The button under a board."""
    await show_waiting(asked)


@asks(Action.INBOX, each)
async def turn_waiting(asked: Asked, ref: str) -> None:
    async def deed() -> Said:
        return _shown(
            await service(asked, BoardService).page_of(*_whose(asked), ref, settles=_settles(asked))
        )

    await private(asked, deed, in_place=True)


@asks(Action.INBOX, each)
async def pick_waiting(asked: Asked, _ref: str, chosen: Sequence[str]) -> None:
    async def deed() -> Said:
        look = await service(asked, BoardService).list_of(*_whose(asked), chosen, settles=_settles(asked))
        return _shown(look)

    await private(asked, deed, in_place=True)


def _shown(look: BoardPage) -> AnswerContent:
    return AnswerContent(look.post, choice=look.choice)


def _settles(asked: Asked) -> bool:
    return bool(may_settle(permits_of(asked)))


def _whose(asked: Asked) -> tuple[dict[CreatorId, MoneyView], DiscordId]:
    found = {permit.creator: permit.money for permit in permits_of(asked) if permit.creator is not None}
    return dict(sorted(found.items())), DiscordId(asked.user.id)


BUTTONS: ButtonHandlers = {
    "inbox.open": open_waiting,
    "inbox.page": turn_waiting,
}
LISTS: ListHandlers = {
    "inbox.pick": pick_waiting,
}
