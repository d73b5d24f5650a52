"""What the version before need not notice: it works beside a newer one."""

import importlib
import pkgutil
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from types import ModuleType

import pytest

import storage
from storage.database import FrequentStatement, Transaction
from storage.engine.cluster_members import ClusterMember
from storage.engine.migrate import UNNOTICED, Migration, lived_with, load, migrate, statements
from storage.engine.postgres import PostgresDatabase
from storage.errors import DatabaseInUse
from tests import postgres

COLUMN = re.compile(r"ALTER TABLE (\w+) ADD COLUMN \w+ (?:TEXT|BIGINT|BYTEA)(?: DEFAULT \S+)?", re.IGNORECASE)
Join = Callable[[str, int], Awaitable[PostgresDatabase]]
INDEX = re.compile(r"CREATE INDEX (?:IF NOT EXISTS )?\w+ ON \w+ .*", re.IGNORECASE | re.DOTALL)
OLD = (Migration(1, "first", "CREATE TABLE a (id TEXT PRIMARY KEY, said TEXT)"),)
NEW = (*OLD, Migration(2, "second", "ALTER TABLE a ADD COLUMN more TEXT; CREATE INDEX a_more ON a (more)"))


def noticed(sql: str, planned: set[str]) -> list[str]:
    """The statements of a migration that a process of the version before would trip over."""
    found = []
    for statement in statements(sql):
        plain = " ".join(statement.split())
        column = COLUMN.fullmatch(plain)
        if not INDEX.fullmatch(plain) and (column is None or column[1].lower() in planned):
            found.append(plain)
    return found


def tables_of_kept_plans() -> set[str]:
    """Tables in statements whose plan a server keeps: these fail once their table has another column."""
    said = " ".join(f"{one} {one.on_server}".lower() for module in _modules() for one in _frequent(module))
    return set(re.findall(r"\b(?:from|join|into|update)\s+(\w+)", said))


def _modules() -> list[ModuleType]:
    names = [one.name for one in pkgutil.walk_packages(storage.__path__, "storage.")]
    return [importlib.import_module(name) for name in names]


def _frequent(module: ModuleType) -> list[FrequentStatement]:
    return [one for one in vars(module).values() if isinstance(one, FrequentStatement)]


def test_what_is_called_unnoticed_is() -> None:
    planned = tables_of_kept_plans()
    found = {one.version: noticed(one.sql, planned) for one in load("postgres") if one.version in UNNOTICED}

    assert found == {number: [] for number in UNNOTICED}


@pytest.mark.parametrize(
    ("sql", "is_noticed"),
    [
        ("ALTER TABLE commands ADD COLUMN language TEXT;  -- a comment", False),
        ("ALTER TABLE commands ADD COLUMN more BIGINT DEFAULT 7", False),
        ("CREATE INDEX commands_more ON commands (more) WHERE more IS NOT NULL", False),
        ("ALTER TABLE outbox ADD COLUMN more TEXT", True),  # its plans are kept
        ("ALTER TABLE commands ADD COLUMN more TEXT NOT NULL DEFAULT ''", True),
        ("ALTER TABLE commands ADD COLUMN more TEXT UNIQUE", True),
        ("CREATE UNIQUE INDEX commands_more ON commands (more)", True),
        ("CREATE TABLE more (creator_uuid TEXT)", True),
        ("ALTER TABLE commands DROP COLUMN state", True),
        ("ALTER TABLE commands RENAME TO orders", True),
        ("UPDATE commands SET state = 'x'", True),
    ],
)
def test_only_what_takes_nothing_away_and_forbids_nothing_is_unnoticed(sql: str, *, is_noticed: bool) -> None:
    assert bool(noticed(sql, tables_of_kept_plans())) == is_noticed


def test_what_must_be_known_is_the_newest_that_is_noticed() -> None:
    assert lived_with(NEW) == 2
    assert lived_with(NEW, frozenset({2})) == lived_with(OLD) == 1
    assert lived_with((), frozenset({2})) == 0


async def _said(tx: Transaction) -> list[tuple[object, ...]]:
    return [(row["id"], row["said"]) for row in await tx.all("SELECT * FROM a ORDER BY id")]


@pytest.fixture
async def join() -> AsyncIterator[Join]:
    """One more process of a version, as far as an empty database knows; all leave at the end."""
    with postgres.fresh() as url:
        async with AsyncExitStack() as stack:

            async def one(token: str, schema: int) -> PostgresDatabase:
                tenure = ClusterMember(token, schema=schema)
                opened = await PostgresDatabase.open(url, token=token, tenure=tenure)
                stack.push_async_callback(opened.close)
                return opened

            yield one


@pytest.mark.server
async def test_both_write_while_the_new_one_adds_what_is_unnoticed(join: Join) -> None:
    old = await join("a1", lived_with(OLD))
    await migrate(old, OLD, now=1)
    await old.write(lambda tx: tx.execute("INSERT INTO a (id, said) VALUES ('1', 'old')"))
    before = await old.read(_said)

    new = await join("a2", lived_with(NEW, frozenset({2})))
    await migrate(new, NEW, now=2)
    await new.write(lambda tx: tx.execute("INSERT INTO a (id, said, more) VALUES ('2', 'new', 'x')"))
    await old.write(lambda tx: tx.execute("INSERT INTO a (id, said) VALUES ('3', 'old')"))

    assert before == [("1", "old")]
    assert await old.read(_said) == [("1", "old"), ("2", "new"), ("3", "old")]
    assert await new.read(_said) == await old.read(_said)


@pytest.mark.server
async def test_one_that_changes_what_is_noticed_waits_until_the_others_are_gone(join: Join) -> None:
    await migrate(await join("a1", lived_with(OLD)), OLD, now=1)

    with pytest.raises(DatabaseInUse, match="Stop all processes of the old version"):
        await join("a2", lived_with(NEW))
