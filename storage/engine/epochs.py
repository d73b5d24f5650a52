"""The epoch, kept twice: a restored database is recognised at its next start.

Each start gives the database a new epoch and writes the same into a file beside it, which no backup
carries. A database whose epoch that file does not know came from somewhere else: a backup, a copy,
another machine. It is not to be trusted about what still has to be done (R19). On PostgreSQL the other
place is a note of where the database lies, which a dump carries along and which fits nowhere else.

The file names the old epoch and the new one while the database moves from one to the other, so that a
process that dies in between is no restore.
"""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

from storage.database import Database, Transaction
from storage.engine import instance, move_marks, restore_review, restore_window
from storage.errors import DatabaseUnreachable
from storage.records import Millis

Note = Callable[[Transaction, int], Awaitable[None]]


class EpochSide(Protocol):
    """The other place of the epoch."""

    async def recall(self) -> frozenset[str]:
        """The epochs that the database may have; empty when none is known."""

    async def note(self, *epochs: str) -> None:
        """Durably: know these epochs and no others."""


class EpochFile:
    """The epochs that the database beside this file may have."""

    def __init__(self, database: Path) -> None:
        """`database`: the database's own path."""
        self._path = database.with_name(f"{database.name}.epoch")

    def known(self) -> frozenset[str]:
        """The epochs written last; empty when there is no such file."""
        try:
            return frozenset(self._path.read_text("ascii").split())
        except FileNotFoundError:
            return frozenset()
        except (OSError, UnicodeDecodeError) as error:
            raise DatabaseUnreachable(f"The file {self._path.name} cannot be read: “{error}”.") from error

    async def recall(self) -> frozenset[str]:
        """See `EpochSide`."""
        return self.known()

    async def note(self, *epochs: str) -> None:
        """See `EpochSide`."""
        self.write(*epochs)

    def write(self, *epochs: str) -> None:
        """Durably, and whole or not at all: know these epochs and no others."""
        fresh = self._path.with_name(f"{self._path.name}.new")
        try:
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            try:
                os.write(descriptor, "".join(f"{epoch}\n" for epoch in epochs).encode("ascii"))
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            fresh.replace(self._path)
            sync_folder(self._path.parent)
        except OSError as error:
            raise DatabaseUnreachable(f"The file {self._path.name} cannot be written: “{error}”.") from error


async def begin_run(
    database: Database, side: EpochSide, *, epoch: str, canary: bytes, now: Millis, note: Note
) -> Millis | None:
    """Begin a run under a new epoch; since when the database waits for the operator's word, if it does.

    What a restored database would do again is parked in the commit that recognises it. `canary` is kept
    at the first start only; at later ones the keys must have been checked against the one that is there.
    `note` is part of that commit, with the number of what was parked.
    """
    await database.read(move_marks.refuse)
    known = await side.recall()
    held = await database.read(instance.epoch)
    foreign = held is not None and held not in known
    if held is not None and not foreign:
        await side.note(held, epoch)

    async def work(tx: Transaction) -> Millis | None:
        await instance.begin(tx, epoch=epoch, canary=canary, now=now)
        await instance.move_on(tx, epoch)
        if foreign:
            await restore_window.remember(tx, now=now)
            parked = await restore_review.park(tx, now=now)
            await note(tx, parked)
        return await restore_review.since(tx)

    if held is None:
        await side.note(epoch)  # first: a database that knows its epoch always has this file beside it
    waiting = await database.write(work)
    await side.note(epoch)
    return waiting


def sync_folder(folder: Path) -> None:
    """Make the names in a folder outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
