"""An event loop whose time is virtual, and whose order comes from a seed.

Nothing is ever waited for: when nobody can go on, time jumps to the next moment that somebody asked for.
What two tasks do at the same moment is done in an order that the seed draws; a callback that is no task
keeps its place, because asyncio promises it.
"""

import asyncio
import heapq
import random
from collections import deque
from collections.abc import Callable
from contextvars import Context, copy_context
from datetime import UTC, datetime
from functools import partial
from itertools import count
from typing import Any

from storage.records import Millis
from tests.simulation.lives import LIFE, Life

EPOCH: Millis = 1_795_460_400_000  # 2026-11-23, some time in the evening
_SHUFFLED = 0.5  # of the moments with several tasks
_ENDLESS = 400_000  # turns without a moment passing
_STEPS = ("TaskStepMethWrapper", "_asyncio.Task", "Ordered")
_numbers = count()


class Stalled(AssertionError):
    """Raised when everybody waits and nobody will ever go on, or when they go on and time does not."""


class Ordered(asyncio.Task[Any]):
    """A task whose place in a set does not depend on where it lies in memory."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.serial = next(_numbers)
        super().__init__(*args, **kwargs)

    def __hash__(self) -> int:
        return self.serial


class OrderedFuture(asyncio.Future[Any]):
    """The same for a future."""

    def __init__(self, **kwargs: Any) -> None:
        self.serial = next(_numbers)
        super().__init__(**kwargs)

    def __hash__(self) -> int:
        return self.serial


class VirtualLoop(asyncio.BaseEventLoop):
    """Runs everything in one thread, at no time."""

    def __init__(self, rng: random.Random) -> None:
        super().__init__()
        self._rng = rng
        self._now = 0.0
        self._turns = 0
        self.jumped: Millis = 0  # how far the machine's clock was set, beside the time that passes
        self._ready: deque[Any]  # handles, of which asyncio's types hide what a loop needs of them
        self._scheduled: list[Any]
        self._stopping: bool
        self._timer_cancelled_count: int
        self.set_task_factory(_task)

    def time(self) -> float:
        """Virtual seconds since it was made."""
        return self._now

    def wall(self) -> Millis:
        """What the clock on the wall says, milliseconds since 1970: it is never set."""
        return EPOCH + round(self._now * 1000)

    def told(self) -> Millis:
        """What the clock of whoever asks says: a life's machine may have had its clock set."""
        return self.wall() + (self.jumped if LIFE.get() is not None else 0)

    def now(self) -> datetime:
        """What the networks' clocks say."""
        return datetime.fromtimestamp(self.wall() / 1000, UTC)

    def create_future(self) -> asyncio.Future[Any]:
        """See `OrderedFuture`."""
        return OrderedFuture(loop=self)

    def add_signal_handler(  # type: ignore[override]  # of less generality
        self, sig: int, callback: Callable[..., object], *args: Any
    ) -> None:
        """A life hears of signals; nobody else does."""
        if (life := LIFE.get()) is not None:
            life.hears[sig] = partial(self.call_soon, callback, *args, context=copy_context())

    def run_in_executor(  # type: ignore[override]  # likewise
        self,
        _executor: Any,
        func: Callable[..., Any],
        *args: Any,
    ) -> asyncio.Future[Any]:
        """There are no threads: it is done at once, and heard of a turn later."""
        done = self.create_future()
        try:
            result = func(*args)
        except Exception as error:  # noqa: BLE001 - as a thread hands it over
            done.set_exception(error)
        else:
            done.set_result(result)
        return done

    def _write_to_self(self) -> None:
        """Nobody sleeps who would have to be woken."""

    def _run_once(self) -> None:
        ready, scheduled = self._ready, self._scheduled
        self._forget_cancelled()
        if not ready and not self._stopping:
            if not scheduled:
                raise Stalled("Everybody waits for nothing.")
            if scheduled[0]._when > self._now:
                self._now, self._turns = scheduled[0]._when, 0
        self._turns += 1
        if self._turns > _ENDLESS:
            raise Stalled(f"Time stands still: {ready[0] if ready else None}")
        while scheduled and scheduled[0]._when <= self._now:
            handle = heapq.heappop(scheduled)
            handle._scheduled = False
            ready.append(handle)
        if len(ready) > 1 and self._rng.random() < _SHUFFLED:
            self._shuffle()
        for _ in range(len(ready)):
            one = ready.popleft()
            if not one._cancelled and lives(one._context):
                one._run()

    def _shuffle(self) -> None:
        """Tasks that follow one another change places."""
        handles, run = list(self._ready), list[Any]()
        self._ready.clear()
        for handle in handles:
            if _is_step(handle):
                run.append(handle)
                continue
            self._rng.shuffle(run)
            self._ready.extend(run)
            run.clear()
            self._ready.append(handle)
        self._rng.shuffle(run)
        self._ready.extend(run)

    def _forget_cancelled(self) -> None:
        scheduled = self._scheduled
        if self._timer_cancelled_count > 200 and 2 * self._timer_cancelled_count > len(scheduled):
            self._scheduled[:] = [handle for handle in scheduled if not handle._cancelled]
            heapq.heapify(scheduled)
            self._timer_cancelled_count = 0
        while scheduled and scheduled[0]._cancelled:
            self._timer_cancelled_count -= 1
            heapq.heappop(scheduled)._scheduled = False


def lives(context: Context) -> bool:
    """Whether what has this context may take a step."""
    life = context.get(LIFE)
    return life is None or life.step()


def _is_step(handle: Any) -> bool:
    called = handle._callback
    return isinstance(getattr(called, "__self__", None), asyncio.Task) or type(called).__name__ in _STEPS


def _task(loop: asyncio.AbstractEventLoop, coro: Any, **kwargs: Any) -> asyncio.Task[Any]:
    made = Ordered(coro, loop=loop, **kwargs)
    context = kwargs.get("context")
    life: Life | None = LIFE.get() if context is None else context.get(LIFE)
    if life is not None:
        life.keep(made)
    return made
