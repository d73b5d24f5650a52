"""What several workers cost while there is nothing to do."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

import psycopg

from benchmarks.cluster.delivery_rates import laid
from benchmarks.cluster.start_barrier import Process, begin, gated
from tests import postgres

_TICKS = os.sysconf("SC_CLK_TCK")
_SETTLES = 5.0  # seconds until what comes with a start is over
_COMMITS = """SELECT xact_commit, (SELECT wal_bytes FROM pg_stat_wal) FROM pg_stat_database
    WHERE datname = current_database()"""


async def idle(workers: int, seconds: float) -> dict[str, float]:
    """Transactions and bytes of the server's log a second, and how much of one processor a worker takes."""
    with postgres.emptied() as url:
        async with laid(url, 0, 1):
            names = [[url, f"worker-{number}"] for number in range(workers)]
            async with gated("benchmarks.cluster.worker_process", names) as processes:
                begin(processes)
                await asyncio.sleep(_SETTLES)
                before, spent = await asyncio.to_thread(_counted, url), _spent(processes)
                await asyncio.sleep(seconds)
                after, more = await asyncio.to_thread(_counted, url), _spent(processes)
    return {
        "transactions_per_s": round((after[0] - before[0]) / seconds, 1),
        "log_bytes_per_s": round((after[1] - before[1]) / seconds),
        "cpu_per_worker": round((more - spent) / seconds / workers, 4),
    }


def _counted(url: str) -> tuple[float, float]:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(_COMMITS).fetchone()
    assert row is not None
    return float(row[0]), float(row[1])


def _spent(processes: Sequence[Process]) -> float:
    """Seconds of a processor that they took so far."""
    found = 0
    for process in processes:
        words = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        found += int(words[11]) + int(words[12])
    return found / _TICKS
