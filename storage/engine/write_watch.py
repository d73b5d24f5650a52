"""Remembers whether the current task has stored anything since it began.

A member who is told that something was not done must be able to rely on it. An error of one transaction says
nothing of those before it, so each act on Discord is watched from its start.
"""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class WriteWatch:
    """Shared with the tasks that the watched one begins."""

    wrote: bool = False


_watch: ContextVar[WriteWatch | None] = ContextVar("write_watch", default=None)


def watch_writes() -> None:
    """Begin: nothing was stored yet by the current task."""
    _watch.set(WriteWatch())


def note_write() -> None:
    """Something was stored, or may have been."""
    watch = _watch.get()
    if watch is not None:
        watch.wrote = True


def may_have_written() -> bool:
    """Whether anything may have been stored since; also where nobody watched."""
    watch = _watch.get()
    return watch is None or watch.wrote
