"""Runs uploads side by side, a few at a time, for as long as the bridge runs."""

import asyncio
import logging
from functools import partial

from bot.engine.supervision import BackgroundTask, Heartbeat, Sleep
from bot.features.publishing.uploads import share_rules
from bot.features.publishing.uploads.transfer_service import UploadTransferService
from bot.model.ports import Clock
from storage.database import Database
from storage.errors import DatabaseUnreachable
from storage.publishing import uploads
from storage.publishing.uploads import UploadRecord
from storage.records import CreatorId

log = logging.getLogger(__name__)

_AT_ONCE = 3
_SECONDS = 1.0  # between two looks: the command line's files come without a word
_LIMIT = 60.0


class UploadRunner:
    """Runs uploads; nothing is kept here: the next process goes on where one stopped."""

    def __init__(
        self,
        *,
        database: Database,
        carrying: UploadTransferService,
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
        self._under_way: dict[str, CreatorId] = {}
        self._served: dict[CreatorId, int] = {}
        self._turn = 0
        self._unserved: set[CreatorId] = set()  # who waits without a place, as of the last look

    def task(self) -> BackgroundTask:
        """The background task that uploads."""
        return BackgroundTask("uploads", self.run, _LIMIT)

    async def run(self, beat: Heartbeat) -> None:
        """Until cancelled; then what is under way is let go of, too."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                beat()
                for upload in await self._due():
                    self._turn += 1
                    self._served[upload.creator] = self._turn
                    self._under_way[upload.id] = upload.creator
                    task = tasks.create_task(self._carry(upload))
                    task.add_done_callback(partial(self._over, upload.id))
                await self._sleep(self._pause)

    def _over(self, upload: str, _task: asyncio.Task[None]) -> None:
        del self._under_way[upload]

    async def _due(self) -> list[UploadRecord]:
        """The uploads to begin now, by `share_rules`."""
        now, besides = self._clock.now(), set(self._under_way)
        waiting = await self._database.read(
            lambda tx: uploads.due(tx, now=now, besides=besides, each=_AT_ONCE)
        )
        has = list(self._under_way.values())
        found = share_rules.chosen(waiting, has, self._served, _AT_ONCE - len(has))
        self._unserved = share_rules.unserved(waiting, [*has, *(one.creator for one in found)])
        return found

    def _gives_way(self, creator: CreatorId) -> bool:
        """Whether a file of this creator's stops between two parts: once for each who has no place at all."""
        others = self._unserved - {creator}
        if others:
            self._unserved.discard(next(iter(others)))
        return bool(others)

    async def _carry(self, upload: UploadRecord) -> None:
        try:
            await self._carrying.carry(upload, gives_way=partial(self._gives_way, upload.creator))
        except DatabaseUnreachable as error:
            log.warning("an upload waits for the database: %s", error)
