"""Copies of the database: made while the bridge runs, proven, put back.

A copy is made by `VACUUM INTO`: one snapshot, nothing of what was erased. It gets an epoch of its own,
so that wherever it is put in place of a database, by `put_back` or by hand, it is recognised as restored.
"""

import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage.beside import open_beside
from storage.epochs import EpochFile, sync_folder
from storage.errors import BackupFailed, DatabaseTooNew
from storage.lockfile import LockFile, lock_of
from storage.migrate import load
from storage.records import Millis

Check = Callable[[bytes], None]  # raises when the keys do not open the canary

_DATED = re.compile(r"bridge-\d{8}T\d{6}Z\.sqlite3")


@dataclass(frozen=True)
class PutBack:
    """Where the database went that was there before; None when there was none."""

    aside: Path | None


def dated(folder: Path, now: Millis) -> Path:
    """The name of a backup made now; `prune` knows such names and no others."""
    return folder / stamped(now, "sqlite3")


def stamped(now: Millis, kind: str) -> str:
    """What a backup of this kind that is made now is called."""
    return f"bridge-{_stamp(now)}.{kind}"


def make(database: Path, to: Path, *, check: Check, epoch: str, now: Millis) -> None:
    """Copy the database of a bridge, running or not, to `to`, which must not exist yet.

    The copy appears there only once it is whole, proven and durable. Raises BackupFailed or
    DatabaseUnreachable with a sentence, and what `check` raises.
    """
    if to.exists():
        raise BackupFailed(f"{to} is there already; a backup never overwrites.")
    with _failing("The backup was not made"):
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _copied(database, to.with_name(f".{to.name}.making"), epoch=epoch) as copy:
            _prove(copy, check)
            _remember(copy, "backed_up_at", str(now))
            _sync(copy)
            os.link(copy, to)  # unlike a rename, this never replaces what appeared there meanwhile
            sync_folder(to.parent)


def prune(folder: Path, keep: int) -> list[Path]:
    """Delete all but the `keep` newest dated backups of a folder; which were deleted."""
    assert keep > 0
    backups = sorted(path for path in folder.iterdir() if _DATED.fullmatch(path.name))
    for path in backups[:-keep]:
        path.unlink()
    return backups[:-keep]


def put_back(backup: Path, database: Path, *, check: Check, epoch: str, now: Millis) -> PutBack:
    """Put a copy of `backup` in the place of `database`; what was there is kept aside.

    Raises DatabaseInUse while a bridge runs. Whatever happens on the way, a database that is started
    afterwards is either untouched or recognised as restored.
    """
    with _failing("Nothing was restored"):
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = LockFile(lock_of(database))
        try:
            with _copied(backup, database.with_name(f".{database.name}.restoring"), epoch=epoch) as copy:
                _prove(copy, check)
                _sync(copy)
                EpochFile(database).write()  # from here on, no database in this place is an ordinary one
                aside = _put_aside(database, now)
                copy.replace(database)
                sync_folder(database.parent)
        finally:
            lock.release()
    return PutBack(aside)


def _put_aside(database: Path, now: Millis) -> Path | None:
    if not database.exists():
        return None
    aside = database.with_name(f"{database.name}.before-{_stamp(now)}")
    try:
        os.link(database, aside)  # so that at no time there is no database here
    except FileExistsError:
        raise
    except OSError:  # this file system has no second names
        shutil.copy2(database, aside)
    # The log of the old database must never meet the new one.
    log = database.with_name(f"{database.name}-wal")
    if log.exists():
        log.replace(database.with_name(f"{aside.name}-wal"))
    database.with_name(f"{database.name}-shm").unlink(missing_ok=True)
    sync_folder(database.parent)
    return aside


@contextmanager
def _copied(source: Path, copy: Path, *, epoch: str) -> Iterator[Path]:
    """A copy, readable by its owner only, that is gone afterwards unless it was given another place."""
    copy.unlink(missing_ok=True)
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    try:
        with closing(open_beside(source)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        with closing(sqlite3.connect(copy)) as connection:
            if connection.execute("UPDATE instance SET epoch = ? WHERE one = 1", (epoch,)).rowcount != 1:
                raise BackupFailed(f"{source} belongs to no bridge that was ever started.")
            connection.commit()
        yield copy
    finally:
        for left in (copy, copy.with_name(f"{copy.name}-journal")):
            left.unlink(missing_ok=True)


def _prove(copy: Path, check: Check) -> None:
    with closing(open_beside(copy)) as connection:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        if said != ["ok"] or connection.execute("PRAGMA foreign_key_check").fetchall():
            raise BackupFailed("The copy is damaged. The database it was made of should be looked at.")
        version = connection.execute("SELECT MAX(version) FROM migrations").fetchone()[0]
        if version > len(load("sqlite")):
            raise DatabaseTooNew(
                f"The copy has schema version {version}, but this program knows only up to "
                f"{len(load('sqlite'))}. Use the newer program."
            )
        canary = connection.execute("SELECT canary FROM instance WHERE one = 1").fetchone()[0]
    check(bytes(canary))


def _remember(copy: Path, name: str, value: str) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("INSERT OR REPLACE INTO kept (name, value) VALUES (?, ?)", (name, value))
        connection.commit()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _stamp(now: Millis) -> str:
    return datetime.fromtimestamp(now // 1000, UTC).strftime("%Y%m%dT%H%M%SZ")


@contextmanager
def _failing(how: str) -> Iterator[None]:
    """Every error of the file or the file system as one of ours, with a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise BackupFailed(f"{how}: SQLite says “{error}”.") from error
    except OSError as error:
        raise BackupFailed(f"{how}: “{error}”.") from error
