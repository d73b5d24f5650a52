"""A table for tests about transactions, and a way to hold the writer up."""

import asyncio
import sqlite3
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import psycopg

from storage.database import Database, Transaction

# What a database says to a row that breaks a rule of the schema.
REFUSALS: tuple[type[Exception], ...] = (sqlite3.IntegrityError, psycopg.IntegrityError)

_LIMIT = 20.0  # seconds; reached only when a test fails


def put(*ids: str) -> Callable[[Transaction], Awaitable[None]]:
    """Work that keeps rows."""

    async def work(tx: Transaction) -> None:
        for row in ids:
            await tx.execute("INSERT INTO rows (id) VALUES (:id)", id=row)

    return work


async def kept(database: Database) -> list[str]:
    """The rows that are there, as a reader sees them."""
    rows = await database.read(lambda tx: tx.all("SELECT id FROM rows ORDER BY id"))
    return [row["id"] for row in rows]


def kept_in(path: Path) -> list[str]:
    """The rows that another program sees in the file."""
    connection = sqlite3.connect(path)
    try:
        return [row[0] for row in connection.execute("SELECT id FROM rows ORDER BY id")]
    finally:
        connection.close()


class WriterGate:
    """Work that keeps a row and then stands still in the writer's thread until it is let through."""

    def __init__(self, row: str) -> None:
        """Keep `row`."""
        self._row = row
        self._loop = asyncio.get_running_loop()
        self._reached = asyncio.Event()
        self._open = threading.Event()

    async def __call__(self, tx: Transaction) -> None:
        """The work."""
        await put(self._row)(tx)
        self._loop.call_soon_threadsafe(self._reached.set)
        assert self._open.wait(_LIMIT)

    async def reached(self) -> None:
        """Wait until the work stands still."""
        async with asyncio.timeout(_LIMIT):
            await self._reached.wait()

    def let_through(self) -> None:
        """Let the work end."""
        self._open.set()
