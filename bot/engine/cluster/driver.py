"""The driver for many processes: streams are jobs of procrastinate on PostgreSQL.

Waking defers the job in the transaction that wrote the effect; a worker of any process drains it, one at a
time for each stream. A worker that is gone is noticed by the others, and its streams are drained again:
the states of its effects are in the outbox, and the ones `sending` are looked for there.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from procrastinate import App, JobContext, __version__
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.schema import SchemaManager
from procrastinate.worker import Worker

from bot.engine.cluster.drains import StreamDrains
from bot.engine.cluster.pool import opened
from bot.engine.cluster.worker_timing import WorkerTiming
from bot.engine.dispatch import Drain, StreamDriver
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.engine import discord_routes, rate_limit_buckets, stream_jobs
from storage.engine.cluster_members import alive
from storage.errors import DatabaseUnreachable
from storage.records import Millis, Stream

log = logging.getLogger(__name__)

_BEAT_SECONDS = 5.0  # whoever only passes hints on says this often that it is there


class ProcrastinateDriver(StreamDriver):
    """See `bot.engine.dispatch.StreamDriver`. Any process may wake; `run` is for those that work."""

    def __init__(
        self,
        *,
        database: Database,
        url: str,
        clock: Clock,
        application: int = 0,
        at_once: int = 32,
        timing: WorkerTiming | None = None,
    ) -> None:
        """`database` and `url` are the same database; at most `at_once` drains run at once.

        `application`: Discord's id of the bot for whose streams this one works.
        """
        self._database = database
        self._url = url
        self._clock = clock
        self._application = application
        self._at_once = at_once
        self._timing = timing or WorkerTiming()
        self._hinted: dict[Stream, None] = {}
        self._changed = asyncio.Event()
        self._stopping = asyncio.Event()
        self._running: StreamDrains | None = None

    def wake(self, tx: Transaction, stream: Stream, *, at: Millis = 0) -> None:  # noqa: ARG002 - see below
        """Have `stream` drained once `tx` is durable, at once: whoever drains it asks for its time."""
        tx.at_end(f"wake {stream}", partial(stream_jobs.wake, stream=stream, own=self._application))
        if (running := self._running) is not None:
            tx.on_commit(lambda: running.woken(stream))

    def hint(self, stream: Stream) -> None:
        """Have `stream` drained soon, once `run` comes to it."""
        self._hinted[stream] = None
        self._changed.set()

    @property
    def waiting(self) -> int:
        """The number of streams drained here now, or hinted and not written down yet."""
        return len(self._hinted) + len(self._running or ())

    def is_free(self) -> bool:
        """Never: another process may drain it."""
        return False

    def stop(self) -> None:
        """Begin no further drain; `run` returns when those under way have ended."""
        self._stopping.set()

    async def pass_on(self, beat: Callable[[], None]) -> None:
        """Where nothing is drained: have others drain streams hinted at here, until cancelled."""
        await self._write_hints(beat)

    async def run(self, drain: Drain, beat: Callable[[], None] = lambda: None) -> None:
        """Drain woken streams until `stop`, or until cancelled with all that runs then.

        `beat` is called again and again as long as there is room for one more drain.
        Raises DatabaseUnreachable when the connection to the list of work is lost.
        """
        if self._stopping.is_set():
            return
        running = self._running = StreamDrains(
            database=self._database,
            clock=self._clock,
            drain=drain,
            at_once=self._at_once,
            application=self._application,
        )
        async with opened(self._url, patience=self._timing.patience) as app:
            worker = self._worker(app, running)
            working = asyncio.create_task(worker.run(), name="worker")  # type: ignore[no-untyped-call]
            stopping = asyncio.create_task(self._stopping.wait(), name="stop of the driver")
            beside = [
                asyncio.create_task(self._write_hints(), name="hints"),
                asyncio.create_task(self._sweep(app, worker, running, beat), name="sweep of jobs"),
            ]
            try:
                await asyncio.wait({working, stopping, *beside}, return_when=asyncio.FIRST_COMPLETED)
                if self._stopping.is_set():
                    running.close()
                    worker.stop()  # type: ignore[no-untyped-call]
                    await asyncio.wait([working])
            finally:
                running.tear()  # or the worker would wait for them
                worker.stop()  # type: ignore[no-untyped-call]
                for task in (stopping, *beside):
                    task.cancel()
                await asyncio.wait([working, stopping, *beside])
            for one in (working, *beside):
                if not one.cancelled():
                    one.result()
        if not self._stopping.is_set():  # a helper of the worker's has failed, which stops it without a word
            raise DatabaseUnreachable("The connection to the list of work was lost.")

    def _worker(self, app: App, running: StreamDrains) -> Worker:
        queue = stream_jobs.queue_of(self._application)

        @app.task(name=stream_jobs.TASK, queue=queue, pass_context=True)
        async def drain_stream(context: JobContext) -> None:
            await running.job(context)

        timing = self._timing
        return Worker(
            app,
            queues=[queue],
            concurrency=self._at_once,
            fetch_job_polling_interval=timing.poll,
            listen_notify=timing.told,
            delete_jobs="successful",
            install_signal_handlers=False,
            update_heartbeat_interval=timing.beat,
            stalled_worker_timeout=timing.gone,
        )

    async def _write_hints(self, beat: Callable[[], None] = lambda: None) -> None:
        while True:
            beat()
            if not self._hinted:
                self._changed.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(_BEAT_SECONDS):
                        await self._changed.wait()
                continue
            hinted = list(self._hinted)

            async def work(tx: Transaction, hinted: list[Stream] = hinted) -> None:
                for stream in hinted:
                    await stream_jobs.wake(tx, stream, own=self._application)

            await self._database.write(work)
            for stream in hinted:
                self._hinted.pop(stream, None)

    async def _sweep(self, app: App, worker: Worker, running: StreamDrains, beat: Callable[[], None]) -> None:
        while True:
            if len(running) < self._at_once:
                beat()
            lost = await self._lost(app.job_manager, worker, running)
            for job in lost:
                await self._take_up(job)
            await asyncio.sleep(self._timing.sweep)

    async def _lost(self, manager: JobManager, worker: Worker, running: StreamDrains) -> list[Job]:
        """Find jobs of gone workers, ours that run nowhere, and those that could not be written down.

        Of every bot: another one's may have no worker left, and a job begun again lies in its own queue.
        """
        gone = self._timing.gone
        await manager.prune_stalled_workers(gone)
        lost = list(await manager.get_stalled_jobs(seconds_since_heartbeat=gone))
        lost += await manager.list_jobs_async(status="failed")
        if worker.worker_id is not None:
            mine = await manager.list_jobs_async(status="doing", worker_id=worker.worker_id)
            lost += running.forgotten(mine)
        return lost

    async def _take_up(self, job: Job) -> None:
        if job.id is None or job.lock is None:
            return
        found = stream_jobs.StreamJob(job.id, Stream(job.lock), job.worker_id)
        if await self._database.write(partial(stream_jobs.take_up, job=found, own=self._application)):
            log.warning("a drain that nobody carries out any more is begun again")


async def prepare(database: Database, me: str = "") -> bool:
    """At start: make what procrastinate needs; True when it was made new, without any job in it.

    `me`: this process's name among those that share the database; '': it is alone.
    Raises DatabaseInUse when others work with another version of procrastinate.
    """

    async def work(tx: Transaction) -> bool:
        others = bool(me) and set(await alive(tx, me, begins=True)) != {me}
        await rate_limit_buckets.ensure(tx)
        await discord_routes.ensure(tx)
        schema = SchemaManager.get_schema()
        return await stream_jobs.ensure(tx, schema=schema, version=__version__, others=others)

    return await database.write(work)
