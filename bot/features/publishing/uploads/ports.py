"""The ports of an upload: the vault on Fanvue, and the bytes of the file."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.features.publishing.uploads.bodies import UploadBody
from storage.publishing.uploads import UploadRecord
from storage.records import MediaId

READY = "ready"
UNTOLD = "untold"  # our own word


@dataclass(frozen=True)
class StartedUpload:
    """An upload that Fanvue waits for: which item it becomes, and how the file is to be cut."""

    media: MediaId
    upload: str
    part_size: int


class UploadSource(Protocol):
    """The bytes of one file."""

    def chunks(self, begin: int, length: int) -> AsyncIterator[bytes]:
        """So many from there on, never many at once. Raises SourceFailed."""


Sources = Callable[[UploadRecord, UploadBody], UploadSource]
