"""A desk's promises: says what it was told."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Sequence

from bot.features.inbox.promises.list_service import PromiseListService
from bot.features.inbox.promises.service import PromiseService
from bot.features.inbox.promises.source_service import PromiseSourceService
from bot.model.ports import Post
from storage.records import CreatorId, DiscordId
from tests.discord.desk import MILA, Desk, DeskServices


class DeskKeeping:
    """Every promise was made to a fan of Mila's."""

    async def add(
        self, actor: DiscordId, channel: DiscordId, what: str, until: str, message: DiscordId | None = None
    ) -> str:
        return f"{actor} promised: {what}, {until}."

    async def done(self, actor: DiscordId, channel: DiscordId, which: str | None) -> str:
        return f"Kept by {actor}."

    async def drop(self, actor: DiscordId, channel: DiscordId, which: str | None, reason: str) -> str:
        return f"Dropped by {actor}."

    async def change(
        self, actor: DiscordId, channel: DiscordId, which: str | None, what: str | None, until: str | None
    ) -> str:
        return f"Changed by {actor}."

    async def suggest(self, channel: DiscordId, typed: str) -> Sequence[tuple[str, str]]:
        return [("The video.", "0" * 22)]

    async def times(self, creator: CreatorId) -> Sequence[tuple[str, str]]:
        return [("Tomorrow, 9:00", "tomorrow 9:00")]

    async def creator_of(self, ref: str) -> CreatorId | None:
        return MILA

    async def keep(self, actor: DiscordId, ref: str) -> str:
        return f"Kept by {actor}."

    async def give_up(self, actor: DiscordId, ref: str, reason: str) -> str:
        return f"Dropped by {actor}."

    async def tomorrow(self, actor: DiscordId, ref: str) -> str:
        return f"Moved by {actor}."


class DeskListing:
    """Nobody is owed anything."""

    async def page(self, channel: DiscordId, mine: Sequence[CreatorId], number: int = 0) -> Post:
        return Post(body=(f"Page {number} of {len(mine)}.",))

    async def show(self, ref: str) -> Post | str:
        return "The video."


class DeskPromiseSource:
    """Every message is ours."""

    async def text_of(self, channel: DiscordId, message: DiscordId) -> str:
        return "The video."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {
        PromiseListService: DeskListing(),
        PromiseService: DeskKeeping(),
        PromiseSourceService: DeskPromiseSource(),
    }
