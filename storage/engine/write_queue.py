"""Orders the single writer's work: urgent work first, and a few others."""

import asyncio
from collections import deque
from typing import Any

from storage.engine.unit_of_work import UnitOfWork

GROUP = 256  # pieces in one commit: measured, more gains nothing and keeps the first ones waiting
BESIDE = 8  # others in the commit of urgent ones: their share, and little that these wait for


class WriteQueue:
    """Pieces of work that wait for the writer, in two lines of bounded length; made inside a running loop."""

    def __init__(self, room: int) -> None:
        """At most `room` pieces wait in each line; further callers wait to be let in."""
        self._urgent = _WriteLane(room)
        self._others = _WriteLane(room)

    def __len__(self) -> int:
        return len(self._urgent.pieces) + len(self._others.pieces)

    async def room(self, *, urgent: bool) -> None:
        """Return when there is room for one more; `put` or `leave` uses it up or gives it back."""
        await self._line(urgent=urgent).room.acquire()

    def put(self, piece: UnitOfWork[Any], *, urgent: bool) -> None:
        """Let a piece wait that has room."""
        self._line(urgent=urgent).pieces.append(piece)

    def leave(self, *, urgent: bool) -> None:
        """Give back room that no piece uses."""
        self._line(urgent=urgent).room.release()

    def group(self) -> list[UnitOfWork[Any]]:
        """Those who are committed together next.

        A few others go with urgent ones: a commit of their own would cost both more than these few do.
        """
        urgent = self._urgent.take(GROUP)
        return urgent + self._others.take(BESIDE if urgent else GROUP)

    def clear(self) -> list[UnitOfWork[Any]]:
        """Everybody who waits; nobody does any more."""
        return self._urgent.take(len(self)) + self._others.take(len(self))

    def _line(self, *, urgent: bool) -> "_WriteLane":
        return self._urgent if urgent else self._others


class _WriteLane:
    def __init__(self, room: int) -> None:
        self.room = asyncio.Semaphore(room)
        self.pieces: deque[UnitOfWork[Any]] = deque()

    def take(self, most: int) -> list[UnitOfWork[Any]]:
        taken = [self.pieces.popleft() for _ in range(min(len(self.pieces), most))]
        for _ in taken:
            self.room.release()
        return taken
