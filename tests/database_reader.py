"""Reads a bridge's database beside it, of either kind, with SQL that both know."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Protocol

import psycopg
from psycopg.rows import dict_row

from storage.engine import dialect
from storage.engine.connect import dialect_of, sqlite_path

_PATIENCE = 30.0


class DatabaseReader(Protocol):
    """A database that is only read."""

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """What a question answers; parameters are `:name`."""


@contextmanager
def opened(url: str) -> Iterator[DatabaseReader]:
    """The database of `url`, for some questions."""
    if dialect_of(url) == dialect.SQLITE:
        with closing(sqlite3.connect(f"file:{sqlite_path(url)}?mode=ro", uri=True, timeout=10)) as connection:
            connection.row_factory = sqlite3.Row
            yield _DatabaseFile(connection)
    else:
        with _patiently(url) as there:
            yield _DatabaseServer(there)


def _patiently(url: str) -> psycopg.Connection[dict[str, Any]]:
    """A server that is just being started anew is waited for."""
    ends = time.monotonic() + _PATIENCE
    while True:
        try:
            return psycopg.connect(url, autocommit=True, row_factory=dict_row)
        except psycopg.OperationalError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)


class _DatabaseFile:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in self._connection.execute(sql, values)]


class _DatabaseServer:
    def __init__(self, connection: psycopg.Connection[dict[str, Any]]) -> None:
        self._connection = connection

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        return list(self._connection.execute(dialect.postgres(sql), values).fetchall())
