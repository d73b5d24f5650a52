"""Orders the single writer's work: urgent first; patient goes along with others."""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from storage.engine.unit_of_work import UnitOfWork

GROUP = 256  # pieces in one commit: measured, more gains nothing and keeps the first ones waiting
BESIDE = 8  # others in the commit of urgent ones: their share, and little that these wait for
URGENT, OTHERS, PATIENT = range(3)
_PATIENT: Final = ContextVar("patient", default=False)


@contextmanager
def patiently(patient: bool) -> Iterator[None]:  # noqa: FBT001 - it says what it is
    """Whether what the current task writes meanwhile may wait a moment for a commit of others."""
    token = _PATIENT.set(patient)
    try:
        yield
    finally:
        _PATIENT.reset(token)


def is_patient() -> bool:
    """Whether what is written now may wait a moment."""
    return _PATIENT.get()


class WriteQueue:
    """Pieces of work that wait for the writer, in lines of bounded length; made inside a running loop."""

    def __init__(self, room: int) -> None:
        """At most `room` pieces wait in each line; further callers wait to be let in."""
        self._lanes = tuple(_WriteLane(room) for _ in (URGENT, OTHERS, PATIENT))
        self._ripe = False  # patient ones have waited for long enough

    def __len__(self) -> int:
        """How many are to be committed now."""
        urgent, others, patient = (len(lane.pieces) for lane in self._lanes)
        return urgent + others + (patient if self._ripe else 0)

    async def room(self, line: int) -> None:
        """Return when there is room for one more; `put` or `leave` uses it up or gives it back."""
        await self._lanes[line].room.acquire()

    def put(self, piece: UnitOfWork[Any], line: int) -> None:
        """Let a piece wait that has room."""
        self._lanes[line].pieces.append(piece)
        if line == PATIENT and len(self._lanes[line].pieces) >= BESIDE:
            self._ripe = True

    def leave(self, line: int) -> None:
        """Give back room that no piece uses."""
        self._lanes[line].room.release()

    def ripen(self) -> None:
        """Whoever is patient has waited for long enough."""
        self._ripe = bool(self._lanes[PATIENT].pieces)

    def group(self) -> list[UnitOfWork[Any]]:
        """Those who are committed together next.

        A few others go with urgent ones: a commit of their own would cost both more than these few do.
        """
        urgent, others, patient = self._lanes
        group = urgent.take(GROUP)
        most = BESIDE if group else GROUP
        group += others.take(most)
        group += patient.take(most)
        self._ripe = self._ripe and bool(patient.pieces)
        return group

    def clear(self) -> list[UnitOfWork[Any]]:
        """Everybody who waits; nobody does any more."""
        return [piece for lane in self._lanes for piece in lane.take(len(lane.pieces))]


class _WriteLane:
    def __init__(self, room: int) -> None:
        self.room = asyncio.Semaphore(room)
        self.pieces: deque[UnitOfWork[Any]] = deque()

    def take(self, most: int) -> list[UnitOfWork[Any]]:
        taken = [self.pieces.popleft() for _ in range(min(len(self.pieces), most))]
        for _ in taken:
            self.room.release()
        return taken
