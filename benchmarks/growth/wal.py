"""What a PostgreSQL server wrote into its log, whole pages apart."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass

import psycopg
from psycopg.rows import TupleRow

_STATS = "SELECT SUM(record_size), SUM(fpi_size) FROM pg_get_wal_stats(%s, %s)"


@dataclass(frozen=True)
class WalVolume:
    """Bytes; `pages`: whole pages, which a server writes when one changes for the first time in a while."""

    records: float
    pages: float = 0.0


class WalLog:
    """The log of one server, which is kept for as long as this is open."""

    def __init__(self, connection: psycopg.Connection[TupleRow], slot: str) -> None:
        self._connection = connection
        self._slot = slot
        self._since = self._now()

    async def since_last(self) -> WalVolume:
        """What was written since this was asked last."""
        return await asyncio.to_thread(self._written)

    def _written(self) -> WalVolume:
        now = self._now()
        if now == self._since:
            return WalVolume(0.0)
        row = self._connection.execute(_STATS, (self._since, now)).fetchone()
        assert row is not None
        self._connection.execute("SELECT pg_replication_slot_advance(%s, %s)", (self._slot, now))
        self._since = now
        return WalVolume(float(row[0] or 0), float(row[1] or 0))

    def _now(self) -> str:
        row = self._connection.execute("SELECT CAST(pg_current_wal_flush_lsn() AS TEXT)").fetchone()
        assert row is not None
        return str(row[0])


@asynccontextmanager
async def log_of(url: str) -> AsyncIterator[WalLog]:
    """Needs a superuser, and PostgreSQL 15 with its extension pg_walinspect."""
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_walinspect")
        slot = f"growth_{os.getpid()}"
        connection.execute("SELECT pg_create_physical_replication_slot(%s, true, true)", (slot,))
        yield WalLog(connection, slot)
