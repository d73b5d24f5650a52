"""Two questions of /readyz that belong to no part: can be written, is there room."""

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

from storage.database import Database, Transaction
from storage.errors import StorageError

LEAST = 500 * 1024 * 1024  # bytes: below that a busy evening may fill the disk

LITTLE = 10 * 1024 * 1024  # where there are only small files, because the database is on a server

Probe = Callable[[], Awaitable[str | None]]


def writable(database: Database) -> Probe:
    """Whether a commit to the database succeeds."""

    async def probe() -> str | None:
        try:
            await database.write(_nothing)
        except StorageError as error:
            return f"the database cannot be written: {type(error).__name__}"
        return None

    return probe


def roomy(folder: Path, *, least: int = LEAST) -> Probe:
    """Whether at least so many bytes are free where the bridge keeps its files."""

    async def probe() -> str | None:
        free: int = shutil.disk_usage(folder).free
        if free >= least:
            return None
        return (
            f"only {free // 1_048_576} MB are free where the bridge keeps its files: "
            f"make room, at least {least // 1_048_576} MB"
        )

    return probe


async def _nothing(tx: Transaction) -> None:
    await tx.execute("UPDATE instance SET epoch = epoch WHERE one = 1")
