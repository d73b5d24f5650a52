"""Background tasks: restarted a few times, never lost, told while they hang (F12)."""

import asyncio
import time
from itertools import pairwise

import pytest

from bot.engine.supervision import (
    RESTARTS,
    WITHIN,
    BackgroundTask,
    Heartbeat,
    SupervisionFailed,
    Supervisor,
    periodic,
)


class SupervisionClock:
    """A monotonic clock that a test moves, and sleeping that moves it."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


class FatalError(Exception):
    """No restart helps."""


async def forever(_beat: Heartbeat) -> None:
    await asyncio.Event().wait()


async def begun(supervisor: Supervisor) -> asyncio.Task[None]:
    running = asyncio.create_task(supervisor.run())
    for _ in range(5):
        await asyncio.sleep(0)
    return running


async def ended(running: asyncio.Task[None]) -> None:
    running.cancel()
    await asyncio.wait([running])


async def test_a_task_that_fails_is_started_again_and_the_others_never_notice() -> None:
    watch, starts, others = SupervisionClock(), 0, 0

    async def shaky(_beat: Heartbeat) -> None:
        nonlocal starts
        starts += 1
        if starts < 4:
            raise RuntimeError("no")

    async def other(_beat: Heartbeat) -> None:
        nonlocal others
        others += 1
        await asyncio.Event().wait()

    crashed: list[str] = []
    tasks = [BackgroundTask("shaky", shaky, None, ends=True), BackgroundTask("other", other, None)]
    supervisor = Supervisor(tasks, monotonic=watch, sleep=watch.sleep, crashed=crashed.append)
    running = await begun(supervisor)
    async with asyncio.timeout(60):
        await supervisor.ended("shaky")

    assert (starts, others) == (4, 1)
    assert crashed == ["shaky"] * 3
    assert watch.slept == [1.0, 2.0, 4.0]
    assert await supervisor.alive() is None
    assert await supervisor.ready() == "The task “shaky” failed 4 s ago."
    watch.now += 60
    assert await supervisor.ready() is None
    await ended(running)


async def test_a_task_that_uses_up_its_restarts_ends_the_process_with_a_sentence() -> None:
    watch, starts = SupervisionClock(), 0

    async def broken(_beat: Heartbeat) -> None:
        nonlocal starts
        starts += 1
        raise ValueError("a secret text")

    supervisor = Supervisor(
        [BackgroundTask("broken", broken, None), BackgroundTask("fine", forever, None)],
        monotonic=watch,
        sleep=watch.sleep,
    )
    with pytest.raises(ExceptionGroup) as caught:
        await supervisor.run()

    (error,) = caught.value.exceptions
    assert isinstance(error, SupervisionFailed)
    assert starts == RESTARTS + 1
    assert "The task “broken” failed 6 times within 10 minutes" in str(error)
    assert "ValueError" in str(error)
    assert "secret" not in str(error)


async def test_failures_that_lie_far_apart_never_use_up_the_restarts() -> None:
    watch, starts = SupervisionClock(), 0

    async def rare(_beat: Heartbeat) -> None:
        nonlocal starts
        starts += 1
        watch.now += WITHIN / (RESTARTS - 1)
        if starts < 50:
            raise RuntimeError("no")

    supervisor = Supervisor(
        [BackgroundTask("rare", rare, None, ends=True)], monotonic=watch, sleep=watch.sleep
    )
    await supervisor.run()

    assert starts == 50


async def test_a_task_that_is_down_is_told_by_name_until_it_runs_again() -> None:
    watch, go = SupervisionClock(), asyncio.Event()
    starts = 0

    async def once(_beat: Heartbeat) -> None:
        nonlocal starts
        starts += 1
        if starts == 1:
            raise KeyError("x")
        await forever(_beat)

    async def held(_seconds: float) -> None:
        await go.wait()

    supervisor = Supervisor([BackgroundTask("sweep", once, None)], monotonic=watch, sleep=held)
    running = await begun(supervisor)
    down = await supervisor.alive()
    go.set()
    for _ in range(5):
        await asyncio.sleep(0)

    assert down == "The task “sweep” failed (KeyError) and is being started again."
    assert await supervisor.alive() is None
    await ended(running)


async def test_a_task_that_hangs_is_told_by_name_once_its_limit_has_passed() -> None:
    watch = SupervisionClock()
    beats: list[Heartbeat] = []

    async def quiet(beat: Heartbeat) -> None:
        beats.append(beat)
        await forever(beat)

    tasks = [BackgroundTask("sweep", quiet, 25.0), BackgroundTask("gateway", forever, None)]
    supervisor = Supervisor(tasks, monotonic=watch, sleep=watch.sleep)
    running = await begun(supervisor)
    watch.now += 25
    in_time = await supervisor.alive()
    watch.now += 1
    late = await supervisor.alive()
    beats[0]()

    assert in_time is None
    assert late == "The task “sweep” hangs: nothing heard of it for 26 s."
    assert await supervisor.alive() is None
    await ended(running)


async def test_a_task_that_ends_by_itself_though_it_should_not_has_failed() -> None:
    watch, starts = SupervisionClock(), 0

    async def leaves(_beat: Heartbeat) -> None:
        nonlocal starts
        starts += 1

    with pytest.raises(ExceptionGroup) as caught:
        await Supervisor([BackgroundTask("leaves", leaves, None)], monotonic=watch, sleep=watch.sleep).run()

    assert starts == RESTARTS + 1
    assert caught.group_contains(SupervisionFailed)


async def test_after_stop_a_task_may_end() -> None:
    go = asyncio.Event()

    async def until_told(_beat: Heartbeat) -> None:
        await go.wait()

    supervisor = Supervisor([BackgroundTask("deliveries", until_told, 1.0)])
    running = await begun(supervisor)
    supervisor.stop()
    go.set()
    async with asyncio.timeout(60):
        await supervisor.ended("deliveries")
        await running


async def test_what_no_restart_helps_with_ends_everything_at_once() -> None:
    starts = 0

    async def fatal(_beat: Heartbeat) -> None:
        nonlocal starts
        starts += 1
        raise FatalError

    tasks = [BackgroundTask("gateway", fatal, None), BackgroundTask("fine", forever, None)]
    with pytest.raises(ExceptionGroup) as caught:
        await Supervisor(tasks, fatal=(FatalError,)).run()

    assert caught.group_contains(FatalError)
    assert starts == 1


@pytest.mark.parametrize("by", ["a failure", "whoever runs it"])
async def test_a_task_whose_library_takes_the_end_for_something_else_is_told_again(by: str) -> None:
    """As `asyncio.wait_for` does, where what it waits for is there in the same moment."""
    fails, heard = asyncio.Event(), 0

    async def deaf(_beat: Heartbeat) -> None:
        nonlocal heard
        for _ in range(3):
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                heard += 1
        await asyncio.Event().wait()

    async def failing(_beat: Heartbeat) -> None:
        await fails.wait()
        raise FatalError

    tasks = [BackgroundTask("deaf", deaf, None), BackgroundTask("failing", failing, None)]
    running = await begun(Supervisor(tasks, fatal=(FatalError,), insists=0.01))
    if by == "a failure":
        fails.set()
    else:
        running.cancel()

    await asyncio.wait([running], timeout=5)

    assert running.done()
    assert heard == 3


async def test_what_passes_by_itself_uses_up_no_restart_and_is_no_crash() -> None:
    clock, runs, crashes = SupervisionClock(), list[int](), list[str]()
    well = asyncio.Event()

    async def waits(_beat: Heartbeat) -> None:
        runs.append(1)
        if len(runs) <= RESTARTS + 3:
            raise ConnectionError("not there yet")
        well.set()
        await asyncio.Event().wait()

    supervisor = Supervisor(
        [BackgroundTask("waits", waits, None)],
        passing=(ConnectionError,),
        crashed=crashes.append,
        monotonic=clock,
        sleep=clock.sleep,
    )
    running = await begun(supervisor)
    async with asyncio.timeout(60):
        await well.wait()
    said = await supervisor.ready()
    await ended(running)

    assert (said, crashes) == (None, [])


async def test_what_passes_is_no_crash_where_a_task_does_several_things_at_once() -> None:
    watch, crashes, well = SupervisionClock(), list[str](), asyncio.Event()
    away, other = ConnectionError("not there yet"), ValueError("something else")
    fails = [ExceptionGroup("at once", [away, ExceptionGroup("in it", [away])])] * (RESTARTS + 3)
    fails.append(ExceptionGroup("at once", [away, other]))

    async def waits(_beat: Heartbeat) -> None:
        if fails:
            raise fails.pop(0)
        well.set()
        await asyncio.Event().wait()

    supervisor = Supervisor(
        [BackgroundTask("waits", waits, None)],
        passing=(ConnectionError,),
        crashed=crashes.append,
        monotonic=watch,
        sleep=watch.sleep,
    )
    running = await begun(supervisor)
    async with asyncio.timeout(60):
        await well.wait()
    await ended(running)

    assert crashes == ["waits"]


async def test_two_tasks_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two tasks"):
        Supervisor([BackgroundTask("tidy", forever, None), BackgroundTask("tidy", forever, None)])


async def test_a_loop_that_stood_still_is_told_afterwards() -> None:
    supervisor = Supervisor([BackgroundTask("fine", forever, None)])
    running = await begun(supervisor)

    until = time.monotonic() + 1.4
    while time.monotonic() < until:
        pass  # to hold the loop up is what this is about
    told = None
    async with asyncio.timeout(60):
        while told is None:
            await asyncio.sleep(0)
            told = await supervisor.alive()

    # A busy machine holds it up for longer.
    assert told.startswith("The event loop stood still for ")
    assert float(told.split()[-2]) >= 1
    await ended(running)


async def test_a_loop_that_stood_still_is_ready_again_long_before_it_is_forgotten() -> None:
    watch = SupervisionClock()
    supervisor = Supervisor([BackgroundTask("fine", forever, None)], monotonic=watch)
    running = await begun(supervisor)

    watch.now += 1.75
    told: list[tuple[str | None, str | None]] = [(None, None)]
    async with asyncio.timeout(60):
        while told[0][1] is None:
            await asyncio.sleep(0)
            told = [(await supervisor.ready(), await supervisor.alive())]
    for seconds in (1.9, 0.2, 27.8, 0.2):
        watch.now += seconds
        told.append((await supervisor.ready(), await supervisor.alive()))

    said = "The event loop stood still for 1.5 s."
    assert told == [(said, said), (said, said), (None, said), (None, said), (None, None)]
    await ended(running)


async def test_a_periodic_task_beats_while_it_waits_and_outlives_what_passes() -> None:
    watch, deeds, beats = SupervisionClock(), 0, []

    async def deed() -> None:
        nonlocal deeds
        deeds += 1
        if deeds == 2:
            raise ConnectionError("the database is away")
        if deeds == 4:
            raise FatalError

    run = periodic(60.0, deed, passing=(ConnectionError,), sleep=watch.sleep)
    with pytest.raises(FatalError):
        await run(lambda: beats.append(watch.now))

    assert deeds == 4
    assert sum(watch.slept) == 180.0
    assert max(after - before for before, after in pairwise(beats)) <= 5.0


async def test_a_task_that_is_added_later_begins_at_once_and_none_after_a_stop() -> None:
    ran: list[str] = []
    begun_later = asyncio.Event()

    async def later(_beat: Heartbeat) -> None:
        ran.append("later")
        begun_later.set()

    async def too_late(_beat: Heartbeat) -> None:
        ran.append("too late")

    supervisor = Supervisor([BackgroundTask("first", forever, None)])
    running = await begun(supervisor)
    supervisor.add(BackgroundTask("later", later, None, ends=True))
    async with asyncio.timeout(60):
        await begun_later.wait()
        await supervisor.ended("later")
    supervisor.stop()
    supervisor.add(BackgroundTask("too late", too_late, None, ends=True))
    async with asyncio.timeout(60):
        await supervisor.ended("too late")
    await ended(running)

    assert ran == ["later"]
