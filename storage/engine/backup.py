"""Copies of the database: made while the bridge runs, proven, put back.

A copy is made by `VACUUM INTO`: one snapshot, nothing of what was erased. It gets an epoch of its own,
so that wherever it is put in place of a database, by `put_back` or by hand, it is recognised as restored.
"""

import fcntl
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage.engine.epochs import EpochFile, sync_folder
from storage.engine.lockfile import LockFile, is_held, lock_of
from storage.engine.migrate import load
from storage.engine.shared_snapshot import open_beside
from storage.errors import BackupFailed, DatabaseTooNew
from storage.records import Millis

Check = Callable[[bytes], None]  # raises when the keys do not open the canary
# What is done, and how much of it, from 0 to 1; None: nobody knows.
Tell = Callable[[str, float | None], None]

COPYING, CHECKING = "Copying the database", "Checking the copy"
_DATED = re.compile(r"bridge-\d{8}T\d{6}Z\.sqlite3")
_LEFT = re.compile(rf"\.{_DATED.pattern}\.making(-journal)?")
_OFTEN = 20_000  # SQLite's own steps between two words about progress; some milliseconds


@dataclass(frozen=True)
class BackupRestore:
    """The place of the former database; None when there was none."""

    aside: Path | None


def dated(folder: Path, now: Millis) -> Path:
    """The name of a backup made now; `prune` knows such names and no others."""
    return _free(now, lambda at: folder / stamped(at, "sqlite3"))


def stamped(now: Millis, kind: str) -> str:
    """The name of a backup of this kind made now."""
    return f"bridge-{_stamp(now)}.{kind}"


def quiet(_what: str, _share: float | None) -> None:
    """Show no progress."""


def make(database: Path, to: Path, *, check: Check, epoch: str, now: Millis, tell: Tell = quiet) -> None:
    """Copy the database of a bridge, running or not, to `to`, which must not exist yet.

    The copy appears there only once it is whole, proven and durable. `tell` is told of progress, often.
    Raises BackupFailed or DatabaseUnreachable with a sentence, and what `check` raises.
    """
    if to.exists():
        raise BackupFailed(f"{to} is there already; a backup never overwrites.")
    with _failing("The backup was not made"):
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _copied(database, to.with_name(f".{to.name}.making"), epoch=epoch, tell=tell) as copy:
            _prove(copy, check, tell)
            _remember(copy, "backed_up_at", str(now))
            _sync(copy)
            os.link(copy, to)  # unlike a rename, this never replaces what appeared there meanwhile
            sync_folder(to.parent)


def clear(folder: Path) -> list[Path]:
    """Delete what dated backups left in a folder that were killed in the middle; which files they were.

    One that is still being made is locked, and stays.
    """
    with _failing("What a killed backup left could not be deleted"):
        left = sorted(path for path in _files_of(folder) if _LEFT.fullmatch(path.name))
        gone = [path for path in left if not is_held(path.with_name(path.name.removesuffix("-journal")))]
        for path in gone:
            path.unlink(missing_ok=True)
    return gone


def _files_of(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def prune(folder: Path, keep: int) -> list[Path]:
    """Delete all but the `keep` newest dated backups of a folder; which were deleted."""
    assert keep > 0
    backups = _dated_in(folder)
    for path in backups[:-keep]:
        path.unlink()
    return backups[:-keep]


def number_in(folder: Path) -> int:
    """Count the dated backups in a folder."""
    return len(_dated_in(folder))


def _dated_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if _DATED.fullmatch(path.name))


def put_back(backup: Path, database: Path, *, check: Check, epoch: str, now: Millis) -> BackupRestore:
    """Put a copy of `backup` in the place of `database`; a former one is kept aside.

    Raises DatabaseInUse while a bridge runs. Whatever happens on the way, a database that is started
    afterwards is either untouched or recognised as restored.
    """
    with _failing("Nothing was restored"):
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = LockFile(lock_of(database))
        try:
            restoring = database.with_name(f".{database.name}.restoring")
            with _copied(backup, restoring, epoch=epoch, tell=quiet) as copy:
                _prove(copy, check, quiet)
                _sync(copy)
                EpochFile(database).write()  # from here on, no database in this place is an ordinary one
                aside = _put_aside(database, now)
                copy.replace(database)
                sync_folder(database.parent)
        finally:
            lock.release()
    return BackupRestore(aside)


def _put_aside(database: Path, now: Millis) -> Path | None:
    if not database.exists():
        return None
    aside = _free(now, lambda at: database.with_name(f"{database.name}.before-{_stamp(at)}"))
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
def _copied(source: Path, copy: Path, *, epoch: str, tell: Tell) -> Iterator[Path]:
    """A copy, readable by its owner only, that is gone afterwards unless it was given another place.

    It is locked meanwhile, so that nobody takes it for what a killed process left.
    """
    if is_held(copy):
        raise BackupFailed(f"Another backup is writing {copy} right now.")
    copy.unlink(missing_ok=True)
    lock = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with suppress(OSError):  # a file system without locks: then nobody else can see one either
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with closing(open_beside(source)) as connection:
            whole = _size(connection)
            connection.set_progress_handler(_telling(tell, COPYING, lambda: _part(copy, whole)), _OFTEN)
            connection.execute("VACUUM INTO ?", (str(copy),))
        with closing(sqlite3.connect(copy)) as connection:
            if connection.execute("UPDATE instance SET epoch = ? WHERE one = 1", (epoch,)).rowcount != 1:
                raise BackupFailed(f"{source} belongs to no bridge that was ever started.")
            connection.commit()
        yield copy
    finally:
        os.close(lock)
        for left in (copy, copy.with_name(f"{copy.name}-journal")):
            left.unlink(missing_ok=True)


def _telling(tell: Tell, what: str, share: Callable[[], float | None]) -> Callable[[], None]:
    """For SQLite, which goes on where it is given nothing back."""
    return lambda: tell(what, share())


def _size(connection: sqlite3.Connection) -> int:
    """The size of a copy in bytes, nearly."""
    pages, free, size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "freelist_count", "page_size")
    )
    return max((pages - free) * size, 1)


def _part(copy: Path, whole: int) -> float:
    return min(copy.stat().st_size / whole, 1.0)


def _prove(copy: Path, check: Check, tell: Tell) -> None:
    with closing(open_beside(copy)) as connection:
        connection.set_progress_handler(_telling(tell, CHECKING, lambda: None), _OFTEN)
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


def _free(now: Millis, named: Callable[[Millis], Path]) -> Path:
    """The name of the next free second, as a timer and a person may ask for one within the same."""
    while (path := named(now)).exists():
        now += 1000
    return path


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
