"""The drains of one worker: which run, how each ends, which were forgotten."""

import asyncio
from collections.abc import Iterable
from functools import partial

from procrastinate import JobContext
from procrastinate.jobs import Job

from bot.relay.dispatch import Drain, drained
from bot.relay.ports import Clock
from storage import jobs
from storage.database import Database
from storage.records import Millis, Stream

_IN_A_ROW = 8  # drains of one stream; then it waits as all others do


class Running:
    """Carries out drains."""

    def __init__(self, *, database: Database, clock: Clock, drain: Drain, application: int = 0) -> None:
        self._database = database
        self._clock = clock
        self._drain = drain
        self._application = application
        self._tasks: dict[int, asyncio.Task[object]] = {}
        self._forgotten: set[int] = set()
        self._closing = False

    def __len__(self) -> int:
        """How many run."""
        return len(self._tasks)

    async def job(self, context: JobContext) -> None:
        """Drain one stream. What it waits for is a job of its own: this one ends, and is deleted.

        A library's retry would put this same job back, which it cannot do when its stream was woken
        meanwhile: then it would be taken for running as long as this process lives.
        """
        job, task = context.job, asyncio.current_task()
        assert job.id is not None and task is not None and job.lock is not None  # noqa: PT018
        stream = Stream(job.lock)
        self._tasks[job.id] = task
        try:
            due = await self._until_none_wakes_it(stream)
        except asyncio.CancelledError:
            due = self._clock.now()  # torn away: somebody else's, at once
        finally:
            del self._tasks[job.id]
        if due is not None:
            wait = due - self._clock.now()
            again = partial(jobs.come_back, stream=stream, wait=wait, own=self._application)
            await self._database.write(again)

    async def _until_none_wakes_it(self, stream: Stream) -> Millis | None:
        """Drain, and again when it was woken meanwhile: nobody is told when a stream is free again."""
        for _ in range(_IN_A_ROW):
            if self._closing:  # taken in the moment in which the others were stopped
                return self._clock.now()
            due = await drained(self._drain, stream, self._clock)
            if self._closing or not await self._database.read(partial(jobs.woken, stream=stream)):
                return due
            if not await self._database.write(partial(jobs.take_over, stream=stream)):
                return due
        return self._clock.now()

    def close(self) -> None:
        """Begin nothing any more; what runs comes to its end."""
        self._closing = True

    def tear(self) -> None:
        """Tear away what runs, and begin nothing any more."""
        self._closing = True
        for task in self._tasks.values():
            task.cancel()

    def forgotten(self, mine: Iterable[Job]) -> list[Job]:
        """Of jobs that stand in this worker's name, those that do not run here, and did not at the last look.

        Their end could not be written down. Asked once, a job may just have ended.
        """
        lost = {job.id: job for job in mine if job.id is not None and job.id not in self._tasks}
        twice = [job for number, job in lost.items() if number in self._forgotten]
        self._forgotten = set(lost)
        return twice
