"""Opens the database that a URL names, brought up to date."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from storage.engine.dialect import POSTGRES, SQLITE
from storage.engine.group_commit import GroupedDatabase
from storage.engine.migrate import applied, check, lived_with, load, migrate
from storage.engine.site import FileSite, Site
from storage.engine.sqlite import SqliteDatabase
from storage.errors import DriverMissing, WrongUrl
from storage.records import Millis

_SQLITE = "sqlite:///"
_SERVERS = ("postgresql", "postgres")


async def open_database(
    url: str, *, now: Millis, up_to_date: bool = True, shared: str | None = None
) -> GroupedDatabase:
    """Open the database of `url`: `sqlite:///relative/path`, `sqlite:////absolute/path` or `postgresql://…`.

    Brings the schema up to date, or with `up_to_date=False` only refuses one that this program cannot use.
    `shared`: the name of this process among several that use it, different each time; None: it is alone.
    Raises WrongUrl for a URL that names no such database, and every error of `storage.errors`.
    """
    dialect = dialect_of(url)
    database = await _opened(url, dialect, shared)
    try:
        if up_to_date:
            await migrate(database, load(dialect), now=now)
        else:
            await check(database, load(dialect))
        if isinstance(database, SqliteDatabase):
            await database.keep_scratch_in_memory()
    except BaseException:
        await database.close()
        raise
    return database


def site_of(url: str) -> Site:
    """All that belongs to the database of `url` besides its tables. Raises as `open_database` does."""
    if dialect_of(url) == SQLITE:
        return FileSite(sqlite_path(url))
    with _driver():
        from storage.engine.postgres_site import ServerSite  # noqa: PLC0415 - only who uses it needs its driver

    return ServerSite(url)


def is_up_to_date(url: str) -> bool:
    """Whether the database has this program's schema, read beside its users. Raises as `check`."""
    site, steps = site_of(url), load(dialect_of(url))
    try:
        return site.exists() and site.read(partial(applied, migrations=steps)) == len(steps)
    except sqlite3.OperationalError:  # a file whose tables are just being made
        return False


def dialect_of(url: str) -> str:
    """The kind of database of `url`. Raises WrongUrl with a sentence; the URL may hold a password."""
    if url.partition(":")[0] in _SERVERS:
        return POSTGRES
    sqlite_path(url)
    return SQLITE


def sqlite_path(url: str) -> Path:
    """The file that `url` names. Raises WrongUrl with a sentence; the URL may hold a password."""
    scheme, _, rest = url.partition(":")
    if not rest or scheme != "sqlite":
        raise WrongUrl(
            f"A database URL begins with {_SQLITE} or postgresql:// "
            f"(this one with “{scheme[:20] if rest else ''}:”)."
        )
    path = url.removeprefix(_SQLITE)
    if path in ("", url, ":memory:") or "?" in path or path.endswith("/"):
        raise WrongUrl(
            f"A database URL names one file: {_SQLITE}data/bridge.sqlite3 beside the program, "
            f"{_SQLITE}/var/lib/bridge/bridge.sqlite3 anywhere else; no options, no memory."
        )
    return Path(path)


async def _opened(url: str, dialect: str, shared: str | None) -> GroupedDatabase:
    if dialect == SQLITE:
        if shared is not None:
            raise WrongUrl(
                "Several processes share a PostgreSQL database; one on SQLite is alone. Put postgresql://… "
                "into DATABASE_URL, or leave --role away: one process does everything then."
            )
        return await SqliteDatabase.open(sqlite_path(url))
    with _driver():
        from storage.engine.cluster_members import ClusterMember  # noqa: PLC0415 - likewise
        from storage.engine.postgres import PostgresDatabase  # noqa: PLC0415 - likewise

    tenure = None if shared is None else ClusterMember(shared, schema=lived_with(load(dialect)))
    return await PostgresDatabase.open(url, token=os.urandom(16).hex(), tenure=tenure)


@contextmanager
def _driver() -> Iterator[None]:
    """Around the imports that need it."""
    try:
        yield
    except ImportError as error:
        # psycopg itself raises one when it is there without its library.
        if (error.name or "psycopg").partition(".")[0] != "psycopg":
            raise
        raise DriverMissing(
            "This DATABASE_URL needs the PostgreSQL driver, which is not installed. In a checkout: "
            "./run extra postgres. Elsewhere: pip install 'psycopg[binary]>=3.3,<4'."
        ) from error
