"""Reads a database beside the bridge that owns it, without disturbing either."""

import sqlite3
from contextlib import closing
from contextvars import copy_context
from pathlib import Path
from typing import TypeVar

from storage.database import Work
from storage.errors import DatabaseUnreachable
from storage.pieces import read_once, unreachable

T = TypeVar("T")

_BUSY_SECONDS = 5.0


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
        return read_once(connection, work, copy_context())
