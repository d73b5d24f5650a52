"""The record of who did what."""

import asyncio
from functools import partial

import psycopg
import pytest

from storage.database import Database
from storage.engine import audit_log, instance
from storage.people import audit_acts
from tests.audit_log_fixtures import CHAIN, begun
from tests.storage.record_fixtures import CREATOR, OTHER_CREATOR, entry
from tests.storage.row_fixtures import REFUSALS


async def write(database: Database, line: audit_log.AuditEntry) -> None:
    await database.write(lambda tx: audit_log.write(tx, CHAIN, line))


async def test_the_newest_lines_of_a_creator_come_first(database: Database) -> None:
    await begun(database)
    lines = [entry(1), entry(2, creator=OTHER_CREATOR), entry(3, actor=None, cause=None), entry(4, at=1)]
    await asyncio.gather(*(database.write(partial(audit_log.write, chain=CHAIN, entry=one)) for one in lines))

    assert await database.read(lambda tx: audit_log.recent(tx, CREATOR, 2)) == [lines[3], lines[2]]
    assert await database.read(lambda tx: audit_log.recent(tx, OTHER_CREATOR, 9)) == [lines[1]]


async def test_a_line_is_written_once(database: Database) -> None:
    await begun(database)
    await write(database, entry(1))

    with pytest.raises(REFUSALS):
        await write(database, entry(1, outcome="another"))
    assert await database.read(lambda tx: audit_log.recent(tx, CREATOR, 9)) == [entry(1)]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET outcome = 'another'", "DELETE FROM audit", "DELETE FROM audit WHERE seq = 1"],
)
async def test_the_database_itself_refuses_to_change_or_delete_a_line(
    database: Database, statement: str
) -> None:
    await database.write(lambda tx: instance.begin(tx, epoch="one", canary=b"c", now=0))
    await begun(database)
    await write(database, entry(1))

    with pytest.raises((*REFUSALS, psycopg.errors.RaiseException), match="a line of the audit is never"):
        await database.write(lambda tx: tx.execute(statement))
    assert await database.read(lambda tx: audit_log.recent(tx, CREATOR, 9)) == [entry(1)]


async def test_what_became_of_an_act_is_the_newest_line_that_follows_it(database: Database) -> None:
    await begun(database)
    for line in (
        entry(1, outcome="accepted"),
        entry(2, outcome="unknown", follows="entry-1"),
        entry(3, outcome="done", follows="entry-1"),
    ):
        await write(database, line)

    assert await database.read(lambda tx: audit_log.became(tx, "entry-1")) == "done"
    assert await database.read(lambda tx: audit_log.became(tx, "entry-3")) is None
    results = await database.read(lambda tx: audit_acts.results(tx, ["entry-1", "entry-3"]))
    assert [(one.at, one.outcome) for one in results["entry-1"]] == [(1000, "unknown"), (1000, "done")]
    assert list(results) == ["entry-1"]
    assert await database.read(lambda tx: audit_acts.results(tx, [])) == {}
    waits = await database.read(lambda tx: audit_log.awaited(tx, "command-1"))
    assert waits is not None
    assert waits.id == "entry-1"
