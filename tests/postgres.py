"""A real PostgreSQL server for tests, found or named as missing; empty databases.

`python -m tests.postgres` says where it is, or how to get one.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from storage.engine import dialect
from storage.engine.dialect import POSTGRES
from storage.engine.migrate import RECORD, load, statements
from tests.postgres_of_run import VARIABLE

MISSING = (
    "no PostgreSQL server answers at the local socket. `./run test` and `./run check` start one of their own "
    "where its programs are (Debian: apt install postgresql). For a part of the tests, start the machine's "
    "(pg_ctlcluster 15 main start; createuser --superuser $USER), or set "
    f"{VARIABLE}=postgresql://user@host/postgres of a user who may create databases."
)
_MINE = f"bridge_test_{os.getpid()}_"
_LOCAL = "postgresql:///postgres"
_MAY_CREATE = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
_TABLES = """SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY oid DESC"""
_numbers = count(1)
_EVERY_START_MAKES = {"bridge_owner"}  # beside the schema, and stays: to drop and make a table costs the most
_free: list["_ReusedDatabase"] = []  # emptied, for the next test


@cache
def server() -> str | None:
    """The URL of a database from which others can be made; None where no server answers."""
    url = os.environ.get(VARIABLE) or _LOCAL
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=3) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            )
            if not (row.fetchone() or (False,))[0]:
                raise psycopg.OperationalError("this user may not create databases")
            _tidy(connection)
    except psycopg.Error:
        if os.environ.get(VARIABLE):
            raise  # it was named, so it is meant
        return None
    return url


def needed() -> str:
    """The server's URL. Skips the test that asks where there is none."""
    found = server()
    if found is None:
        pytest.skip(MISSING)
    return found


def url_of(name: str) -> str:
    """The URL of another database on the same server."""
    scheme, _, rest = needed().partition("://")
    place, _, tail = rest.partition("/")
    _, mark, options = tail.partition("?")
    return f"{scheme}://{place}/{name}{mark}{options}"


def with_password(url: str) -> str:
    """The same database, by a URL that nobody may show: the password in it is “hunter2”."""
    return f"{url}{'&' if '?' in url else '?'}password=hunter2"


def tool(*command: str, url: str) -> None:
    """One of PostgreSQL's own programs, as the operator uses it. Skips the test where none fits."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed (Debian: apt install postgresql-client)")
    done = subprocess.run([*command, f"--dbname={url}"], capture_output=True, text=True, check=False)  # noqa: S603 - named by the test
    if "server version mismatch" in done.stderr:
        pytest.skip(f"{command[0]} is older than the server (Debian: apt install postgresql-client)")
    assert done.returncode == 0, done.stderr


@contextmanager
def asked() -> Iterator[psycopg.Connection]:
    """A connection of the test's own to the server."""
    with psycopg.connect(needed(), autocommit=True) as connection:
        yield connection


@contextmanager
def away(url: str) -> Iterator[psycopg.Connection]:
    """The database of this URL lets nobody in meanwhile; what is yielded asks its server."""
    name = conninfo_to_dict(url)["dbname"]
    with asked() as outside:
        outside.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
        try:
            outside.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (name,)
            )
            yield outside
        finally:
            outside.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())


@contextmanager
def emptied() -> Iterator[str]:
    """The URL of a database with the newest schema and no rows.

    It is another test's afterwards, emptied: to make and drop one costs the server several syncs of its disk.
    """
    database = _free.pop() if needed() and _free else _ReusedDatabase(_made(_template()))
    yield url_of(database.name)
    try:
        database.empty()
    except psycopg.Error:
        database.let_go()
        drop(database.name)
        raise
    _free.append(database)


@cache
def unfilled() -> str:
    """The URL of a database with the newest schema in which there was never a row.

    The server has no figures of its tables, so that it plans a statement as it plans it elsewhere; where rows
    were, it may or may not have counted them by now.
    """
    return url_of(_made(_template()))


@contextmanager
def fresh() -> Iterator[str]:
    """The URL of a database in which there is nothing; it is dropped afterwards."""
    name = _made("template0")
    try:
        yield url_of(name)
    finally:
        drop(name)


def drop(name: str) -> None:
    """Let a database go, whoever is connected."""
    with asked() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def drop_all() -> None:
    """Let everything go that this process has made."""
    for database in _free:
        database.let_go()
    if server.cache_info().currsize and server() is not None:
        with asked() as connection:
            for name in _named(connection, _MINE):
                connection.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )


@cache
def _template() -> str:
    """A database with the newest schema, from which copies are made."""
    name = _made("template0")
    with psycopg.connect(url_of(name), autocommit=True) as connection:
        for statement in (
            RECORD,
            *(each for migration in load(POSTGRES) for each in statements(migration.sql)),
        ):
            connection.execute(dialect.postgres(statement).replace(b"%%", b"%"))
        for migration in load(POSTGRES):
            connection.execute(
                "INSERT INTO migrations VALUES (%s, %s, %s, 0)",
                (migration.version, migration.name, migration.checksum),
            )
    return name


def _made(template: str) -> str:
    name = f"{_MINE}{next(_numbers)}"
    with asked() as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    return name


class _ReusedDatabase:
    """One that goes from test to test, and the session that empties it.

    The session stays. A new one first reads the catalogue about every table: that was half of what the server
    did for the tests of `storage`.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._session: psycopg.Connection | None = None

    def empty(self) -> None:
        """No rows, and no tables that the schema does not have. Not TRUNCATE, which makes new files."""
        session, schema = self._connected(), _schema()
        there = set(_tables(session))
        for table in there - set(schema) - _EVERY_START_MAKES:
            session.execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.Identifier(table)))
        session.execute("DELETE FROM migrations WHERE version > %s", (len(load(POSTGRES)),))
        # Where no installation lives, the audit may go (migration 0002).
        for table in ("instance", *_filled(session, [*schema, *(_EVERY_START_MAKES & there)])):
            session.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))

    def _connected(self) -> psycopg.Connection:
        """The session; another one where a test, or a bridge that began, has ended it."""
        try:
            if self._session is not None:
                return self._answering(self._session)
        except psycopg.OperationalError:
            self.let_go()
        self._session = psycopg.connect(url_of(self.name), autocommit=True)
        return self._answering(self._session)

    def _answering(self, session: psycopg.Connection) -> psycopg.Connection:
        session.execute("SET lock_timeout = 10000; SET synchronous_commit = off")
        return session

    def let_go(self) -> None:
        """End the session."""
        if self._session is not None:
            self._session.close()


def _filled(session: psycopg.Connection, tables: Sequence[str]) -> list[str]:
    """Which of these have rows, in their order; it is one question. Not counting what was migrated."""
    asked = [sql.SQL("EXISTS (SELECT FROM {})").format(sql.Identifier(table)) for table in tables]
    row = session.execute(sql.SQL("SELECT {}").format(sql.SQL(", ").join(asked)), prepare=True).fetchone()
    return [
        table for table, filled in zip(tables, row or (), strict=True) if filled and table != "migrations"
    ]


@cache
def _schema() -> list[str]:
    with psycopg.connect(url_of(_template()), autocommit=True) as connection:
        return _tables(connection)


def _tables(connection: psycopg.Connection) -> list[str]:
    """The newest first: what refers to others was made after them, unless a copy was restored."""
    return [str(row[0]) for row in connection.execute(_TABLES).fetchall()]


def _named(connection: psycopg.Connection, beginning: str) -> list[str]:
    rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (beginning,))
    return [str(row[0]) for row in rows.fetchall()]


def _tidy(connection: psycopg.Connection) -> None:
    """Drop what a run that was killed on this machine has left."""
    if connection.info.host not in ("", "localhost", "127.0.0.1") and not connection.info.host.startswith(
        "/"
    ):
        return
    for name in _named(connection, "bridge_test_"):
        process = name.split("_")[2]
        if process.isdigit() and not Path(f"/proc/{process}").exists() and Path("/proc/self").exists():
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


def machine() -> str:
    """How this machine is named in a refusal."""
    return socket.gethostname()[:16]


def main() -> int:
    """Print where the server is; 3, and what to do, where there is none."""
    found = server()
    if found is None:
        print(MISSING, file=sys.stderr)
        return 3
    print(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
