"""The small things that tests of accounts pass in: clock, ids, keys, a full disk."""

import random
from datetime import UTC, datetime
from typing import TypeVar

from bot.features.people.accounts.keyring import Keyring, MasterKey
from storage.database import Database, Work
from storage.errors import DatabaseUnreachable
from storage.records import Millis

T = TypeVar("T")

START: Millis = 1_800_000_000_000


class SetClock:
    """Time that moves only when a test moves it."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> Millis:
        return self.at

    def utc(self) -> datetime:
        return datetime.fromtimestamp(self.at / 1000, UTC)

    def pass_by(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0) -> None:
        self.at += int((seconds + 60 * minutes + 3600 * hours) * 1000)


class CountedIds:
    """Ids that are 22 characters long and never repeat."""

    def __init__(self) -> None:
        self._count = 0

    def new(self) -> str:
        self._count += 1
        return f"id{self._count:020d}"


def a_keyring(*ids: str) -> Keyring:
    """A ring of invented keys, newest first."""
    return Keyring([MasterKey(name, name.encode().ljust(32, b"-")[:32]) for name in ids or ("k1",)])


def seeded(seed: int = 1) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a test must be repeatable


class FillingDatabase:
    """A database on a disk that fills up after some more writes."""

    def __init__(self, real: Database, *, after: int) -> None:
        self._real = real
        self._after = after

    def make_room(self) -> None:
        self._after = 1_000

    async def write(self, work: Work[T], *, urgent: bool = False) -> T:
        if self._after == 0:
            raise DatabaseUnreachable("disk full")
        self._after -= 1
        return await self._real.write(work, urgent=urgent)

    async def read(self, work: Work[T]) -> T:
        return await self._real.read(work)

    async def close(self) -> None:
        await self._real.close()
