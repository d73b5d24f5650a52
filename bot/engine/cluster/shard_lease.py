"""A process's one session with Discord: waited for, held, and given back."""

import asyncio
import logging
import time
from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import Self

from bot.engine.cluster.shard_locks import ShardLockPort
from bot.engine.cluster.shard_timing import ShardTiming
from bot.engine.cluster.shard_watch import MissingShards, ShardWatch
from bot.engine.instance_lock import BotInUse
from bot.model.shards import Shard
from storage.database import Database
from storage.engine import shards
from storage.engine.shards import ShardCandidate
from storage.errors import DatabaseUnreachable

log = logging.getLogger(__name__)

_LOST = (
    "Another process took over the session with Discord, because this one gave no sign of life for too long. "
    "It ends; started again, it stands by."
)


class ShardLease:
    """A lease on any free shard, sought while its `async with` lasts. A process that loses it ends.

    It takes no other shard then: its memory of Discord is old, and another answers already.
    """

    def __init__(
        self,
        *,
        database: Database,
        me: ShardCandidate,
        locks: ShardLockPort,
        timing: ShardTiming | None = None,
        missing: Callable[[int], None] = lambda _number: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`missing` is told after each look how many shards nobody holds."""
        self._database = database
        self._me = me
        self._locks = locks
        self._timing = timing or ShardTiming()
        self._missing = MissingShards(me.count, self._timing, monotonic)
        self._tell = missing
        self._watching = ShardWatch(self._timing, monotonic)
        self._monotonic = monotonic
        self._had = asyncio.Event()
        self._number: int | None = None
        self._looked = False
        self._began = monotonic()
        self._passed = asyncio.Condition()
        self._running: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """From now on a shard is taken when nobody has it."""
        self._running = asyncio.create_task(self._run(), name="seat")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Others may have it at once."""
        assert self._running is not None
        self._running.cancel()
        await asyncio.wait({self._running})

    @property
    def stands_by(self) -> bool:
        """Whether other processes speak for the bot; False, too, as long as it is not known."""
        return self._looked and self._number is None

    def shard(self) -> Shard:
        """The part of the servers that this process hears of; not before it is had."""
        assert self._number is not None, "it is asked for by what runs only once it is had"
        return Shard(self._number, self._me.count)

    async def had(self) -> None:
        """Return when this process speaks for the bot. Raises what the looking ended with."""
        assert self._running is not None
        waits = asyncio.create_task(self._had.wait())
        try:
            await asyncio.wait({waits, self._running}, return_when=asyncio.FIRST_COMPLETED)
            if self._running.done():
                self._running.result()
        finally:
            waits.cancel()

    async def kept(self) -> None:
        """Lasts for as long as it is had. Raises BotInUse when another process has it."""
        assert self._running is not None
        await asyncio.shield(self._running)

    async def sure(self) -> None:
        """Return at once; after standing still for longer than a hold lasts, once it was renewed.

        Where the shard is lost this never returns, and the process ends.
        """
        async with self._passed:
            await self._passed.wait_for(lambda: self._monotonic() - self._began < self._timing.lease)

    async def _run(self) -> None:
        """Without the database everything stays as it is."""
        try:
            while True:
                await self._look()
                await asyncio.sleep(self._timing.look)
        finally:
            await asyncio.shield(self._leave())

    async def _look(self) -> None:
        began, silent = self._monotonic(), self._watching.silent()
        wanted = sorted(silent) if self._number is None else [self._number]
        locked = await asyncio.to_thread(self._locks.hold, wanted)
        work = partial(shards.look, me=self._me, holds=self._number, silent=silent, locked=locked)
        try:
            seen = await self._database.write(work, urgent=True)
        except DatabaseUnreachable:
            self._watching.blind()
            self._missing.blind()
        else:
            self._watching.saw(seen.others)
            self._tell(self._missing.saw(seen.nobodys))
            self._follow(seen.mine)
        self._began = began
        async with self._passed:
            self._passed.notify_all()

    def _follow(self, mine: int | None) -> None:
        if mine != self._number and self._number is not None:
            raise BotInUse(_LOST)
        if mine is not None and self._number is None:
            log.info("holds gateway session %d of %d", mine, self._me.count)
            self._number = mine
            self._had.set()
        self._looked = True

    async def _leave(self) -> None:
        try:
            await self._database.write(partial(shards.leave, me=self._me), urgent=True)
        except DatabaseUnreachable:
            log.warning("the database does not answer: others wait until this session's time is over")
        await asyncio.to_thread(self._locks.close)
