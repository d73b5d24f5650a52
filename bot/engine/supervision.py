"""Runs background tasks under watch: restarted a few times, never lost silently.

A task that raises is started again after a pause; when it has used up its restarts, the process ends
with a sentence, because only a new process can help then. A task that hangs, and an event loop that
stands still, are told by `alive`, which `/healthz` asks.

SupervisionFailed   one task failed too often; its text says which, and with what
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.engine.event_loop_lag import EventLoopLag

log = logging.getLogger(__name__)

Heartbeat = Callable[[], None]  # called by a task whenever it gets somewhere
Run = Callable[[Heartbeat], Awaitable[None]]
Sleep = Callable[[float], Awaitable[None]]

RESTARTS = 5
WITHIN = 600.0  # seconds in which so many restarts are too many
_LAG_SHOWN = 30.0  # a loop that stood still cannot answer meanwhile, so it is told afterwards
_LAG_HINDERS = 2.0  # after that it has come in time often enough to take work on
_CRASH_SHOWN = 60.0
_FIRST_PAUSE = 1.0
_PASSING_PAUSE = 2.0
_SLICE = 5.0  # whoever only waits says so this often
_INSISTS = 5.0  # longer than any task takes to end


class SupervisionFailed(Exception):
    """Raised when a task failed so often that only a new process can help."""


class _EndedByItself(Exception):
    """Raised for a task that was meant to run for ever."""


@dataclass(frozen=True)
class BackgroundTask:
    """A background task. `limit`: how long it may go without a heartbeat; None: its library watches it."""

    name: str
    run: Run
    limit: float | None
    ends: bool = False  # coming to its end is success


@dataclass
class _WatchedTask:
    task: BackgroundTask
    beaten: float
    done: asyncio.Event = field(default_factory=asyncio.Event)
    down: str | None = None  # why it does not run right now
    crashed: float | None = None
    crashes: deque[float] = field(default_factory=lambda: deque(maxlen=RESTARTS + 1))


class Supervisor:
    def __init__(
        self,
        tasks: Sequence[BackgroundTask] = (),
        *,
        fatal: tuple[type[Exception], ...] = (),
        passing: tuple[type[Exception], ...] = (),
        crashed: Callable[[str], None] = lambda _name: None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        insists: float = _INSISTS,
    ) -> None:
        """`fatal`: errors that no restart can help with; they end `run` at once. `crashed` counts the others.

        `passing`: errors that pass by themselves, such as a restarted database server. A task
        that has one is tried again every few seconds and uses up no restart, however long it takes.
        `insists`: seconds after which a task that was told to end is told again.
        """
        self._watched: dict[str, _WatchedTask] = {}
        self._fatal = fatal
        self._passing = passing
        self._crashed = crashed
        self._monotonic = monotonic
        self._sleep = sleep
        self._insists = insists
        self._running: set[asyncio.Task[None]] = set()
        self._lag = EventLoopLag(monotonic)
        self._stopping = False
        self._tasks: asyncio.TaskGroup | None = None
        for task in tasks:
            self.add(task)

    def add(self, task: BackgroundTask) -> None:
        """One more task; while `run` lasts it begins at once, and not after `stop`.

        Raises ValueError when there is one of that name.
        """
        if task.name in self._watched:
            raise ValueError(f"there are two tasks “{task.name}”")
        if self._stopping:
            return
        watched = self._watched[task.name] = _WatchedTask(task, self._monotonic())
        if self._tasks is not None:
            self._begin(watched)

    async def ended(self, name: str) -> None:
        """Return when this task has come to its end; at once where there is none of that name."""
        if name in self._watched:
            await self._watched[name].done.wait()

    def stop(self) -> None:
        """From now on a task that comes to its end is not started again."""
        self._stopping = True

    async def run(self) -> None:
        """Run every task; returns when all have ended. Raises SupervisionFailed, or one of the fatal ones."""
        beside = [asyncio.create_task(self._lag.measured(), name="loop lag")]
        try:
            async with asyncio.TaskGroup() as self._tasks:
                for watched in self._watched.values():
                    self._begin(watched)
                try:
                    while self._running:
                        await asyncio.wait(self._running)
                except asyncio.CancelledError:  # a task has failed, or all are to end
                    beside.append(asyncio.create_task(self._insist(), name="insisting"))
                    raise
        finally:
            self._tasks = None
            for task in beside:
                task.cancel()
            await asyncio.wait(beside)

    def _begin(self, watched: _WatchedTask) -> None:
        assert self._tasks is not None
        task = self._tasks.create_task(self._guard(watched), name=watched.task.name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _insist(self) -> None:
        # asyncio.wait_for of Python 3.11 forgets a cancellation in whose moment it has what it waited for.
        while True:
            await asyncio.sleep(self._insists)
            for task in self._running:
                log.warning("the task %s was told to end and goes on; it is told again", task.get_name())
                task.cancel()

    async def alive(self) -> str | None:
        """Say what hangs, is down, or held the loop up in the last half minute; None when all goes on."""
        return self._hindered(_LAG_SHOWN)

    async def ready(self) -> str | None:
        """The same, and what crashed within the last minute; a loop that goes on is ready soon."""
        now = self._monotonic()
        for watched in self._watched.values():
            if watched.crashed is not None and now - watched.crashed < _CRASH_SHOWN:
                return f"The task “{watched.task.name}” failed {now - watched.crashed:.0f} s ago."
        return self._hindered(_LAG_HINDERS)

    def _hindered(self, shown: float) -> str | None:
        now = self._monotonic()
        if (lagged := self._lag.told(shown)) is not None:
            return lagged
        for watched in self._watched.values():
            if watched.down is not None:
                return watched.down
            limit, silent = watched.task.limit, now - watched.beaten
            if limit is not None and not watched.done.is_set() and silent > limit:
                return f"The task “{watched.task.name}” hangs: nothing heard of it for {silent:.0f} s."
        return None

    async def _guard(self, watched: _WatchedTask) -> None:
        def beat() -> None:
            watched.beaten = self._monotonic()

        while True:
            beat()
            watched.down = None
            try:
                await watched.task.run(beat)
                if watched.task.ends or self._stopping:
                    watched.done.set()
                    return
                raise _EndedByItself  # noqa: TRY301 - it is a failure like any other
            except self._fatal:
                raise
            except Exception as error:
                # A named place that may catch everything: no task may die in silence or take others along.
                if _is_only(error, self._passing):
                    log.warning("the task %s is tried again soon: %s", watched.task.name, _first_of(error))
                    await self._sleep(_PASSING_PAUSE)
                    continue
                log.exception("the task %s failed", watched.task.name)
                await self._pause(watched, error)

    async def _pause(self, watched: _WatchedTask, error: Exception) -> None:
        """Before the next start; raises SupervisionFailed when there have been too many."""
        name, now, crashes = watched.task.name, self._monotonic(), watched.crashes
        watched.crashed = now
        crashes.append(now)
        self._crashed(name)
        if len(crashes) > RESTARTS and now - crashes[0] <= WITHIN:
            raise SupervisionFailed(
                f"The task “{name}” failed {len(crashes)} times within {WITHIN / 60:.0f} "
                f"minutes, the last time with {type(error).__name__}. The bridge ends so that "
                "it can be started again; nothing it had accepted is lost."
            ) from error
        watched.down = f"The task “{name}” failed ({type(error).__name__}) and is being started again."
        await self._sleep(_FIRST_PAUSE * 2 ** sum(now - crash <= WITHIN for crash in crashes) / 2)


def _is_only(error: Exception, kinds: tuple[type[Exception], ...]) -> bool:
    """Whether it is of these, or a group of nothing else, as from a task that does several things at once."""
    if isinstance(error, ExceptionGroup):
        return all(_is_only(one, kinds) for one in error.exceptions)
    return isinstance(error, kinds)


def _first_of(error: Exception) -> Exception:
    return _first_of(error.exceptions[0]) if isinstance(error, ExceptionGroup) else error


def periodic(
    seconds: float,
    work: Callable[[], Awaitable[None]],
    *,
    passing: tuple[type[Exception], ...] = (),
    sleep: Sleep = asyncio.sleep,
) -> Run:
    """A task's run: `work` again and again, `seconds` apart. `passing` errors wait for the next time."""

    async def run(beat: Heartbeat) -> None:
        while True:
            beat()
            try:
                await work()
            except passing as error:
                log.warning("not done this time: %s", error)
            left = seconds
            while left > 0:
                beat()
                await sleep(min(left, _SLICE))
                left -= _SLICE

    return run
