"""Limits of the two networks, kept by all processes together."""

from functools import partial

from storage import buckets
from storage.buckets import Limit
from storage.database import Database

# Burst and rate: in no window more than the quota. Fanvue: 200 in 60 s; Discord: 50 in a second, less some
# room for other software with the same bot.
FANVUE = Limit(burst=20, per_second=3.0)
DISCORD = Limit(burst=10, per_second=35.0)


class Shares:
    """The buckets of one database. Raises DatabaseUnreachable like every write."""

    def __init__(self, database: Database, *, fanvue: Limit = FANVUE, discord: Limit = DISCORD) -> None:
        self._database = database
        self._fanvue = fanvue
        self._discord = discord

    async def take(self, key: str, spared: float) -> float:
        """See `bot.fanvue.budget.Share`: one call to Fanvue, or seconds until there is room."""
        return await self._database.write(
            partial(buckets.take, key=f"fanvue {key}", limit=self._fanvue, spared=spared), urgent=True
        )

    async def turn(self, application: int) -> float:
        """One call to Discord: seconds until its turn."""
        key = f"discord {application}"
        return await self._database.write(partial(buckets.reserve, key=key, limit=self._discord), urgent=True)
