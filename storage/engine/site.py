"""The site of an installation: all that belongs to its database but the tables."""

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, TypeVar

from storage.database import Database, Work
from storage.engine.epochs import EpochFile, EpochSide
from storage.engine.lockfile import holder, is_held, lock_of
from storage.engine.shared_access import GuestConnection, beside_file
from storage.engine.shared_snapshot import read_beside

T = TypeVar("T")


class Site(Protocol):
    """One database by its URL, looked at without owning it."""

    @property
    def name(self) -> str:
        """Its name for people; never with a password."""

    @property
    def file(self) -> Path | None:
        """The database's file, where it is one."""

    def side(self, database: Database) -> EpochSide:
        """The other place of its epoch; `database` is the opened one."""

    def exists(self) -> bool:
        """Whether a bridge was ever started there."""

    def read(self, work: Work[T]) -> T:
        """Carry out `work`, which must not write, on one snapshot, beside a running bridge."""

    def guest(self) -> AbstractContextManager[GuestConnection]:
        """Read and write there beside a running bridge, in turn with it."""

    def is_held(self) -> bool:
        """Whether a process has it right now, whichever and wherever."""

    def is_shared(self) -> bool:
        """Whether it is several processes that have it, or one of several."""

    def known(self) -> frozenset[str]:
        """The epochs expected there; any other one came from elsewhere."""

    def holder(self) -> str | None:
        """The number of the process that has it, and its machine if that is another one."""

    def version(self) -> str:
        """The version of its kind of database."""

    def weak(self) -> str | None:
        """The server setting that makes it forget what it has acknowledged; None if there is none."""


class FileSite:
    """SQLite: a file, and the small ones beside it."""

    def __init__(self, path: Path) -> None:
        self.file = path
        self.name = str(path)

    def side(self, _database: Database) -> EpochSide:
        """See `Site`, as everywhere here."""
        return EpochFile(self.file)

    def exists(self) -> bool:
        return self.file.exists()

    def read(self, work: Work[T]) -> T:
        return read_beside(self.file, work)

    def guest(self) -> AbstractContextManager[GuestConnection]:
        return beside_file(self.file)

    def is_held(self) -> bool:
        return is_held(lock_of(self.file))

    def is_shared(self) -> bool:
        return False

    def known(self) -> frozenset[str]:
        return EpochFile(self.file).known()

    def holder(self) -> str | None:
        number = holder(lock_of(self.file))
        return None if number is None else str(number)

    def version(self) -> str:
        return sqlite3.sqlite_version

    def weak(self) -> str | None:
        return None
