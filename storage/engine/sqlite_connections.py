"""Opens SQLite's connections: the file, its lock, and how each is set up."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from storage.engine.lockfile import LockFile, lock_of
from storage.errors import DatabaseUnreachable
from storage.records import Millis

# As many as the program has: one that is not kept is planned again each time.
_STATEMENTS = 1024
_PAGES = 4000  # of the log, 16 MB: from then on a commit copies it into the file


def claim(path: Path) -> LockFile:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)  # SQLite gives the same to the files it makes beside it
        return LockFile(lock_of(path))
    except OSError as error:
        raise DatabaseUnreachable(f"The database cannot be opened: “{error.strerror}”.") from error


def connect(
    path: Path, busy_timeout: Millis, set_up: Callable[[sqlite3.Connection], None]
) -> sqlite3.Connection:
    # No isolation level: every BEGIN here is written out.
    connection = sqlite3.connect(
        path, timeout=busy_timeout / 1000, isolation_level=None, cached_statements=_STATEMENTS
    )
    try:
        set_up(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def set_up_writer(connection: sqlite3.Connection) -> None:
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise DatabaseUnreachable("The database cannot be opened: its file system allows no write-ahead log.")
    connection.execute("PRAGMA synchronous = FULL")  # NORMAL may lose what was acknowledged at a power cut
    connection.execute("PRAGMA foreign_keys = ON")
    # What was erased, a key for one, is not left in an unused page.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA journal_size_limit = 67108864")
    # Pages that every message touches are copied from the log into the file once for as many.
    connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES}")


def set_up_reader(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA query_only = ON")
