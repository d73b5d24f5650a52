"""What every database promises about transactions."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

import pytest

from storage.database import Database, Transaction
from storage.errors import DatabaseUnreachable, ForeignAwait
from tests.storage.row_fixtures import REFUSALS, WriterGate, kept, put


class SpoiltWork(Exception):
    """What a spoilt piece of work raises."""


@pytest.fixture
async def rows(database: Database) -> Database:
    """A database with the table `rows`."""
    await database.write(lambda tx: tx.execute("CREATE TABLE rows (id TEXT PRIMARY KEY)"))
    return database


async def spoilt(tx: Transaction) -> None:
    await put("spoilt")(tx)
    raise SpoiltWork


async def test_a_write_returns_what_its_work_returns(rows: Database) -> None:
    async def work(tx: Transaction) -> tuple[object, ...]:
        return (
            await tx.execute("INSERT INTO rows (id) VALUES (:a), (:b)", a="1", b="2"),
            await tx.execute("UPDATE rows SET id = :id WHERE id = 'none'", id="3"),
            await tx.one("SELECT id FROM rows ORDER BY id"),
            await tx.one("SELECT id FROM rows WHERE id = 'none'"),
            await tx.all("SELECT id, 7 AS seven FROM rows ORDER BY id DESC"),
        )

    assert await rows.write(work) == (
        2,
        0,
        {"id": "1"},
        None,
        [{"id": "2", "seven": 7}, {"id": "1", "seven": 7}],
    )


async def test_an_error_undoes_its_work_and_reaches_the_caller(rows: Database) -> None:
    with pytest.raises(SpoiltWork):
        await rows.write(spoilt)

    assert await kept(rows) == []


@pytest.mark.parametrize("error", [RuntimeError("of its own"), KeyboardInterrupt(), asyncio.CancelledError()])
async def test_whatever_the_work_raises_undoes_it_and_is_not_mistaken_for_another(
    rows: Database, error: BaseException
) -> None:
    async def work(tx: Transaction) -> None:
        await put("row")(tx)
        raise error

    async def caller() -> BaseException | None:
        try:
            await rows.write(work)
        except BaseException as caught:  # noqa: BLE001 - the test is about all of them
            return caught
        return None

    assert type(await caller()) is type(error)
    assert await kept(rows) == []


async def test_a_spoilt_piece_does_not_hurt_its_neighbours(rows: Database) -> None:
    async def half(tx: Transaction) -> None:
        await put("half", "first")(tx)  # the second is there already: a statement that fails

    ends = await asyncio.gather(
        rows.write(put("first")),
        rows.write(spoilt),
        rows.write(half),
        rows.write(put("last")),
        return_exceptions=True,
    )

    assert [type(end) for end in (*ends[:2], ends[3])] == [type(None), SpoiltWork, type(None)]
    assert isinstance(ends[2], REFUSALS)
    assert await kept(rows) == ["first", "last"]


async def test_what_no_statement_can_be_made_of_hurts_no_neighbours(rows: Database) -> None:
    def unread(tx: Transaction) -> Awaitable[int]:
        return tx.execute("INSERT INTO rows VALUES VALUES")

    await rows.write(put("0"))  # from now on its text is known
    works = [put("1"), put("\ud800"), put("2"), unread, put("3"), put("2"), put("4")]
    ends = await asyncio.gather(*map(rows.write, works), return_exceptions=True)

    assert [number for number, end in enumerate(ends) if end is None] == [0, 2, 4, 6]
    assert isinstance(ends[1], UnicodeEncodeError)
    assert isinstance(ends[5], REFUSALS)
    assert await kept(rows) == ["0", "1", "2", "3", "4"]


async def test_work_may_go_on_after_a_statement_that_failed(rows: Database) -> None:
    async def work(tx: Transaction) -> int:
        await put("1")(tx)
        return await tx.execute("INSERT INTO rows (id) VALUES ('1') ON CONFLICT DO NOTHING")

    assert await rows.write(work) == 0
    assert await kept(rows) == ["1"]


async def test_work_that_goes_on_after_a_failed_statement_is_undone_all_the_same(rows: Database) -> None:
    async def work(tx: Transaction) -> None:
        with suppress(*REFUSALS):
            await put("1", "1")(tx)

    ends = await asyncio.gather(rows.write(work), rows.write(put("2")), return_exceptions=True)

    assert isinstance(ends[0], REFUSALS)
    assert await kept(rows) == ["2"]


async def test_pieces_run_in_the_order_in_which_they_were_asked_for(rows: Database) -> None:
    order: list[int] = []

    async def note(tx: Transaction, number: int) -> None:
        order.append(number)

    await asyncio.gather(*(rows.write(partial(note, number=number)) for number in range(600)))
    assert order == list(range(600))


async def test_work_whose_caller_is_cancelled_while_it_runs_is_undone(rows: Database) -> None:
    gate = WriterGate("cancelled")
    writing = asyncio.create_task(rows.write(gate))
    await gate.reached()
    neighbour = asyncio.create_task(rows.write(put("neighbour")))

    writing.cancel()
    gate.let_through()

    with pytest.raises(asyncio.CancelledError):
        await writing
    await neighbour
    assert await kept(rows) == ["neighbour"]


async def test_work_whose_caller_is_cancelled_before_its_turn_never_runs(rows: Database) -> None:
    gate = WriterGate("first")
    first = asyncio.create_task(rows.write(gate))
    await gate.reached()
    ran: list[Transaction] = []

    async def never(tx: Transaction) -> None:
        ran.append(tx)

    waiting = asyncio.create_task(rows.write(never))
    neighbour = asyncio.create_task(rows.write(put("neighbour")))
    began = asyncio.Event()
    asyncio.get_running_loop().call_soon(began.set)
    await began.wait()  # both wait for the writer now

    waiting.cancel()
    gate.let_through()

    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.gather(first, neighbour)
    assert ran == []
    assert await kept(rows) == ["first", "neighbour"]


async def test_a_cancellation_after_the_commit_is_too_late_to_undo_it(rows: Database) -> None:
    def cancel() -> None:
        writing.cancel()

    async def work(tx: Transaction) -> None:
        tx.on_commit(cancel)
        await put("row")(tx)

    writing = asyncio.create_task(rows.write(work))
    await asyncio.wait([writing])

    assert writing.cancelled()
    assert await kept(rows) == ["row"]


async def test_a_cancelled_write_ends_only_when_its_fate_is_decided(rows: Database) -> None:
    gate = WriterGate("cancelled")
    writing = asyncio.create_task(rows.write(gate))
    await gate.reached()

    writing.cancel()
    done, _ = await asyncio.wait([writing], timeout=0.05)
    assert not done

    gate.let_through()
    await asyncio.wait([writing])
    assert writing.cancelled()


@pytest.mark.parametrize("kind", ["write", "read"])
@pytest.mark.parametrize("foreign", ["a bare pause", "a timer", "a future", "a timeout", "another write"])
async def test_awaiting_anything_but_the_database_is_refused(rows: Database, kind: str, foreign: str) -> None:
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    awaits: dict[str, Callable[[], Awaitable[object]]] = {
        "a bare pause": lambda: asyncio.sleep(0),
        "a timer": lambda: asyncio.sleep(1),
        "a future": lambda: future,
        "a timeout": lambda: asyncio.wait_for(future, 1),
        "another write": lambda: rows.write(put("inner")),
    }

    async def work(tx: Transaction) -> None:
        if kind == "write":
            await put("outer")(tx)
        await awaits[foreign]()

    with pytest.raises(ForeignAwait):
        await (rows.write(work) if kind == "write" else rows.read(work))
    assert await kept(rows) == []
    await rows.write(put("later"))


async def test_work_that_will_not_stop_awaiting_is_undone_too(rows: Database) -> None:
    async def stubborn(tx: Transaction) -> None:
        await put("stubborn")(tx)
        try:
            await asyncio.sleep(0)
        finally:
            await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="ignored GeneratorExit"):
        await rows.write(stubborn)
    assert await kept(rows) == []


async def test_a_transaction_is_of_no_use_after_its_end(rows: Database) -> None:
    left: list[Transaction] = []

    async def leave(tx: Transaction) -> None:
        left.append(tx)

    async def borrow(tx: Transaction) -> None:
        await put("mine")(tx)
        await put("borrowed")(left[0])

    await rows.write(leave)
    with pytest.raises(ForeignAwait):
        await rows.write(borrow)
    assert await kept(rows) == []


async def test_on_commit_comes_after_the_commit_and_before_the_callers_result(rows: Database) -> None:
    told: list[str] = []

    async def work(tx: Transaction) -> None:
        tx.on_commit(lambda: told.append("first call"))
        tx.on_commit(lambda: told.append("second call"))
        await put("row")(tx)
        told.append("work done")

    await rows.write(work)
    told.append("caller told")
    assert told == ["work done", "first call", "second call", "caller told"]


async def test_on_commit_of_undone_work_never_comes(rows: Database) -> None:
    told: list[str] = []

    async def undone(tx: Transaction) -> None:
        tx.on_commit(lambda: told.append("undone"))
        await spoilt(tx)

    async def durable(tx: Transaction) -> None:
        tx.on_commit(lambda: told.append("durable"))

    await asyncio.gather(rows.write(undone), rows.write(durable), return_exceptions=True)
    assert told == ["durable"]


async def test_what_is_left_for_the_end_is_part_of_the_transaction_and_done_once(rows: Database) -> None:
    async def twice(tx: Transaction) -> None:
        tx.at_end("again", put("wrong"))
        tx.at_end("again", last)
        await put("first")(tx)

    async def last(tx: Transaction) -> None:
        await put(*(f"after {row['id']}" for row in await tx.all("SELECT id FROM rows ORDER BY id")))(tx)

    await rows.write(twice)

    assert await kept(rows) == ["after first", "first"]


async def test_what_fails_at_the_end_undoes_its_work_and_reaches_the_caller(rows: Database) -> None:
    async def work(tx: Transaction) -> None:
        tx.at_end("spoilt", spoilt)
        await put("row")(tx)

    async def undone(tx: Transaction) -> None:
        tx.at_end("never", put("never"))
        await spoilt(tx)

    with pytest.raises(SpoiltWork):
        await rows.write(work)
    with pytest.raises(SpoiltWork):
        await rows.write(undone)

    assert await kept(rows) == []


async def test_a_call_that_raises_after_the_commit_spoils_nothing(rows: Database) -> None:
    reported: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context["exception"]))

    def fail() -> None:
        raise SpoiltWork

    async def work(tx: Transaction) -> None:
        tx.on_commit(fail)
        await put("row")(tx)

    await rows.write(work)
    await rows.write(put("next"))
    assert await kept(rows) == ["next", "row"]
    assert [type(error) for error in reported] == [SpoiltWork]


async def test_a_reader_sees_only_what_is_committed_and_waits_for_no_writer(rows: Database) -> None:
    await rows.write(put("before"))
    gate = WriterGate("uncommitted")
    writing = asyncio.create_task(rows.write(gate))
    await gate.reached()

    seen = await kept(rows)
    gate.let_through()
    await writing

    assert seen == ["before"]
    assert await kept(rows) == ["before", "uncommitted"]


async def test_a_reader_cannot_write(rows: Database) -> None:
    with pytest.raises(Exception, match=r"read-?only"):
        await rows.read(put("row"))
    assert await kept(rows) == []


async def test_a_cancelled_read_leaves_the_readers_usable(rows: Database) -> None:
    reads = [asyncio.create_task(kept(rows)) for _ in range(50)]
    started = asyncio.Event()
    asyncio.get_running_loop().call_soon(started.set)
    await started.wait()

    for read in reads:
        read.cancel()
    await asyncio.wait(reads)

    assert all(read.cancelled() for read in reads)
    assert await asyncio.gather(*(kept(rows) for _ in range(10))) == [[]] * 10


async def test_closing_finishes_what_was_accepted_and_refuses_the_rest(rows: Database) -> None:
    writes = [asyncio.create_task(rows.write(put(f"{number:03}"))) for number in range(300)]
    started = asyncio.Event()
    asyncio.get_running_loop().call_soon(started.set)
    await started.wait()

    await rows.close()
    await rows.close()

    await asyncio.gather(*writes)
    with pytest.raises(DatabaseUnreachable, match="closed"):
        await rows.write(put("late"))
    with pytest.raises(DatabaseUnreachable, match="closed"):
        await kept(rows)
