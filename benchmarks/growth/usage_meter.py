"""What a running bridge has used: processor, disk, statements; also of the server that it works on."""

import asyncio
import json
import os
import signal
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks.growth.statement_counter import COMMIT
from bot.sandbox.program import until
from storage.engine import dialect
from storage.engine.connect import dialect_of, sqlite_path

_PATIENCE = 30.0
_BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@dataclass(frozen=True)
class BridgeUsage:
    """Everything up to now; `statements`: of each text how often, and milliseconds of the processor."""

    cpu_ms: float
    server_cpu_ms: float
    written: float  # bytes that the process had written to files; a server's are in its log (`wal.py`)
    stored: float  # bytes that the database has
    statements: dict[str, list[float]]

    @property
    def number(self) -> float:
        """How many statements there were."""
        return sum(one[0] for text, one in self.statements.items() if text != COMMIT)

    def times(self, text: str) -> float:
        """How often this one was said."""
        return self.statements.get(" ".join(text.split()), [0])[0]


class UsageMeter:
    """Weighs one bridge by its process and its database."""

    def __init__(self, url: str, counts: Path) -> None:
        """`counts`: where it is told to write what it counts."""
        self._url, self._counts = url, counts
        self._server = dialect_of(url) != dialect.SQLITE

    async def weigh(self, pid: int) -> BridgeUsage:
        """Look now."""
        self._counts.unlink(missing_ok=True)
        os.kill(pid, signal.SIGUSR2)
        await until(self._counted, _PATIENCE)
        statements = json.loads(self._counts.read_text())
        if self._server:
            backends, stored = await asyncio.to_thread(self._asked)
            return BridgeUsage(processor_ms(pid), sum(map(processor_ms, backends)), 0.0, stored, statements)
        return BridgeUsage(processor_ms(pid), 0.0, _written(pid), self.stored(), statements)

    def stored(self) -> float:
        """Bytes that the database has."""
        return self._asked()[1] if self._server else float(sqlite_path(self._url).stat().st_size)

    async def _counted(self) -> bool:
        return self._counts.exists()

    def _asked(self) -> tuple[Sequence[int], float]:
        with closing(psycopg.connect(self._url, autocommit=True)) as connection:
            backends = [int(row[0]) for row in connection.execute(_BACKENDS)]
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
            assert row is not None
            return backends, float(row[0])


def processor_ms(pid: int) -> float:
    """Milliseconds of a processor that a process has used."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def resident_mib(pid: int) -> tuple[float, float]:
    """Memory of a process now, and at most."""
    said = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    now, most = (int(said[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return round(now, 1), round(most, 1)


def _written(pid: int) -> float:
    # Not write_bytes: for one byte in a file that was read in one go, Linux counts up to megabytes there.
    told = Path(f"/proc/{pid}/io").read_text(encoding="ascii")
    return float(dict(line.split(": ") for line in told.splitlines())["wchar"])
