"""A desk's lists: says what it was told."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Mapping, Sequence
from typing import Any

from bot.access.permits import ActionConfirmation, Permit
from bot.access.policy import Action
from bot.features.publishing.lists.build_service import ListBuildService
from bot.features.publishing.lists.search_service import ListSearchService
from bot.features.publishing.lists.service import ListService
from bot.model.errors import DeliveryRefused
from bot.model.ports import Post
from storage.records import CommandId, CreatorId, DiscordId
from tests.discord.desk import MILA, Desk, DeskServices


class DeskLists:
    """Lists that nobody keeps; all parts in one."""

    async def show(self, permit: Permit, wanted: str | None) -> Post:
        return Post(body=("Lists.",))

    async def suggest(self, permit: Permit, typed: str) -> Sequence[tuple[str, str]]:
        return [("Whales", "l1")]

    async def suggest_fans(self, permit: Permit, typed: str) -> Sequence[tuple[str, str]]:
        return [("Ada @ada", "f1")]

    async def create(self, permit: Permit, name: str, command: CommandId) -> None:
        raise DeliveryRefused(f"Made: {name}.")

    async def add(
        self, permit: Permit, which: str, fan: str | None, channel: DiscordId, command: CommandId
    ) -> None:
        raise DeliveryRefused("Added.")

    async def remove(
        self, permit: Permit, which: str, fan: str | None, channel: DiscordId, command: CommandId
    ) -> None:
        raise DeliveryRefused("Removed.")

    async def rename(self, permit: Permit, which: str, name: str, command: CommandId) -> None:
        raise DeliveryRefused("Renamed.")

    async def ask_delete(self, permit: Permit, which: str) -> Post:
        return Post(body=("Delete?",))

    async def delete(self, yes: ActionConfirmation, command: CommandId) -> str | None:
        yes.question(Action.LIST_DELETE)
        return "Deleted."

    async def keep(self, permit: Permit, ref: str) -> str:
        return "Kept."

    async def ask(self, permit: Permit, name: str, query: Mapping[str, Any]) -> Post:
        return Post(body=("Build?",))

    async def ask_file(self, permit: Permit, name: str, content: bytes) -> tuple[Post, str]:
        return Post(body=("Import?",)), ""

    async def yes(self, yes: ActionConfirmation, command: CommandId) -> str | None:
        yes.question(Action.LIST_BUILD)
        return "Begun."

    async def no(self, permit: Permit, ref: str) -> str:
        return "Left."

    async def creator_of(self, ref: str) -> CreatorId | None:
        return MILA

    async def stop(self, permit: Permit, ref: str, command: CommandId) -> str | None:
        return "Stopped."

    async def resume(self, permit: Permit, ref: str, command: CommandId) -> str | None:
        return "Resumed."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    one = DeskLists()
    return {ListBuildService: one, ListSearchService: one, ListService: one}
