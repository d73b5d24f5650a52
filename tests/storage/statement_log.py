"""Which statements a piece of work says, whatever it makes of the answers."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from storage.database import Database, Row, Transaction, Value, Work

T = TypeVar("T")

Said = tuple[str, Mapping[str, Value]]


class _ListeningTransaction:
    """A transaction that also writes down what is said in it."""

    def __init__(self, tx: Transaction, said: list[Said]) -> None:
        self._tx, self._said = tx, said
        self.on_commit, self.at_end, self.signer = tx.on_commit, tx.at_end, tx.signer

    async def one(self, sql: str, /, **params: Value) -> Row | None:
        self._said.append((sql, params))
        return await self._tx.one(sql, **params)

    async def all(self, sql: str, /, **params: Value) -> list[Row]:
        self._said.append((sql, params))
        return await self._tx.all(sql, **params)

    async def execute(self, sql: str, /, **params: Value) -> int:
        self._said.append((sql, params))
        return await self._tx.execute(sql, **params)


async def said(database: Database, work: Callable[[Transaction], Awaitable[Any]]) -> list[Said]:
    """Carry the work out; its statements in their order."""
    heard: list[Said] = []
    await database.write(lambda tx: work(_ListeningTransaction(tx, heard)))
    return heard


class ListeningDatabase:
    """A database that writes down what is said to it, and counts the pieces of work that write."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.said: list[Said] = []
        self.writes = 0

    async def write(self, work: Work[T], *, urgent: bool = False) -> T:
        self.writes += 1
        return await self._database.write(
            lambda tx: work(_ListeningTransaction(tx, self.said)), urgent=urgent
        )

    async def read(self, work: Work[T]) -> T:
        return await self._database.read(self._heard(work))

    def _heard(self, work: Work[T]) -> Work[T]:
        return lambda tx: work(_ListeningTransaction(tx, self.said))

    async def close(self) -> None:
        await self._database.close()

    def forget(self) -> None:
        """Count from here on."""
        self.said, self.writes = [], 0
