"""Time and chance of this process: virtual inside a simulation.

Imported before any code of the bridge, because that takes `time.monotonic` as a default where it is defined.
"""

import os
import random
import time
from asyncio import events
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_NANOS = 1_000_000_000


def _running() -> Any:
    """The virtual loop that runs now, if one does."""
    loop = events._get_running_loop()
    return loop if hasattr(loop, "wall") else None


def _virtual(name: str, of: Callable[[Any], float]) -> None:
    real = getattr(time, name)

    def said() -> float:
        loop = _running()
        return real() if loop is None else of(loop)

    setattr(time, name, said)


class _Dice(random.Random):
    """Dice that nobody gave a seed have the simulation's, once it has one."""

    source: random.Random | None = None

    def seed(self, a: Any = None, version: int = 2) -> None:
        if a is None and _Dice.source is not None:
            a = _Dice.source.getrandbits(64)
        super().seed(a, version)


def install() -> None:
    """Time is the running loop's, where that is a virtual one. Once in a process."""
    random.Random = _Dice  # type: ignore[misc]
    _virtual("monotonic", lambda loop: loop.time())
    _virtual("perf_counter", lambda loop: loop.time())
    _virtual("monotonic_ns", lambda loop: round(loop.time() * _NANOS))
    _virtual("time", lambda loop: loop.told() / 1000)
    _virtual("time_ns", lambda loop: loop.told() * 1_000_000)


@contextmanager
def rolled(seed: int) -> Iterator[None]:
    """Meanwhile this process has no chance but this seed's."""
    dice = random.Random(f"chance {seed}")
    own, state = os.urandom, random.getstate()
    _draw_from(dice.randbytes, dice)
    random.seed(seed)
    try:
        yield
    finally:
        _draw_from(own, None)
        random.setstate(state)


def _draw_from(source: Callable[[int], bytes], dice: random.Random | None) -> None:
    os.urandom = source
    random._urandom = source  # type: ignore[attr-defined]  # what SystemRandom and secrets use
    _Dice.source = dice
