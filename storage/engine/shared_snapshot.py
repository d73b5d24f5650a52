"""Reads a database beside the bridge that owns it, without disturbing either."""

import sqlite3
import time
from contextlib import closing
from contextvars import copy_context
from pathlib import Path
from typing import TypeVar

from storage.database import Work
from storage.engine.sqlite import SqliteSession, unreachable
from storage.engine.unit_of_work import read_once
from storage.errors import DatabaseUnreachable

T = TypeVar("T")

_BUSY_SECONDS = 5.0
_STEPS = 10_000  # of SQLite's machine, between two looks at the time


def open_beside(path: Path) -> sqlite3.Connection:
    """A connection that cannot write. Raises DatabaseUnreachable when there is no such database."""
    if not path.is_file():  # SQLite would say less
        raise DatabaseUnreachable(f"There is no database at {path}.")
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_BUSY_SECONDS, isolation_level=None
        )
    except sqlite3.Error as error:
        raise unreachable(error) from error
    connection.row_factory = sqlite3.Row
    return connection


def read_beside(path: Path, work: Work[T]) -> T:
    """Carry out `work`, which must not write, on one snapshot of the database at `path`."""
    with closing(open_beside(path)) as connection:
        return read_once(SqliteSession(connection, writes=False), work, copy_context())


def damage(path: Path, *, seconds: float) -> str | None:
    """The fault that SQLite finds in the file; None when it is whole.

    Raises TimeoutError when the file is too big to be read within `seconds`, else DatabaseUnreachable.
    """
    ends = time.monotonic() + seconds
    with closing(open_beside(path)) as connection:
        connection.set_progress_handler(lambda: time.monotonic() > ends, _STEPS)
        try:
            said = [str(row[0]) for row in connection.execute("PRAGMA quick_check(1)")]
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise TimeoutError from error
            raise unreachable(error) from error
        except sqlite3.DatabaseError as error:
            return str(error)
    return None if said == ["ok"] else said[0]
