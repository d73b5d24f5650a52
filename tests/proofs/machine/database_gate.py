"""The database behind a gate: a steady order, and deaths between commits."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from storage.database import Database, Work

T = TypeVar("T")

# More turns of the loop than anybody in the relay takes from one piece of work to asking for the next.
_AT_REST = 12


class DatabaseGate:
    """Lets one piece of work through at a time; which one, of those who wait, the seed decides.

    Everybody else has come to rest before the next one is let in, so how fast the threads of the database
    are decides nothing, and a run repeats itself. `die_at` shuts the gate for good before or after a
    commit: what the process then holds is as lost as if it had been killed there.
    """

    def __init__(self, database: Database, rng: random.Random) -> None:
        self.dead = asyncio.Event()
        self._database = database
        self._rng = rng
        self._waiting: list[asyncio.Future[None]] = []
        self._busy = False
        self._left: int | None = None
        self._before = False

    def die_at(self, commit: int, *, before: bool) -> None:
        """Shut the gate at this commit from now (1: the next one)."""
        self._left, self._before = commit, before

    def open(self) -> None:
        """Let through again, for another process."""
        self.dead.clear()
        self._waiting.clear()
        self._busy = False
        self._left = None

    async def write(self, work: Work[T], *, urgent: bool = False) -> T:
        """As the database does it, in its turn."""
        return await self._pass(lambda: self._database.write(work, urgent=urgent), commits=True)

    async def read(self, work: Work[T]) -> T:
        """As the database does it, in its turn."""
        return await self._pass(lambda: self._database.read(work), commits=False)

    async def close(self) -> None:
        """Close the database."""
        await self._database.close()

    async def _pass(self, work: Callable[[], Awaitable[T]], *, commits: bool) -> T:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        self._let_in()
        await turn
        dies = commits and self._dies()
        if dies and self._before:
            await self._death()
        try:
            result = await work()
        except asyncio.CancelledError:
            self._free()
            raise
        except Exception:
            await self._end(dies=dies)  # a commit that comes to nothing is a moment to die at, too
            raise
        await self._end(dies=dies)
        return result

    async def _end(self, *, dies: bool) -> None:
        if dies:
            await self._death()
        self._free()

    def _free(self) -> None:
        self._busy = False
        self._let_in()

    def _dies(self) -> bool:
        if self._left is None:
            return False
        self._left -= 1
        return self._left == 0

    async def _death(self) -> None:
        self.dead.set()
        await asyncio.get_running_loop().create_future()  # until the process is torn away

    def _let_in(self, rest: int = _AT_REST) -> None:
        if rest == _AT_REST:
            if self._busy or not self._waiting:
                return
            self._busy = True
        if rest:
            asyncio.get_running_loop().call_soon(self._let_in, rest - 1)
            return
        self._waiting = [turn for turn in self._waiting if not turn.done()]
        if not self._waiting:
            self._busy = False
            return
        self._waiting.pop(self._rng.randrange(len(self._waiting))).set_result(None)
