"""Named places where the process can be made to die, to prove that it may.

Off, as everywhere but in the proofs, nothing is wrapped and nothing is asked: the parts are the parts
themselves. Armed by the environment of the process, read once when the program is put together:

    BRIDGE_FAILPOINT=name[:nth]     die there, the nth time, as by SIGKILL: nothing is tidied up
    BRIDGE_FAILPOINTS_SEEN=file     write every name that is reached into the file, once each

A name is `part/deed/before` or `part/deed/after`. For a commit (`commit/…`) "before" is inside the
transaction with all its statements carried out, and "after" is when it is durable and nobody knows yet.
"""

import inspect
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

from storage.database import Database, Transaction, Work

T = TypeVar("T")

KILLED = 137  # what a shell reports of a process that SIGKILL ended
ARM, SEEN = "BRIDGE_FAILPOINT", "BRIDGE_FAILPOINTS_SEEN"


class Failpoints:
    """Wraps parts so that their deeds can be died before and after. Make it with `from_environment`."""

    def __init__(
        self,
        *,
        name: str | None = None,
        nth: int = 1,
        seen: Callable[[str], None] | None = None,
        die: Callable[[int], object] = os._exit,
    ) -> None:
        self._name = name
        self._left = nth
        self._tell = seen
        self._die = die
        self._told: set[str] = set()
        self._on = name is not None or seen is not None

    def hit(self, name: str) -> None:
        """Say that a place is reached; does not return if it is the one."""
        if self._tell is not None and name not in self._told:
            self._told.add(name)
            self._tell(name)
        if name == self._name:
            self._left -= 1
            if self._left == 0:
                self._die(KILLED)

    def around(self, part: str, thing: T) -> T:
        """`thing`, with a place before and after each of its async methods; itself when off."""
        return cast(T, _WrappedPart(self, part, thing)) if self._on else thing

    def around_each(self, part: str, things: Mapping[str, T]) -> Mapping[str, T]:
        """The same for a table of things; each is named by its key."""
        return {key: self.around(f"{part}.{key}", thing) for key, thing in things.items()}

    def around_commits(self, database: Database) -> Database:
        """`database`, with a place before and after each commit, named by the piece of work."""
        return _WrappedDatabase(self, database) if self._on else database


def from_environment(environ: Mapping[str, str]) -> Failpoints:
    """Armed as the environment says; off when it says nothing."""
    name, _, nth = environ.get(ARM, "").partition(":")
    seen = environ.get(SEEN)
    return Failpoints(
        name=name or None, nth=int(nth or 1), seen=partial(_append, Path(seen)) if seen else None
    )


class _WrappedPart:
    def __init__(self, points: Failpoints, part: str, thing: object) -> None:
        self._points = points
        self._part = part
        self._thing = thing

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        """The class by which others ask for the part."""
        return self._thing.__class__

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._thing, name)
        if not inspect.iscoroutinefunction(value):
            return value
        place = f"{self._part}/{name}"

        async def reached(*args: Any, **kwargs: Any) -> Any:
            self._points.hit(f"{place}/before")
            result = await value(*args, **kwargs)
            self._points.hit(f"{place}/after")
            return result

        return reached


class _WrappedDatabase:
    def __init__(self, points: Failpoints, database: Database) -> None:
        self._points = points
        self._database = database

    async def write(self, work: Work[T], *, urgent: bool = False) -> T:
        place = f"commit/{_name_of(work)}"

        async def inside(tx: Transaction) -> T:
            result = await work(tx)
            self._points.hit(f"{place}/before")
            return result

        result = await self._database.write(inside, urgent=urgent)
        self._points.hit(f"{place}/after")
        return result

    async def read(self, work: Work[T]) -> T:
        return await self._database.read(work)

    async def close(self) -> None:
        await self._database.close()


def _name_of(work: Callable[..., Any]) -> str:
    """Name the function behind a piece of work: `facts.Facts.keep`, however its inner part is called."""
    function = work.func if isinstance(work, partial) else work
    module = getattr(function, "__module__", "").rpartition(".")[2]
    return f"{module}.{getattr(function, '__qualname__', 'work')}".split(".<locals>")[0]


def _append(path: Path, name: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(name + "\n")
