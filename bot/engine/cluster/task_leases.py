"""Runs a task once among all processes: in the one that has taken it."""

import asyncio
import logging
from functools import partial

from bot.engine.supervision import BackgroundTask, Heartbeat, periodic
from storage.database import Database, Transaction
from storage.engine import task_leases
from storage.errors import DatabaseUnreachable

log = logging.getLogger(__name__)

_SECONDS = 1.0  # between two looks at what nobody does: one read
_PATIENCE = 5.0
_LIMIT = 60.0


class TaskLeases:
    """Takes what nobody does who lives, and keeps it until this process ends."""

    def __init__(self, *, database: Database, me: str, application: int = 0) -> None:
        """`application`: Discord's id of this process's bot."""
        self._database = database
        self._me = me
        self._application = application
        self._mine: dict[str, asyncio.Event] = {}

    def once(self, task: BackgroundTask, *, of_bot: bool = False) -> BackgroundTask:
        """The same task, begun when this process has taken it; call it before `task`.

        `of_bot`: each bot has one process that does it, instead of one among all.
        """
        name = f"{task.name} {self._application}" if of_bot else task.name
        mine = self._mine[name] = asyncio.Event()

        async def run(beat: Heartbeat) -> None:
            while not mine.is_set():
                beat()
                try:
                    async with asyncio.timeout(_PATIENCE):
                        await mine.wait()
                except TimeoutError:
                    continue
            await task.run(beat)

        return BackgroundTask(task.name, run, task.limit, ends=task.ends)

    @property
    def mine(self) -> frozenset[str]:
        """The tasks of this process."""
        return frozenset(name for name, taken in self._mine.items() if taken.is_set())

    async def look(self) -> None:
        """Take half of the free tasks: a process started at the same time takes of the rest."""
        names = [name for name, taken in self._mine.items() if not taken.is_set()]
        found = await self._database.read(partial(task_leases.free, names=names)) if names else ()
        for name in found[: (len(found) + 1) // 2]:
            if await self._database.write(partial(self._take, name=name)):
                log.info("from now on this process does it for all: %s", name)
                self._mine[name].set()

    def task(self) -> BackgroundTask:
        """The background task that takes others up."""
        return BackgroundTask("shifts", periodic(_SECONDS, self.look, passing=(DatabaseUnreachable,)), _LIMIT)

    async def _take(self, tx: Transaction, name: str) -> bool:
        return await task_leases.take(tx, name, self._me)
