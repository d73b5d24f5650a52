"""The bare engine as a process: procrastinate with jobs that do nothing.

python -m benchmarks.cluster.bare_worker URL
"""

import asyncio
import signal
import sys

from procrastinate import App

from benchmarks.cluster.start_barrier import told_to_begin
from bot.engine.cluster.pool import opened

QUEUE, TASK, AT_ONCE = "bare", "bare.nothing", 32


async def _run(url: str) -> None:
    async with opened(url, patience=5.0) as app:
        _with_task(app)
        await told_to_begin()
        working = asyncio.create_task(
            app.run_worker_async(
                queues=[QUEUE],
                concurrency=AT_ONCE,
                fetch_job_polling_interval=0.25,
                delete_jobs="successful",
                install_signal_handlers=False,
            )
        )
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, working.cancel)
        await asyncio.wait({working})


def _with_task(app: App) -> None:
    @app.task(name=TASK, queue=QUEUE)
    async def nothing() -> None:
        pass


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1]))
