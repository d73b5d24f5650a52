"""IDENTIFYs of all processes of a bot, counted together."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from bot.guild.identify import Shard
from storage import identifies
from storage.database import Database
from storage.records import Millis


class SharedBudget:
    """See `bot.guild.identify.IdentifyBudget`.

    `concurrency`: Discord's max_concurrency; parts whose numbers leave the same rest take turns.
    """

    EVERY = 5.0  # seconds; Discord takes one IDENTIFY in that time from all parts of the same rest

    def __init__(
        self,
        database: Database,
        *,
        application: int,
        shard: Shard,
        per_day: int,
        concurrency: int = 1,
        every: float = EVERY,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`every` in seconds."""
        self.shard = shard
        self._database = database
        self._spend = partial(
            identifies.spend,
            application=application,
            bucket=shard.number % concurrency,
            every=every,
            per_day=per_day,
        )
        self._today = partial(identifies.today, application=application, per_day=per_day)
        self._sleep = sleep

    async def wait(self) -> Millis:
        """How long until the day has room for the next IDENTIFY; 0: it has. Raises as the other does."""
        return _millis(await self._database.read(self._today))

    async def spend(self) -> Millis:
        """Wait for this part's turn. 0: an IDENTIFY may be sent now, and counts; else when to ask again.

        Raises DatabaseUnreachable: without the database nobody knows how many there were.
        """
        while True:
            soon, today = await self._database.write(self._spend, urgent=True)
            if today > 0:
                return _millis(today)
            if soon <= 0:
                return 0
            await self._sleep(soon)


def _millis(seconds: float) -> Millis:
    return round(seconds * 1000) + 1 if seconds > 0 else 0
