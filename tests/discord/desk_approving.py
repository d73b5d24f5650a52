"""`ApprovalUses` of a desk: one reply waits, and every word counts."""

# ruff: noqa: ARG002 - the signatures are the ports'; a desk needs less than the real thing

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.access.permits import Permit
from bot.discord.uses_approving import ApprovalUses
from bot.engine.commands import CommandWish
from bot.model.ports import MessageToFan, Post
from storage.records import CommandId, DiscordId, DraftId
from tests.discord.desk import Desk


@dataclass(frozen=True)
class DeskPage:
    """What is shown."""

    post: Post
    whole: str | None = None


@dataclass
class DeskReviews:
    """Both halves."""

    desk: Desk

    async def page(self, permits: Sequence[Permit], ref: str, /) -> DeskPage:
        return DeskPage(Post(body=("A reply waits.",)))

    async def opened(self, ref: DraftId, reader: DiscordId, lead: Permit | None, /) -> DeskPage:
        return DeskPage(Post(body=("It waits.",)))

    async def window(self, permit: Permit, ref: DraftId, /) -> MessageToFan:
        return MessageToFan("Held")

    async def stage(
        self, wish: CommandWish, permit: Permit, ref: DraftId, body: Mapping[str, Any], /
    ) -> CommandId | None:
        return self.desk.keep(wish, "review.press")

    async def stage_own(self, wish: CommandWish, permit: Permit, ref: DraftId, /) -> CommandId | None:
        return self.desk.keep(wish, "review.press")

    async def approve(self, command: CommandId, permit: Permit, /) -> DeskPage:
        return self._done(command, "Approved.")

    async def edit(self, command: CommandId, permit: Permit, /) -> DeskPage:
        return self._done(command, "Edited.")

    async def give_back(self, command: CommandId, permit: Permit, /) -> DeskPage:
        return self._done(command, "Returned.")

    async def take_back(self, command: CommandId, actor: DiscordId, /) -> DeskPage:
        return self._done(command, "Taken back.")

    async def cancel(self, command: CommandId, /) -> None:
        self.desk.kept[command].state = "cancelled"

    def _done(self, command: CommandId, words: str) -> DeskPage:
        self.desk.kept[command].state = "accepted"
        return DeskPage(Post(body=(words,)))


def desk_reviewing(desk: Desk) -> ApprovalUses:
    """For a desk."""
    return ApprovalUses(DeskReviews(desk), DeskReviews(desk))
