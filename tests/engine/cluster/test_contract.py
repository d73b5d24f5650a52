"""What every driver promises: when a stream is drained, and how often at once."""

import asyncio
import random
from contextlib import suppress

import pytest

from bot.engine.clock import SystemClock
from storage.database import Transaction
from storage.records import Millis, Stream
from tests.engine.cluster.conftest import DriverScenario
from tests.engine.cluster.drain_stand_in import A, B, C, DrainRecorder, EffectTableDrain, driven, waking


async def test_a_stream_is_drained_after_the_commit_that_woke_it_and_not_after_a_rollback(
    world: DriverScenario,
) -> None:
    driver, drains = world.driver(32), DrainRecorder()

    async def wake_and_fail(tx: Transaction) -> None:
        driver.wake(tx, A)
        raise LookupError

    async with driven(driver, drains):
        with pytest.raises(LookupError):
            await world.database.write(wake_and_fail)
        await world.database.write(waking(driver, B))
        await drains.until_ended(1)

        await world.database.write(waking(driver, C))
        await drains.until_ended(2)

    assert drains.begun == [B, C]


async def test_a_stream_that_is_woken_again_and_again_before_it_is_drained_is_drained_once(
    world: DriverScenario,
) -> None:
    driver, drains = world.driver(1), DrainRecorder()
    drains.may_end.clear()
    async with driven(driver, drains):
        await world.database.write(waking(driver, A))
        await drains.until(1)
        await world.database.write(waking(driver, B, B))
        await world.database.write(waking(driver, B))
        await world.database.write(waking(driver, C))

        drains.may_end.set()
        await drains.until_ended(3)

    assert drains.begun == [A, B, C]


async def test_a_stream_that_is_woken_while_it_is_drained_is_drained_once_more_and_never_twice_at_once(
    world: DriverScenario,
) -> None:
    driver, drains = world.driver(32), DrainRecorder()
    drains.may_end.clear()
    async with driven(driver, drains):
        await world.database.write(waking(driver, A))
        await drains.until(1)
        await world.database.write(waking(driver, A))
        await world.database.write(waking(driver, A))
        drains.may_end.set()
        await drains.until_ended(2)

        await world.database.write(waking(driver, B))
        await drains.until_ended(3)

    assert drains.begun == [A, A, B]
    assert drains.most == 1


async def test_streams_are_drained_side_by_side_but_not_too_many(world: DriverScenario) -> None:
    driver, drains = world.driver(2), DrainRecorder()
    drains.may_end.clear()
    streams = [Stream(f"xx:{number}") for number in range(5)]
    async with driven(driver, drains):
        await world.database.write(waking(driver, *streams))
        await drains.until(2)
        begun = list(drains.begun)
        drains.may_end.set()
        await drains.until_ended(5)

    assert len(begun) == 2
    assert sorted(drains.begun) == streams
    assert drains.most == 2


async def test_a_hint_has_a_stream_drained_as_a_wake_does(world: DriverScenario) -> None:
    driver, drains = world.driver(32), DrainRecorder()
    driver.hint(A)
    async with driven(driver, drains):
        await drains.until_ended(1)
        driver.hint_all([B, C])
        await drains.until_ended(3)

    assert drains.begun[0] == A
    assert sorted(drains.begun[1:]) == [B, C]


async def test_a_stream_is_drained_again_at_the_time_that_it_asked_for_and_not_before(
    world: DriverScenario,
) -> None:
    clock = SystemClock()
    due: list[Millis] = []
    begun: list[Millis] = []
    again = asyncio.Event()

    async def drain(_stream: Stream) -> Millis | None:
        begun.append(clock.now())
        if len(begun) == 1:
            due.append(begun[0] + 300)
            return due[0]
        again.set()
        return None

    driver = world.driver(32)
    async with driven(driver, drain):
        await world.database.write(waking(driver, A))
        async with asyncio.timeout(30):
            await again.wait()

    assert len(begun) == 2
    assert begun[1] >= due[0]


async def test_a_stream_that_waits_for_its_time_is_drained_at_once_when_it_is_woken(
    world: DriverScenario,
) -> None:
    driver, drains = world.driver(32), DrainRecorder(SystemClock().now() + 3_600_000)
    async with driven(driver, drains):
        await world.database.write(waking(driver, A))
        await drains.until_ended(1)
        await world.database.write(waking(driver, B))
        await drains.until_ended(2)  # what A asked for is known by now, or known when the next wake comes

        await world.database.write(waking(driver, A))
        await drains.until_ended(3)

    assert drains.begun == [A, B, A]


async def test_a_fault_in_one_stream_stops_no_other_and_is_tried_again(
    world: DriverScenario, caplog: pytest.LogCaptureFixture
) -> None:
    begun: list[Stream] = []
    again = asyncio.Event()

    async def drain(stream: Stream) -> Millis | None:
        begun.append(stream)
        if begun.count(A) == 1 and stream == A:
            raise LookupError("a fault")
        if begun.count(A) == 2:
            again.set()
        return None

    driver = world.driver(32)
    async with driven(driver, drain):
        await world.database.write(waking(driver, A, B))
        async with asyncio.timeout(30):
            await again.wait()

    assert sorted(begun) == [A, A, B]
    assert "a drain failed" in caplog.text


async def test_after_stop_nothing_new_begins_and_run_returns_when_all_has_ended(
    world: DriverScenario,
) -> None:
    driver, drains = world.driver(32), DrainRecorder()
    drains.may_end.clear()
    running = asyncio.create_task(driver.run(drains))
    await world.database.write(waking(driver, A))
    await drains.until(1)

    driver.stop()
    await world.database.write(waking(driver, B))
    drains.may_end.set()
    async with asyncio.timeout(30):
        await running

    assert drains.begun == [A]
    assert drains.ended == 1


async def test_a_stream_that_wakes_itself_for_ever_keeps_no_place_from_others_and_no_driver_from_its_stop(
    world: DriverScenario,
) -> None:
    driver, begun = world.driver(1), list[Stream]()
    many, other, again = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def drain(stream: Stream) -> Millis | None:
        begun.append(stream)
        if stream == A:
            await world.database.write(waking(driver, A))
        for event, reached in ((many, len(begun) > 20), (other, B in begun), (again, A in begun[-1:])):
            if reached:
                event.set()
        return None

    async with driven(driver, drain) as running, asyncio.timeout(30):
        await world.database.write(waking(driver, A))
        await many.wait()
        await world.database.write(waking(driver, B))
        await other.wait()
        again.clear()
        await again.wait()
        driver.stop()
        await running

    assert begun.count(B) == 1


async def test_a_stream_that_always_has_more_to_do_lets_others_have_its_place_in_turn(
    world: DriverScenario,
) -> None:
    clock, begun, other = SystemClock(), list[Stream](), asyncio.Event()

    async def drain(stream: Stream) -> Millis | None:
        begun.append(stream)
        if stream == B:
            other.set()
            return None
        await world.database.write(waking(driver, B)) if len(begun) == 1 else await asyncio.sleep(0)
        return None if other.is_set() else clock.now()

    driver = world.driver(1)
    async with driven(driver, drain):
        await world.database.write(waking(driver, A))
        async with asyncio.timeout(30):
            await other.wait()

    assert begun.count(B) == 1
    assert begun.count(A) <= 3


async def test_a_cancelled_run_cancels_what_it_runs(world: DriverScenario) -> None:
    driver, drains = world.driver(32), DrainRecorder()
    drains.may_end.clear()
    running = asyncio.create_task(driver.run(drains))
    await world.database.write(waking(driver, A, B))
    await drains.until(2)

    running.cancel()
    async with asyncio.timeout(30):
        with suppress(asyncio.CancelledError):
            await running

    assert (drains.at_once, drains.ended) == (0, 2)


async def test_a_driver_says_that_it_is_there_and_not_when_every_place_is_taken(
    world: DriverScenario,
) -> None:
    driver, drains = world.driver(1), DrainRecorder()
    drains.may_end.clear()
    beats: list[int] = []
    task = asyncio.create_task(driver.run(drains, lambda: beats.append(drains.at_once)))
    await world.database.write(waking(driver, A))
    await drains.until(1)
    await world.database.write(waking(driver, B))
    drains.may_end.set()
    await drains.until_ended(2)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task

    assert set(beats) == {0}


async def test_no_row_is_forgotten_however_wakes_and_drains_fall_together(world: DriverScenario) -> None:
    """What is written while a drain looks is drained by it or by the next one."""
    rng = random.Random(20261126)  # noqa: S311 - repeatable on purpose
    driver, lane = world.driver(8), EffectTableDrain(world.database)
    await lane.made()
    rows = [(Stream(f"xx:{rng.randrange(4)}"), f"{number:03}") for number in range(240)]

    async def lay(mine: list[tuple[Stream, str]]) -> None:
        for stream, row in mine:
            await lane.lay(driver, stream, row)
            for _ in range(rng.randrange(6)):
                await asyncio.sleep(0)

    async with driven(driver, lane.drain):
        await asyncio.gather(*(lay(rows[first::6]) for first in range(6)))
        await lane.until(len(rows))

    assert sorted(lane.taken) == sorted(row for _, row in rows)
    assert await lane.left() == []
    assert not lane.twice
