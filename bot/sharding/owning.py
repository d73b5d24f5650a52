"""Holds this process's share of a bot's gateway sessions, and hands them over."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping
from functools import partial
from typing import Any, Protocol

from bot.sharding.timing import ShardTiming
from storage import shards
from storage.database import Database
from storage.errors import DatabaseUnreachable
from storage.shards import Gatekeeper, Holding, Look

log = logging.getLogger(__name__)

Session = Callable[[int], Coroutine[Any, Any, None]]  # holds a part's session until it is cancelled


class Locks(Protocol):
    """See `storage.shard_locks.ShardLocks`; it blocks."""

    def hold(self, shards: Iterable[int]) -> frozenset[int]:
        """Have locks on these and on no others, as far as they can be had; which ones are held."""

    def close(self) -> None:
        """Have none."""


class NoLocks:
    """Where sessions of the database are not our own: a hold is over when its time is."""

    def hold(self, shards: Iterable[int]) -> frozenset[int]:  # noqa: ARG002 - the port's
        """None."""
        return frozenset()

    def close(self) -> None:
        """Nothing."""


class Watching:
    """Since when the holds of others were not renewed, as this process saw it by itself."""

    def __init__(self, timing: ShardTiming, monotonic: Callable[[], float]) -> None:
        """Has seen nothing yet."""
        self._timing = timing
        self._monotonic = monotonic
        self._not_before = monotonic()
        self._since: dict[int, tuple[Holding, float]] = {}

    def saw(self, others: Mapping[int, Holding]) -> None:
        """What a look found just now."""
        now = self._monotonic()
        kept = {shard: since for shard, since in self._since.items() if others.get(shard) == since[0]}
        self._since = {shard: kept.get(shard, (holding, now)) for shard, holding in others.items()}

    def blind(self) -> None:
        """The database does not answer: others may come back to it later than this process."""
        self._since = {}
        self._not_before = self._monotonic() + self._timing.lease

    def silent(self) -> dict[int, Holding]:
        """Those that were not renewed for so long."""
        now = self._monotonic()
        if now < self._not_before:
            return {}
        before = now - self._timing.silent
        return {shard: holding for shard, (holding, since) in self._since.items() if since <= before}


class ShardOwner:
    """Looks every few seconds which parts are its own, and runs a session for each."""

    def __init__(
        self,
        *,
        database: Database,
        me: Gatekeeper,
        session: Session,
        locks: Locks,
        timing: ShardTiming | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`session` is ended by cancelling it, and raises only what ends the process."""
        self._database = database
        self._me = me
        self._session = session
        self._locks = locks
        self._timing = timing or ShardTiming()
        self._watching = Watching(self._timing, monotonic)
        self._running: dict[int, asyncio.Task[None]] = {}
        self._looked = False

    @property
    def holds_none(self) -> bool:
        """Whether others hold everything, as far as this process has looked; not before it has."""
        return self._looked and not self._running

    async def run(self, beat: Callable[[], None] = lambda: None) -> None:
        """Until it is cancelled; then the sessions are closed, and others may have the parts at once.

        Raises ShardsDiffer, and what a session raises. Without the database everything stays as it is.
        """
        try:
            while True:
                await self._once()
                beat()
                await self._pause()
        finally:
            await asyncio.shield(self._end())

    async def _once(self) -> None:
        silent = self._watching.silent()
        locked = await asyncio.to_thread(self._locks.hold, [*self._running, *silent])
        try:
            seen = await self._database.write(
                partial(shards.look, me=self._me, silent=silent, locked=locked), urgent=True
            )
        except DatabaseUnreachable:
            self._watching.blind()
            return
        self._watching.saw(seen.others)
        await self._follow(seen)
        self._looked = True

    async def _follow(self, seen: Look) -> None:
        """Run what is ours, and nothing else."""
        lost = [self._running.pop(shard) for shard in list(self._running) if shard not in seen.mine]
        for task in lost:
            task.cancel()
        if lost:
            log.warning("%d of this bot's gateway sessions went to another process", len(lost))
            await asyncio.wait(lost)
        for task in lost:
            if not task.cancelled():
                task.result()
        for shard in sorted(seen.mine - self._running.keys()):
            log.info("holds gateway session %d of %d", shard, self._me.count)
            self._running[shard] = asyncio.create_task(self._session(shard), name=f"shard {shard}")

    async def _pause(self) -> None:
        """Until the next look; a session that ends meanwhile ends this."""
        if not self._running:
            await asyncio.sleep(self._timing.look)
            return
        done, _ = await asyncio.wait(
            self._running.values(), timeout=self._timing.look, return_when=asyncio.FIRST_COMPLETED
        )
        for task in done:
            task.result()
            raise RuntimeError("a gateway session came to an end")

    async def _end(self) -> None:
        running = list(self._running.values())
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)
        for task in running:
            if not task.cancelled():
                task.exception()  # it was ended here: what it says of that is no news
        self._running.clear()
        try:
            await self._database.write(partial(shards.leave, me=self._me), urgent=True)
        except DatabaseUnreachable:
            log.warning("the database does not answer: others wait until these sessions' time is over")
        await asyncio.to_thread(self._locks.close)
