"""A process that stands still within a transaction keeps others waiting briefly."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from storage.database import Transaction
from storage.engine.postgres import PostgresDatabase
from storage.errors import DatabaseUnreachable
from tests import postgres
from tests.engine.cluster.delivery_fixtures import opened

_LIMIT = 60.0  # seconds; reached only when a test fails


@pytest.fixture
async def two() -> AsyncIterator[tuple[PostgresDatabase, PostgresDatabase]]:
    """Two processes, as their database sees them."""
    with postgres.emptied() as url:
        async with AsyncExitStack() as stack:
            made = [await opened(url, name) for name in ("one", "two")]
            for one in made:
                stack.push_async_callback(one.close)
            yield made[0], made[1]


async def test_what_it_had_begun_is_let_go_and_the_others_write(
    two: tuple[PostgresDatabase, PostgresDatabase],
) -> None:
    still, other = two
    begun, goes_on = threading.Event(), threading.Event()  # a transaction is a thread's

    async def stands_still(tx: Transaction) -> None:
        await tx.execute("CREATE TABLE half_done (one BIGINT)")
        begun.set()
        goes_on.wait(_LIMIT)
        await tx.execute("INSERT INTO half_done (one) VALUES (1)")

    async def writes(tx: Transaction) -> None:
        await tx.execute("CREATE TABLE done (one BIGINT)")

    writing = asyncio.create_task(still.write(stands_still))
    await asyncio.to_thread(begun.wait, _LIMIT)
    try:
        await other.write(writes)
    finally:
        goes_on.set()
    with pytest.raises(DatabaseUnreachable):
        await writing

    rows = await other.read(lambda tx: tx.all("SELECT tablename FROM pg_tables WHERE tablename LIKE '%done'"))
    assert [row["tablename"] for row in rows] == ["done"]
