"""What commands and buttons need of uploads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.engine.commands import CommandWish
from bot.model.ports import Post
from storage.records import CommandId, CreatorId, DiscordId


class AttachmentUses(Protocol):
    """A file as Discord describes it."""

    @property
    def filename(self) -> str:
        """What it is called."""

    @property
    def url(self) -> str:
        """Where Discord keeps it."""

    @property
    def size(self) -> int:
        """In bytes."""

    @property
    def content_type(self) -> str | None:
        """What Discord takes it for."""


@dataclass(frozen=True)
class AttachmentNames:
    """What is said of files besides themselves: what a single one is called, and the folder for all."""

    name: str | None
    folder: str | None


@dataclass(frozen=True)
class SourceMessage:
    """The message that files came with: its channel, or its thread's parent, and who may delete it."""

    id: DiscordId
    place: DiscordId
    deletable: bool  # by whoever asks: it is their own, or they may delete others' messages there


class UploadUses(Protocol):
    """Files into a creator's vault. Refusals are raised with a sentence."""

    async def stage(
        self,
        wish: CommandWish,
        creator: CreatorId,
        files: Sequence[AttachmentUses],
        called: AttachmentNames,
        *,
        message: SourceMessage | None = None,
    ) -> CommandId | None:
        """Keep it before Discord is answered. Refused: nothing is kept. `message`: with which they came."""

    async def accept(self, command: CommandId) -> Post | str:
        """Take them on; returns what to show the member."""

    async def cancel(self, command: CommandId) -> None:
        """Discord did not take the answer: nothing will be uploaded."""

    async def creator_of(self, command: str) -> CreatorId | None:
        """Into whose vault the files of a command go."""

    async def stop(self, command: str, member: DiscordId) -> Post | str:
        """Stop what of a member's files is not whole at Fanvue."""


class NoUploads:
    """Nothing can be uploaded: what holds until `bot.app.command_services` passes in better."""

    async def stage(
        self,
        wish: CommandWish,  # noqa: ARG002 - the port's
        creator: CreatorId,  # noqa: ARG002
        files: Sequence[AttachmentUses],  # noqa: ARG002
        called: AttachmentNames,  # noqa: ARG002
        *,
        message: SourceMessage | None = None,  # noqa: ARG002
    ) -> CommandId | None:
        """Nothing is kept."""
        return None

    async def accept(self, _command: CommandId, /) -> Post | str:
        """Nothing is taken on."""
        return "Nothing can be uploaded here."

    async def cancel(self, _command: CommandId, /) -> None:
        """There is nothing."""

    async def creator_of(self, _command: str, /) -> CreatorId | None:
        """Nobody's."""
        return None

    async def stop(self, _command: str, _member: DiscordId, /) -> Post | str:
        """There is nothing."""
        return "Nothing can be uploaded here."
