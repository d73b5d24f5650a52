"""Reads a file of this machine's piece by piece, as long as it stays what it was."""

import asyncio
import os
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.fanvue.part_store import SourceFailed
from bot.model.language import msgid

_PIECE = 1024 * 1024
CHANGED = msgid("The file changed during the upload. Run the same command again once it no longer changes.")
UNREADABLE = msgid(
    "The running bridge can't read this file. Put it where it can, on the same machine "
    "(with Docker: in the same container), and run the same command again."
)


class LocalFile:
    """One file, as it was when somebody asked for it."""

    def __init__(self, path: str, *, size: int, as_of: int) -> None:
        self._path = path
        self._size = size
        self._as_of = as_of

    async def chunks(self, begin: int, length: int) -> AsyncIterator[bytes]:
        """So many bytes from there on, never many at once. Raises SourceFailed."""
        async with self._open() as file:
            end = begin + length
            while begin < end:
                chunk = await asyncio.to_thread(_read, file, min(_PIECE, end - begin), begin)
                begin += len(chunk)
                if not chunk:
                    raise SourceFailed(CHANGED)
                yield chunk
            await asyncio.to_thread(self._check, file)

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[int]:
        file = await asyncio.to_thread(_opened, self._path)
        try:
            await asyncio.to_thread(self._check, file)
            yield file
        finally:
            os.close(file)

    def _check(self, file: int) -> None:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode) or (found.st_size, found.st_mtime_ns) != (self._size, self._as_of):
            raise SourceFailed(CHANGED)


def _opened(path: str) -> int:
    try:
        # Not to hang on a pipe that has taken the file's place.
        return os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise SourceFailed(UNREADABLE) from error


def _read(file: int, length: int, begin: int) -> bytes:
    try:
        return os.pread(file, length, begin)
    except OSError as error:
        raise SourceFailed(UNREADABLE) from error
