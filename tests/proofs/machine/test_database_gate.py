"""What the machine's own gate owes to the evenings."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Transaction
from storage.engine.connect import open_database
from tests.proofs.machine.database_gate import DatabaseGate


@pytest.fixture
async def gate(tmp_path: Path) -> AsyncIterator[DatabaseGate]:
    """Before a real database."""
    database = await open_database(f"sqlite:///{tmp_path}/bridge.sqlite3", now=0)
    try:
        yield DatabaseGate(database, random.Random(1))  # noqa: S311 - repeatable on purpose
    finally:
        await database.close()


async def refuse(_: Transaction) -> None:
    """Comes to nothing."""
    raise LookupError


async def count(tx: Transaction) -> int:
    """Any work that does not fail."""
    row = await tx.one("SELECT COUNT(*) AS number FROM outbox")
    return int(row["number"]) if row else -1


async def test_a_death_after_a_commit_that_came_to_nothing_is_a_death(gate: DatabaseGate) -> None:
    gate.die_at(1, before=False)

    refused = asyncio.ensure_future(gate.write(refuse))
    dead = asyncio.ensure_future(gate.dead.wait())
    ended, _ = await asyncio.wait({refused, dead}, return_when=asyncio.FIRST_COMPLETED)
    for one in (refused, dead):
        one.cancel()
    await asyncio.wait({refused, dead})
    gate.open()

    assert ended == {dead}
    assert await gate.read(count) == 0


async def test_work_that_fails_lets_the_next_one_in(gate: DatabaseGate) -> None:
    with pytest.raises(LookupError):
        await gate.write(refuse)

    assert await gate.read(count) == 0
