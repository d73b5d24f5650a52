"""IDENTIFYs of all processes of a bot, counted together."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from bot.model.shards import Own, Shard
from storage.database import Database
from storage.engine import identify_counts
from storage.records import Millis


class SharedIdentifyBudget:
    """See `bot.discord.identify_budget.IdentifyBudget`."""

    # Seconds. Discord takes one IDENTIFY in five from shards of the same rest, by its own clock.
    EVERY = 5.5

    def __init__(
        self,
        database: Database,
        *,
        application: int,
        shard: Own,
        per_day: int,
        every: float = EVERY,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`shard`: this process's shard, asked for when it is had. `every` in seconds."""
        self._shard = shard
        self._database = database
        self._spend = partial(
            identify_counts.spend,
            application=application,
            every=every,
            per_day=per_day,
        )
        self._today = partial(identify_counts.today, application=application, per_day=per_day)
        self._sleep = sleep

    @property
    def shard(self) -> Shard:
        """See `IdentifyBudget`."""
        return self._shard()

    async def wait(self) -> Millis:
        """Return the wait until the next IDENTIFY has room; 0: it has. Raises as the other does."""
        return _millis(await self._database.read(self._today))

    async def spend(self, concurrency: int = 1) -> Millis:
        """Wait for this shard's turn. 0: an IDENTIFY may be sent now, and counts; else when to ask again.

        Raises DatabaseUnreachable: without the database nobody knows how many there were.
        """
        spend = partial(self._spend, bucket=self.shard.number % concurrency)
        while True:
            soon, today = await self._database.write(spend, urgent=True)
            if today > 0:
                return _millis(today)
            if soon <= 0:
                return 0
            await self._sleep(soon)


def _millis(seconds: float) -> Millis:
    return round(seconds * 1000) + 1 if seconds > 0 else 0
