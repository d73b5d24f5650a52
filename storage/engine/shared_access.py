"""Writes to a database beside the bridge that owns it, in turn with its commits.

A guest has one connection and no claim: it neither keeps the bridge from its work nor takes its place. Each
piece of its work is a transaction that waits for the bridge's commit and is waited for by the next one, so it
must be short. It is driven in the caller's own thread.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from contextvars import copy_context
from pathlib import Path
from typing import TypeVar

from storage.database import Work
from storage.engine.sqlite import SqliteSession, unreachable
from storage.engine.unit_of_work import DatabaseSession, UnitStatements, drive, read_once
from storage.errors import DatabaseUnreachable

T = TypeVar("T")

PATIENCE = 30.0  # seconds that a guest waits for its turn


class GuestConnection:
    """One connection beside the bridge; used by one caller, and never while a piece of work runs."""

    def __init__(self, *, reads: DatabaseSession, writes: DatabaseSession) -> None:
        """Two kinds of transactions on the same connection."""
        self._reads = reads
        self._writes = writes

    def read(self, work: Work[T]) -> T:
        """Carry out `work`, which must not write, on one snapshot. Raises DatabaseUnreachable."""
        return read_once(self._reads, work, copy_context())

    def write(self, work: Work[T]) -> T:
        """Carry out `work` durably, alone, between two commits of the bridge; its error undoes it.

        Raises DatabaseUnreachable when nothing is known to be stored: such work must be safe to repeat.
        """
        session = self._writes
        tx = UnitStatements(session)
        try:
            session.begin()
            result = drive(work, tx)
            wrong = tx.fault or tx.failed
            if wrong is not None:
                raise wrong
            session.commit()
        except session.errors as error:
            if not session.is_fault(error):
                raise
            raise session.unreachable(error) from error
        finally:
            tx.end()
            session.roll_back()
        return result


@contextmanager
def beside_file(path: Path, *, patience: float = PATIENCE) -> Iterator[GuestConnection]:
    """A guest of the database at `path`. Raises DatabaseUnreachable when there is none."""
    if not path.is_file():  # SQLite would say less
        raise DatabaseUnreachable(f"There is no database at {path}.")
    with closing(_connected(path, patience)) as connection:
        yield GuestConnection(
            reads=SqliteSession(connection, writes=False), writes=SqliteSession(connection, writes=True)
        )


def _connected(path: Path, patience: float) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=patience, isolation_level=None
        )
    except sqlite3.Error as error:
        raise unreachable(error) from error
    try:
        connection.row_factory = sqlite3.Row
        for pragma in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error as error:
        connection.close()
        raise unreachable(error) from error
    except BaseException:
        connection.close()
        raise
    return connection
