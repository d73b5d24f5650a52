"""Reads an attachment piece by piece, for as long as Discord gives it out."""

from collections.abc import AsyncIterator
from typing import Protocol

from bot.fanvue.part_store import SourceFailed
from bot.model.errors import TargetGone
from bot.model.language import msgid

OVER = msgid(
    "Discord no longer provides this file: it keeps the files of a command or a window "
    "only for a while. Upload the file again."
)


class AttachmentsPort(Protocol):
    def chunks(self, address: str, begin: int, length: int) -> AsyncIterator[bytes]:
        """So many bytes from there on. Raises Gone, and TryLater where a repeat may help."""


class AttachmentSource:
    def __init__(self, attachments: AttachmentsPort, address: str) -> None:
        self._attachments = attachments
        self._address = address

    async def chunks(self, begin: int, length: int) -> AsyncIterator[bytes]:
        """See `Source`."""
        try:
            async for chunk in self._attachments.chunks(self._address, begin, length):
                yield chunk
        except TargetGone as over:
            raise SourceFailed(OVER) from over
