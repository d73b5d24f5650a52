"""A desk's uploads: says what it was told."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Sequence

from bot.engine.commands import CommandWish
from bot.features.publishing.uploads.service import (
    UploadAttachment,
    UploadMessage,
    UploadNames,
    UploadService,
)
from bot.features.publishing.uploads.target import UploadTarget
from bot.model.ports import Post
from storage.records import CommandId, CreatorId, DiscordId
from tests.discord.desk import MILA, Desk, DeskServices


class DeskUploads:
    """Every file goes into Mila's vault."""

    async def stage(
        self,
        wish: CommandWish,
        creator: CreatorId,
        files: Sequence[UploadAttachment],
        called: UploadNames,
        *,
        message: UploadMessage | None = None,
        target: UploadTarget | None = None,
    ) -> CommandId | None:
        return CommandId(wish.interaction)

    async def accept(self, command: CommandId) -> Post | str:
        return "They go up."

    async def cancel(self, command: CommandId) -> None:
        """Nothing was kept."""

    async def creator_of(self, command: str) -> CreatorId | None:
        return MILA

    async def stop(self, command: str, member: DiscordId) -> Post | str:
        return f"Stopped by {member}."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {UploadService: DeskUploads()}
