"""The record of who did what."""

import asyncio
import inspect
from functools import partial

import pytest

from storage import audit
from storage.database import Database
from tests.storage.make import CREATOR, OTHER_CREATOR, entry
from tests.storage.rows import REFUSALS


async def test_the_newest_lines_of_a_creator_come_first(database: Database) -> None:
    lines = [entry(1), entry(2, creator=OTHER_CREATOR), entry(3, actor=None, cause=None), entry(4, at=1)]
    await asyncio.gather(*(database.write(partial(audit.write, entry=one)) for one in lines))

    assert await database.read(lambda tx: audit.recent(tx, CREATOR, 2)) == [lines[3], lines[2]]
    assert await database.read(lambda tx: audit.recent(tx, OTHER_CREATOR, 9)) == [lines[1]]


async def test_a_line_is_written_once(database: Database) -> None:
    await database.write(lambda tx: audit.write(tx, entry(1)))

    with pytest.raises(REFUSALS):
        await database.write(lambda tx: audit.write(tx, entry(1, outcome="another")))
    assert await database.read(lambda tx: audit.recent(tx, CREATOR, 9)) == [entry(1)]


def test_no_statement_changes_or_deletes_a_line() -> None:
    source = inspect.getsource(audit).upper()

    assert "INSERT INTO AUDIT" in source
    assert "UPDATE" not in source
    assert "DELETE" not in source
