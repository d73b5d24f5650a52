"""Opens the database that a URL names, brought up to date."""

from pathlib import Path

from storage.database import Database
from storage.migrate import check, load, migrate
from storage.records import Millis
from storage.sqlite import SqliteDatabase

_SQLITE = "sqlite:///"


async def open_database(url: str, *, now: Millis, up_to_date: bool = True) -> Database:
    """Open the database of `url`: `sqlite:///relative/path` or `sqlite:////absolute/path`.

    Brings the schema up to date, or with `up_to_date=False` only refuses one that this program cannot use.
    Raises ValueError for a URL that names no such database, and every error of `storage.errors`.
    """
    database = await SqliteDatabase.open(sqlite_path(url))
    try:
        if up_to_date:
            await migrate(database, load("sqlite"), now=now)
        else:
            await check(database, load("sqlite"))
    except BaseException:
        await database.close()
        raise
    return database


def sqlite_path(url: str) -> Path:
    """The file that `url` names. Raises ValueError with a sentence; the URL may hold a password."""
    scheme, _, rest = url.partition(":")
    if not rest or scheme != "sqlite":
        raise ValueError(
            f"A database URL begins with {_SQLITE} (this one with “{scheme[:20] if rest else ''}:”). "
            "Another kind of database is not supported yet."
        )
    path = url.removeprefix(_SQLITE)
    if path in ("", url, ":memory:") or "?" in path or path.endswith("/"):
        raise ValueError(
            f"A database URL names one file: {_SQLITE}data/bridge.sqlite3 beside the program, "
            f"{_SQLITE}/var/lib/bridge/bridge.sqlite3 anywhere else; no options, no memory."
        )
    return Path(path)
