"""The ports of an upload: the vault on Fanvue, and the bytes of the file."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.features.publishing.uploads.bodies import UploadBody
from storage.publishing.uploads import UploadRecord
from storage.records import CreatorId, MediaId

READY = "ready"
UNTOLD = "untold"  # our own word


@dataclass(frozen=True)
class StartedUpload:
    """An upload that Fanvue waits for: which item it becomes, and how the file is to be cut."""

    media: MediaId
    upload: str
    part_size: int


class UploadVaultPort(Protocol):
    """A creator's vault. One attempt each, all of them safe to repeat; raises `DeliveryFailed`.

    TryLater where a repeat may help, else Refused or Gone.
    """

    async def begin(self, creator: CreatorId, body: UploadBody, size: int) -> StartedUpload:
        """Have Fanvue wait for a file."""

    async def send(
        self, creator: CreatorId, upload: str, number: int, chunks: AsyncIterator[bytes], size: int
    ) -> str:
        """Send one part; its tag. Also raises SourceFailed."""

    async def finish(self, creator: CreatorId, upload: str, etags: Sequence[str]) -> None:
        """Have the parts put together."""

    async def put_in_folder(self, creator: CreatorId, media: MediaId, folder: str) -> None:
        """Have an item be in a folder; Gone where there is none of that name."""

    async def status(self, creator: CreatorId, media: MediaId) -> str | None:
        """An item's status: created, processing, ready, error; UNTOLD; None: there is no such item."""


class UploadSource(Protocol):
    """The bytes of one file."""

    def chunks(self, begin: int, length: int) -> AsyncIterator[bytes]:
        """So many from there on, never many at once. Raises SourceFailed."""


Sources = Callable[[UploadRecord, UploadBody], UploadSource]
