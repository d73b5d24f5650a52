"""Records of a vault besides its media: folders, and what an address gives."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.fanvue.records import MediaId, UserId


@dataclass
class VaultFolder:
    """A folder of somebody's vault, addressed by its name; taking media out never deletes them."""

    owner: UserId
    name: str
    created_at: datetime
    media: list[MediaId] = field(default_factory=list)


@dataclass(frozen=True)
class UploadedPart:
    """A piece of a file that was taken; its bytes are not kept."""

    size: int
    etag: str


@dataclass
class VaultUploadRecord:
    """A file on its way into a vault. `gone`: given up by Fanvue, as stores do after a while."""

    id: str
    media: MediaId
    owner: UserId
    size: int | None
    part_size: int
    parts: dict[int, UploadedPart] = field(default_factory=dict)
    finished: bool = False
    gone: bool = False


@dataclass(frozen=True)
class ServedFile:
    """The content at a file's address; with `moved_to` it sends the reader there."""

    content: bytes
    content_type: str
    moved_to: str = ""
