"""A life of the bridge inside the simulation, and its end at any step.

A life is a process that is none: its tasks and calls carry it in their context. At its death the loop
drops whatever still carries it. Nothing of it is tidied up, as after SIGKILL: no `finally`, no `except`.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context, ContextVar
from dataclasses import dataclass, field
from typing import Any

LIFE: ContextVar["Life | None"] = ContextVar("life", default=None)
_ROOM = 256
_GRAVES: list[Any] = []  # lives that are over: what is collected would be tidied up


@dataclass(eq=False)
class Life:
    """From a start to a death, or to an end in peace."""

    number: int
    dead: bool = False
    hears: dict[int, Callable[[], object]] = field(default_factory=dict)  # signals
    steps: int = 0  # calls of the loop that were of this life
    _left: int | None = None
    _ends: list[Callable[[], None]] = field(default_factory=list)
    _kept: "list[asyncio.Task[Any]]" = field(default_factory=list)
    _room: int = _ROOM

    def step(self) -> bool:
        """Whether it lives to take one more step."""
        if self.dead:
            return False
        self.steps += 1
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                self.die()
        return not self.dead

    def doom(self, steps: int) -> None:
        """It dies before the step that comes after so many."""
        self._left = steps

    def at_end(self, call: Callable[[], None]) -> None:
        """What the system does for a process that is gone: close its files, cut its connections."""
        self._ends.append(call)

    def keep(self, task: "asyncio.Task[Any]") -> None:
        """Never collected while it is open: that would run what a dead process cannot run."""
        self._kept.append(task)
        if len(self._kept) > self._room:
            self._kept = [one for one in self._kept if not one.done()]
            self._room = 2 * len(self._kept) + _ROOM

    def die(self) -> None:
        """Now."""
        if self.dead:
            return
        self.dead = True
        _GRAVES.append(self)
        self._bury()
        for call in self._ends:
            call()
        self._ends.clear()

    def _bury(self) -> None:
        """Nobody who ends all that the loop still has to do is to end these: they take no step any more."""
        with suppress(RuntimeError):  # no loop runs
            for task in asyncio.all_tasks():
                if _life_of(task) is self:
                    self._kept.append(task)
        for task in self._kept:
            asyncio.tasks._unregister_task(task)


def _life_of(task: "asyncio.Task[Any]") -> "Life | None":
    """From 3.12 on libraries begin tasks without asking the loop for them, and tasks know their context."""
    context_of: Callable[[], Context] | None = getattr(task, "get_context", None)
    return None if context_of is None else context_of().get(LIFE)
