"""A desk's lists: says what it was told."""

from bot.access.permits import ActionConfirmation
from bot.access.policy import Action
from bot.features.publishing.lists.build_service import ListBuildService
from bot.features.publishing.lists.search_service import ListSearchService
from bot.features.publishing.lists.service import ListService
from bot.model.errors import DeliveryRefused
from bot.model.ports import Post
from tests.discord.desk import MILA, Desk, DeskServices
from tests.discord.desk_answers import answering


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""

    def create(name: str) -> None:
        raise DeliveryRefused(f"Made: {name}.")

    def add() -> None:
        raise DeliveryRefused("Added.")

    def remove() -> None:
        raise DeliveryRefused("Removed.")

    def rename() -> None:
        raise DeliveryRefused("Renamed.")

    def delete(yes: ActionConfirmation) -> str | None:
        yes.question(Action.LIST_DELETE)
        return "Deleted."

    def yes(yes: ActionConfirmation) -> str | None:
        yes.question(Action.LIST_BUILD)
        return "Begun."

    return answering(
        ListBuildService,
        ListSearchService,
        ListService,
        show=Post(body=("Lists.",)),
        suggest=[("Whales", "l1")],
        suggest_fans=[("Ada @ada", "f1")],
        create=create,
        add=add,
        remove=remove,
        rename=rename,
        ask_delete=Post(body=("Delete?",)),
        delete=delete,
        keep="Kept.",
        ask=Post(body=("Build?",)),
        ask_file=(Post(body=("Import?",)), ""),
        yes=yes,
        no="Left.",
        creator_of=MILA,
        stop="Stopped.",
        resume="Resumed.",
    )
