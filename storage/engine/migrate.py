"""Brings a database up to date by numbered SQL files, each applied once."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Final

from storage.database import Database, Transaction
from storage.errors import DatabaseTooNew, MigrationChanged
from storage.records import Millis

_FILE = re.compile(r"(?P<version>\d{4})_(?P<name>[a-z0-9_]+)(?:\.(?P<dialect>sqlite|postgres))?\.sql")
_TOKEN = re.compile(
    r"""
      (?P<comment> --[^\n]* | /\*.*?\*/ )
    | (?P<quoted> '(?:[^']|'')*' | "(?:[^"]|"")*" | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$ )
    | (?P<word> \w+ )
    | (?P<end> ; )
    | (?P<other> \s+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)

# Processes of the version before go on while a new one applies these (docs/decisions/0128): only columns that
# may be empty, and indexes that forbid nothing. Who does not know a new table leaves a fan's rows in it.
UNNOTICED: Final[frozenset[int]] = frozenset({67})

# What was applied, in a table of its own.
RECORD = """CREATE TABLE IF NOT EXISTS migrations (
    version BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)"""


@dataclass(frozen=True)
class Migration:
    """One step from a schema to the next."""

    version: int
    name: str
    sql: str

    @cached_property
    def checksum(self) -> str:
        """Tells whether the file was edited; the kind of line ending does not matter."""
        return hashlib.sha256(self.sql.replace("\r\n", "\n").encode()).hexdigest()


@cache  # they are part of the program
def load(dialect: str) -> Sequence[Migration]:
    """Every migration of this program for one kind of database, oldest first."""
    found = []
    for file in resources.files("storage").joinpath("migrations").iterdir():
        match = _FILE.fullmatch(file.name)
        if match and match["dialect"] in (None, dialect):
            found.append(Migration(int(match["version"]), match["name"], file.read_text("utf-8")))
    found.sort(key=lambda migration: migration.version)
    assert [migration.version for migration in found] == list(range(1, len(found) + 1))
    return tuple(found)


def lived_with(migrations: Sequence[Migration], unnoticed: frozenset[int] = UNNOTICED) -> int:
    """The newest version that all who share a database must know; later ones they need not notice."""
    return max((one.version for one in migrations if one.version not in unnoticed), default=0)


async def migrate(database: Database, migrations: Sequence[Migration], *, now: Millis) -> int:
    """Apply what is missing, each step whole or not at all; return the version that was reached.

    Raises DatabaseTooNew or MigrationChanged before anything is changed.
    """
    reached = await check(database, migrations)
    for migration in migrations[reached:]:
        await _apply(database, migration, now)
    return max(reached, len(migrations))


async def check(database: Database, migrations: Sequence[Migration]) -> int:
    """Compare the record with this program's migrations; return the database's version, 0 when new.

    Raises DatabaseTooNew or MigrationChanged. Makes the table of the record when it is missing.
    """

    async def compare(tx: Transaction) -> int:
        await tx.execute(RECORD)
        return await applied(tx, migrations)

    return await database.write(compare)


async def applied(tx: Transaction, migrations: Sequence[Migration]) -> int:
    """The database's version by its own record, which must be there. Raises as `check` does."""
    rows = await tx.all("SELECT version, name, checksum FROM migrations ORDER BY version")
    version = rows[-1]["version"] if rows else 0
    if version > len(migrations):
        raise DatabaseTooNew(
            f"The database has schema version {version}, but this program knows only up to "
            f"{len(migrations)}. Start the newer program again, or restore an older backup."
        )
    for row, migration in zip(rows, migrations, strict=False):
        if (row["version"], row["checksum"]) != (migration.version, migration.checksum):
            raise MigrationChanged(
                f"Migration {row['version']} ({row['name']}) was edited after it had been applied. "
                "Put the file back as it was; a change of the schema is a new file."
            )
    return int(version)


async def made_at(tx: Transaction) -> Millis | None:
    """When the database was made: its first migration; None before that."""
    row = await tx.one("SELECT MIN(applied_at) AS at FROM migrations")
    return None if row is None else row["at"]


async def _apply(database: Database, migration: Migration, now: Millis) -> None:
    async def step(tx: Transaction) -> None:
        if await tx.one(
            "SELECT 1 AS one FROM migrations WHERE version = :version", version=migration.version
        ):
            return  # by another process that was started at the same time
        for statement in statements(migration.sql):
            await tx.execute(statement)
        await tx.execute(
            """INSERT INTO migrations (version, name, checksum, applied_at)
               VALUES (:version, :name, :checksum, :now)""",
            version=migration.version,
            name=migration.name,
            checksum=migration.checksum,
            now=now,
        )

    await database.write(step)


def statements(sql: str) -> list[str]:
    """The statements of a file without their comments.

    A semicolon ends one only outside of quotes, comments and BEGIN … END or CASE … END.
    """
    found = []
    current: list[str] = []
    depth = 0
    for token in _TOKEN.finditer(sql):
        if token["comment"]:
            current.append(" ")
            continue
        if token["end"] and depth == 0:
            found.append("".join(current).strip())
            current = []
            continue
        word = token["word"]
        if word:
            depth += (word.upper() in ("BEGIN", "CASE")) - (word.upper() == "END")
        current.append(token[0])
    found.append("".join(current).strip())
    return [statement for statement in found if statement]
