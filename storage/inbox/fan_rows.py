"""Rows that a team keeps about its fans: one fan's, the newest, removed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from storage.database import Row, Transaction
from storage.records import CreatorId, FanId

R = TypeVar("R")


@dataclass(frozen=True)
class FanRows(Generic[R]):
    """One table of them. `at`: its column that says when."""

    table: str
    at: str
    record: Callable[[Row], R]

    async def of_fan(self, tx: Transaction, creator: CreatorId, fan: FanId) -> list[R]:
        """All of a fan's, oldest first."""
        rows = await tx.all(
            f"""SELECT * FROM {self.table} WHERE creator_uuid = :creator AND fan_uuid = :fan
                ORDER BY {self.at}, id""",  # noqa: S608 - constants
            creator=creator,
            fan=fan,
        )
        return [self.record(row) for row in rows]

    async def newest(self, tx: Transaction, creator: CreatorId, *, limit: int) -> list[R]:
        """Of all fans of a creator, newest first."""
        rows = await tx.all(
            f"""SELECT * FROM {self.table} WHERE creator_uuid = :creator
                ORDER BY {self.at} DESC, id DESC LIMIT :limit""",  # noqa: S608 - constants
            creator=creator,
            limit=limit,
        )
        return [self.record(row) for row in rows]

    async def remove(self, tx: Transaction, row: str) -> None:
        """Take one away for good."""
        await tx.execute(f"DELETE FROM {self.table} WHERE id = :id", id=row)  # noqa: S608 - a constant
