"""The drains of one worker: which run, how each ends, which were forgotten."""

import asyncio
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from procrastinate import JobContext
from procrastinate.jobs import Job

from bot.engine.dispatch import Drain, drained
from bot.model.ports import Clock
from storage.database import Database
from storage.engine import stream_jobs
from storage.records import Millis, Stream

_IN_A_ROW = 16  # drains of one stream that is woken, where others may wait for its place


@dataclass(eq=False)
class _Job:
    """One that runs here; `again`: its stream was woken meanwhile."""

    stream: Stream
    task: "asyncio.Task[object]"
    again: bool = False


class StreamDrains:
    def __init__(
        self, *, database: Database, clock: Clock, drain: Drain, at_once: int, application: int = 0
    ) -> None:
        self._database = database
        self._clock = clock
        self._drain = drain
        self._at_once = at_once
        self._application = application
        self._jobs: dict[int, _Job] = {}
        self._forgotten: set[int] = set()
        self._closing = False

    def __len__(self) -> int:
        return len(self._jobs)

    async def job(self, context: JobContext) -> None:
        """Drain one stream. What it waits for is a job of its own: this one ends, and is deleted.

        A library's retry would put this same job back, which it cannot do when its stream was woken
        meanwhile: then it would be taken for running as long as this process lives.
        """
        job, task = context.job, asyncio.current_task()
        assert job.id is not None and task is not None and job.lock is not None  # noqa: PT018
        one, due = _Job(Stream(job.lock), task), None
        self._jobs[job.id] = one
        try:
            due = await self._until_none_wakes_it(one)
        except asyncio.CancelledError:
            due = self._clock.now()  # torn away: somebody else's, at once
        finally:
            del self._jobs[job.id]
        if due is not None:
            wait = due - self._clock.now()
            again = partial(stream_jobs.come_back, stream=one.stream, wait=wait, own=self._application)
            await self._database.write(again)

    async def _until_none_wakes_it(self, one: _Job) -> Millis | None:
        """Or until others may wait for its place: the worker looks at once for who is next, it among them."""
        for turn in itertools.count():
            if self._closing or (turn >= _IN_A_ROW and self._is_full):
                break  # if it closes: it was taken in the moment in which the others were stopped
            one.again = False
            due = await drained(self._drain, one.stream, self._clock)
            if self._closing:
                return due
            if not one.again:
                if due is None or due > self._clock.now() or self._is_full:
                    return due
                continue  # it has more to do, and nobody waits for its place
            if not await self._database.write(partial(stream_jobs.take_over, stream=one.stream)):
                return due
        return self._clock.now()

    @property
    def _is_full(self) -> bool:
        """Whether others may wait for a place."""
        return len(self._jobs) >= self._at_once

    def woken(self, stream: Stream) -> None:
        """Drain a stream once more, if that is just being done here: nobody is told when it is free again.

        What another process wakes meanwhile is seen by the drain, or is found by the next look for jobs.
        """
        for one in self._jobs.values():
            one.again = one.again or one.stream == stream

    def close(self) -> None:
        """Begin nothing more; running drains come to an end."""
        self._closing = True

    def tear(self) -> None:
        """Tear away what runs, and begin nothing any more."""
        self._closing = True
        for one in self._jobs.values():
            one.task.cancel()

    def forgotten(self, mine: Iterable[Job]) -> list[Job]:
        """Of jobs that stand in this worker's name, those that do not run here, and did not at the last look.

        Their end could not be written down. Asked once, a job may just have ended.
        """
        lost = {job.id: job for job in mine if job.id is not None and job.id not in self._jobs}
        twice = [job for number, job in lost.items() if number in self._forgotten]
        self._forgotten = set(lost)
        return twice
