"""The queue, the turns and the group commit, on every engine."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextvars import ContextVar
from functools import partial

import pytest

from storage.database import Transaction
from storage.engine.connect import dialect_of, sqlite_path
from storage.engine.dialect import SQLITE
from storage.engine.group_commit import GroupedDatabase
from storage.engine.postgres import PostgresDatabase
from storage.engine.sqlite import SqliteDatabase
from storage.engine.write_queue import patiently
from storage.engine.write_watch import may_have_written, watch_writes
from storage.errors import DatabaseUnreachable, ForeignAwait
from tests.storage.row_fixtures import REFUSALS, WriterGate, kept, put

Opening = Callable[..., Awaitable[GroupedDatabase]]


@pytest.fixture
async def opening(url: str) -> Opening:
    """Opens the test's one database, in which there is a table `rows`."""

    async def open_it(room: int = 1024) -> GroupedDatabase:
        if dialect_of(url) == SQLITE:
            return await SqliteDatabase.open(sqlite_path(url), room=room)
        return await PostgresDatabase.open(url, token="0", room=room)

    database = await open_it()
    await database.write(lambda tx: tx.execute("CREATE TABLE rows (id TEXT PRIMARY KEY)"))
    await database.close()
    return open_it


@pytest.fixture
async def grouped(opening: Opening) -> AsyncIterator[GroupedDatabase]:
    """The same, opened."""
    database = await opening()
    yield database
    await database.close()


async def kept_afterwards(opening: Opening) -> list[str]:
    """The rows that are found by whoever opens it next."""
    database = await opening()
    try:
        return await kept(database)
    finally:
        await database.close()


async def test_writers_at_the_same_time_share_a_commit(grouped: GroupedDatabase) -> None:
    before = grouped.commits

    await asyncio.gather(*(grouped.write(put(f"{number:02}")) for number in range(64)))

    assert grouped.commits - before == 1
    assert len(await kept(grouped)) == 64


async def test_at_most_256_pieces_share_a_commit(grouped: GroupedDatabase) -> None:
    before = grouped.commits

    await asyncio.gather(*(grouped.write(put(f"{number:03}")) for number in range(600)))

    assert grouped.commits - before == 3


async def in_turns(grouped: GroupedDatabase, *, urgent: int, others: int) -> list[str]:
    """What was carried out in which order, when all of it was asked for at once, the urgent work last."""
    done: list[str] = []

    async def note(_: Transaction, what: str) -> None:
        done.append(what)

    await asyncio.gather(
        *(grouped.write(partial(note, what="other")) for _ in range(others)),
        *(grouped.write(partial(note, what="urgent"), urgent=True) for _ in range(urgent)),
    )
    return done


async def test_urgent_work_goes_first_and_waits_for_few_others(grouped: GroupedDatabase) -> None:
    before = grouped.commits

    done = await in_turns(grouped, urgent=2, others=256 + 8)

    assert done == ["urgent"] * 2 + ["other"] * (256 + 8)
    assert grouped.commits == before + 2


async def written_patiently(grouped: GroupedDatabase, row: str) -> None:
    with patiently(True):
        await grouped.write(put(row))


async def test_patient_work_goes_along_with_the_next_commit(grouped: GroupedDatabase) -> None:
    grouped.patience, before = 3600.0, grouped.commits
    patient = asyncio.create_task(written_patiently(grouped, "patient"))
    for _ in range(10):
        await asyncio.sleep(0)
    assert (grouped.commits, patient.done()) == (before, False)

    await grouped.write(put("other"))
    await patient

    assert grouped.commits == before + 1
    assert await kept(grouped) == ["other", "patient"]


async def test_patient_work_waits_for_no_longer_than_its_time(grouped: GroupedDatabase) -> None:
    grouped.patience = 0.01

    await written_patiently(grouped, "patient")

    assert await kept(grouped) == ["patient"]


async def test_much_patient_work_waits_for_nobody(grouped: GroupedDatabase) -> None:
    grouped.patience, before = 3600.0, grouped.commits

    await asyncio.gather(*(written_patiently(grouped, f"{number}") for number in range(8)))

    assert (grouped.commits, len(await kept(grouped))) == (before + 1, 8)


async def test_who_closes_lets_patient_work_end(opening: Opening) -> None:
    grouped = await opening()
    grouped.patience = 3600.0
    patient = asyncio.create_task(written_patiently(grouped, "patient"))
    await asyncio.sleep(0)

    await grouped.close()
    await patient

    assert await kept_afterwards(opening) == ["patient"]


async def test_other_work_has_its_turn_however_much_is_urgent(grouped: GroupedDatabase) -> None:
    done = await in_turns(grouped, urgent=600, others=1)

    assert done.index("other") == 256


async def test_callers_wait_to_be_let_in_when_too_much_waits(opening: Opening) -> None:
    database = await opening(room=3)
    before = database.commits

    await asyncio.gather(*(database.write(put(str(number))) for number in range(9)))
    grown = database.commits - before
    await database.close()

    assert grown >= 3
    assert len(await kept_afterwards(opening)) == 9


async def test_callers_who_wait_to_be_let_in_are_refused_when_it_closes(opening: Opening) -> None:
    database = await opening(room=1)
    gate = WriterGate("accepted")
    accepted = asyncio.create_task(database.write(gate))
    await gate.reached()
    others = [asyncio.create_task(database.write(put(str(number)))) for number in range(3)]
    closing = asyncio.create_task(database.close())
    begun = asyncio.Event()
    asyncio.get_running_loop().call_soon(begun.set)
    await begun.wait()

    gate.let_through()
    ends = await asyncio.gather(*others, return_exceptions=True)
    await asyncio.gather(accepted, closing)

    assert [type(end) for end in ends] == [type(None), DatabaseUnreachable, DatabaseUnreachable]
    assert await kept_afterwards(opening) == ["0", "accepted"]


async def test_work_runs_with_the_callers_context(grouped: GroupedDatabase) -> None:
    creator: ContextVar[str] = ContextVar("creator")

    async def work(_: Transaction) -> str:
        return creator.get()

    async def as_creator(name: str) -> list[str]:
        creator.set(name)
        return [await grouped.write(work), await grouped.read(work)]

    both = await asyncio.gather(as_creator("one"), as_creator("two"))
    assert list(both) == [["one", "one"], ["two", "two"]]


async def test_no_thread_outlives_the_database(opening: Opening) -> None:
    before = set(threading.enumerate())
    database = await opening()
    own = set(threading.enumerate()) - before
    assert len(own) in (3, 4)  # a server has one connection more, which only owns

    await database.close()
    for thread in own:
        thread.join(timeout=20)
    assert not any(thread.is_alive() for thread in own)


async def test_a_cancelled_close_refuses_what_waits_and_leaves_no_thread(opening: Opening) -> None:
    before = set(threading.enumerate())
    database = await opening()
    own = set(threading.enumerate()) - before
    gate = WriterGate("begun")
    begun = asyncio.create_task(database.write(gate))
    await gate.reached()
    waiting = asyncio.create_task(database.write(put("waiting")))
    closing = asyncio.create_task(database.close())
    started = asyncio.Event()
    asyncio.get_running_loop().call_soon(started.set)
    await started.wait()

    closing.cancel()
    asyncio.get_running_loop().call_soon(gate.let_through)
    ends = await asyncio.gather(begun, waiting, closing, return_exceptions=True)
    for thread in own:
        thread.join(timeout=20)

    assert [type(end) for end in ends] == [type(None), DatabaseUnreachable, asyncio.CancelledError]
    assert not any(thread.is_alive() for thread in own)
    assert await kept_afterwards(opening) == ["begun"]
    again = await opening()
    await again.close()


async def test_a_cancelled_opening_leaves_nothing_open(opening: Opening) -> None:
    before = set(threading.enumerate())
    task = asyncio.ensure_future(opening())
    started = asyncio.Event()
    asyncio.get_running_loop().call_soon(started.set)
    await started.wait()

    task.cancel()
    await asyncio.wait([task])
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=20)

    assert task.cancelled()
    again = await opening()
    await again.close()


async def test_a_writer_that_was_killed_refuses_everybody(opening: Opening) -> None:
    database = await opening(room=1)
    gate = WriterGate("begun")
    begun = asyncio.create_task(database.write(gate))
    await gate.reached()
    waiting = [asyncio.create_task(database.write(put(str(number)))) for number in range(3)]
    started = asyncio.Event()
    asyncio.get_running_loop().call_soon(started.set)
    await started.wait()

    database._writing.cancel()
    gate.let_through()
    ends = await asyncio.gather(begun, *waiting, return_exceptions=True)

    assert [type(end) for end in ends] == [asyncio.CancelledError, *[DatabaseUnreachable] * 3]
    with pytest.raises(DatabaseUnreachable):
        await database.write(put("later"))
    await database.close()


async def test_whoever_keeps_a_database_hears_that_its_writer_ended(grouped: GroupedDatabase) -> None:
    keeping = asyncio.create_task(grouped.kept())
    await grouped.write(put("1"))
    assert not keeping.done()

    grouped._writing.cancel()
    async with asyncio.timeout(20):
        await asyncio.wait([keeping])

    assert keeping.cancelled()


async def test_a_write_inside_a_write_takes_no_room_from_others(opening: Opening) -> None:
    database = await opening(room=1)

    async def nested(_: Transaction) -> None:
        await database.write(put("inner"))

    for _ in range(3):
        with pytest.raises(ForeignAwait):
            await database.write(nested)
    async with asyncio.timeout(20):
        await database.close()


async def test_who_watches_learns_whether_anything_was_stored(grouped: GroupedDatabase) -> None:
    watch_writes()

    await kept(grouped)
    with pytest.raises(REFUSALS):
        await grouped.write(put("a", "a"))
    undone = may_have_written()
    await asyncio.create_task(grouped.write(put("a")))  # a part of the same act

    assert not undone
    assert may_have_written()


async def test_a_write_that_was_cancelled_may_have_been_stored(grouped: GroupedDatabase) -> None:
    gate = WriterGate("a")

    async def act() -> bool:
        watch_writes()
        try:
            await grouped.write(gate)
        except asyncio.CancelledError:
            return may_have_written()
        return False

    acting = asyncio.create_task(act())
    await gate.reached()
    acting.cancel()
    gate.let_through()

    assert await acting
