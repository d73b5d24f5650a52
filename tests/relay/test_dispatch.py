"""The driver in one process, on a clock that the test owns."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import cast

import pytest

from bot.engine.clock import SystemClock, SystemIds
from bot.engine.dispatch import InProcessDriver, drain_by_prefix
from storage.database import Transaction
from storage.records import Stream
from tests.engine.cluster.drain_stand_in import A, B, DrainRecorder, driven
from tests.relay.clock_fixtures import ManualDriver, SettableClock


async def test_a_stream_that_is_woken_while_it_is_drained_is_drained_once_more() -> None:
    dispatch, drains = InProcessDriver(clock=SystemClock()), DrainRecorder()
    drains.may_end.clear()
    async with driven(dispatch, drains):
        dispatch.hint(A)
        await drains.until(1)

        dispatch.hint(A)
        dispatch.hint(A)
        waiting = dispatch.waiting
        drains.may_end.set()
        await drains.until(2)

    assert waiting == 1
    assert drains.begun == [A, A]
    assert drains.most == 1


async def test_streams_are_drained_side_by_side_but_not_too_many() -> None:
    dispatch, drains = InProcessDriver(clock=SystemClock(), at_once=2), DrainRecorder()
    drains.may_end.clear()
    async with driven(dispatch, drains):
        dispatch.hint_all(Stream(f"xx:{number}") for number in range(5))
        await drains.until(2)
        waiting = dispatch.waiting
        drains.may_end.set()
        await drains.until(5)

    assert waiting == 5
    assert drains.most == 2


async def test_a_stream_is_drained_again_at_the_time_that_it_asked_for() -> None:
    clock = SettableClock(at=1_000)
    turns, drains = ManualDriver(clock), DrainRecorder(1_500)
    async with driven(turns, drains):
        turns.hint(A)
        await turns.pass_time(499)
        before = list(drains.begun)

        await turns.pass_time(1)

    assert before == [A]
    assert drains.begun == [A, A]


async def test_only_the_last_time_that_a_stream_asked_for_counts() -> None:
    clock = SettableClock(at=1_000)
    turns, drains = ManualDriver(clock), DrainRecorder(1_500, 1_800)
    async with driven(turns, drains):
        turns.hint(A)
        await turns.turn()
        turns.hint(A)
        await turns.pass_time(799)
        before = len(drains.begun)

        await turns.pass_time(1)

    assert before == 2
    assert len(drains.begun) == 3


class DurableTransaction:
    """What a driver asks of a transaction; it is durable already."""

    def on_commit(self, call: Callable[[], None]) -> None:
        call()


def woken(turns: InProcessDriver, stream: Stream, *, at: int) -> None:
    turns.wake(cast("Transaction", DurableTransaction()), stream, at=at)


async def test_a_stream_whose_work_has_its_time_is_not_drained_before_the_first_of_it() -> None:
    clock = SettableClock(at=1_000)
    turns, drains = ManualDriver(clock), DrainRecorder()
    async with driven(turns, drains):
        woken(turns, A, at=1_500)
        woken(turns, A, at=1_900)
        woken(turns, B, at=1_800)
        woken(turns, B, at=1_200)
        await turns.pass_time(199)
        before = list(drains.begun)
        await turns.pass_time(1)
        early = list(drains.begun)

        await turns.pass_time(300)

    assert (before, early) == ([], [B])
    assert drains.begun == [B, A]


async def test_a_stream_whose_time_has_come_or_that_is_drained_now_is_drained_at_once() -> None:
    clock = SettableClock(at=1_000)
    turns, drains = ManualDriver(clock), DrainRecorder()
    drains.may_end.clear()
    async with driven(turns, drains):
        woken(turns, A, at=1_000)
        await drains.until(1)
        woken(turns, A, at=9_000)  # it may have looked already
        drains.may_end.set()
        await drains.until(2)

    assert drains.begun == [A, A]


async def test_a_fault_in_one_stream_stops_no_other_and_is_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = SettableClock(at=1_000)
    turns = ManualDriver(clock)
    begun: list[Stream] = []

    async def drain(stream: Stream) -> None:
        begun.append(stream)
        if begun.count(A) == 1 and stream == A:
            raise LookupError("a fault")

    async with driven(turns, drain):
        turns.hint(A)
        turns.hint(B)
        await turns.turn()
        first = list(begun)
        await turns.pass_time(1_000)

    assert first == [A, B]
    assert begun == [A, B, A]
    assert "a drain failed" in caplog.text


async def test_facts_and_effects_are_drained_by_their_own() -> None:
    facts, effects = DrainRecorder(), DrainRecorder()
    drain = drain_by_prefix({"in": facts, "": effects})

    await drain(Stream("in:creator"))
    await drain(Stream("dc:creator:fan"))

    assert (facts.begun, effects.begun) == ([Stream("in:creator")], [Stream("dc:creator:fan")])


def test_real_ids_are_22_characters_and_never_the_same() -> None:
    made = {SystemIds().new() for _ in range(1000)}

    assert len(made) == 1000
    assert {len(one) for one in made} == {22}


async def test_a_driver_without_work_says_again_and_again_that_it_is_there() -> None:
    beats = 0
    there = asyncio.Event()

    def beat() -> None:
        nonlocal beats
        beats += 1
        there.set()

    clock = SettableClock()
    dispatch = InProcessDriver(clock=clock)
    task = asyncio.create_task(dispatch.run(DrainRecorder(), beat))
    for _ in range(3):
        async with asyncio.timeout(60):
            await there.wait()
        there.clear()
        dispatch.hint(A)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task

    assert beats >= 3


async def test_a_driver_whose_every_place_is_taken_does_not_say_that_all_is_well() -> None:
    drains = DrainRecorder()
    drains.may_end.clear()
    beats: list[int] = []
    dispatch = InProcessDriver(clock=SettableClock(), at_once=1)
    task = asyncio.create_task(dispatch.run(drains, lambda: beats.append(len(drains.begun))))
    dispatch.hint(A)
    await drains.until(1)
    dispatch.hint(B)
    for _ in range(5):
        await asyncio.sleep(0)
    stuck = list(beats)
    drains.may_end.set()
    await drains.until(2)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task

    assert set(stuck) == {0}


async def test_coming_back_at_ever_other_times_takes_no_more_memory() -> None:
    dispatch = InProcessDriver(clock=SettableClock())

    for number in range(20_000):
        dispatch._come_back(A, 10_000_000_000_000 + number)
        dispatch._come_back(B, 10_000_000_000_000)

    assert len(dispatch._later) < 1100
    assert dispatch._due == {A: 10_000_000_019_999, B: 10_000_000_000_000}


async def test_a_line_is_drained_before_cards_that_were_woken_earlier() -> None:
    dispatch, drains = ManualDriver(SettableClock(at=1_000)), DrainRecorder()
    cards = [Stream(f"cd:luna:{number}") for number in range(40)]
    line = Stream("dc:luna:nora")
    drains.may_end.clear()
    async with driven(dispatch, drains):
        dispatch.hint_all([*cards, line])
        await drains.until(25)
        begun = list(drains.begun)
        drains.may_end.set()
        await drains.until(41)

    assert begun == [line, *cards[:24]]  # eight of the 32 places are kept free for what is urgent
    assert drains.begun[25:] == cards[24:]


async def test_a_card_waits_no_longer_than_five_seconds_behind_lines() -> None:
    clock = SettableClock(at=1_000)
    dispatch, drains = ManualDriver(clock), DrainRecorder()
    card, early, late = Stream("cd:luna:nora"), Stream("dc:luna:early"), Stream("dc:luna:late")
    dispatch.hint(card)
    clock.at += 4_000
    dispatch.hint(early)
    clock.at += 4_000
    dispatch.hint(late)
    async with driven(dispatch, drains):
        await drains.until(3)

    assert drains.begun == [early, card, late]
