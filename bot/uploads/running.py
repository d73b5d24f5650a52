"""Runs uploads side by side, a few at a time, for as long as the bridge runs."""

import asyncio
import logging
from functools import partial

from bot.relay.ports import Clock
from bot.supervision import Beat, Duty, Sleep
from bot.uploads.carrying import Carrying
from storage import uploads
from storage.database import Database
from storage.errors import DatabaseUnreachable
from storage.uploads import Upload

log = logging.getLogger(__name__)

_AT_ONCE = 3
_SECONDS = 1.0  # between two looks: the command line's files come without a word
_LIMIT = 60.0


class Running:
    """Nothing is kept here: what a process leaves undone, the next one goes on with."""

    def __init__(
        self,
        *,
        database: Database,
        carrying: Carrying,
        clock: Clock,
        divisor: float,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`divisor` shortens the pauses."""
        self._database = database
        self._carrying = carrying
        self._clock = clock
        self._pause = _SECONDS / divisor
        self._sleep = sleep
        self._under_way: dict[str, asyncio.Task[None]] = {}

    def duty(self) -> Duty:
        """What must run for anything to be uploaded."""
        return Duty("uploads", self.run, _LIMIT)

    async def run(self, beat: Beat) -> None:
        """Until cancelled; then what is under way is let go of, too."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                beat()
                for upload in await self._due():
                    task = tasks.create_task(self._carry(upload))
                    self._under_way[upload.id] = task
                    task.add_done_callback(partial(self._over, upload.id))
                await self._sleep(self._pause)

    def _over(self, upload: str, _task: asyncio.Task[None]) -> None:
        del self._under_way[upload]

    async def _due(self) -> list[Upload]:
        free = _AT_ONCE - len(self._under_way)
        if free <= 0:
            return []
        now, besides = self._clock.now(), set(self._under_way)
        return await self._database.read(lambda tx: uploads.due(tx, now=now, besides=besides, limit=free))

    async def _carry(self, upload: Upload) -> None:
        try:
            await self._carrying.carry(upload)
        except DatabaseUnreachable as error:
            log.warning("an upload waits for the database: %s", error)
