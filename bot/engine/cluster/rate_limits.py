"""Limits of the two networks, kept by all processes together."""

from functools import partial

from bot.model.errors import TryLater
from bot.model.language import msgid
from storage.database import Database, Transaction
from storage.engine import discord_routes, rate_limit_buckets
from storage.engine.discord_routes import RouteCall
from storage.engine.rate_limit_buckets import BucketLimit
from storage.errors import DatabaseUnreachable

# Burst and rate: in no window more than the quota. Fanvue: 200 in 60 s; Discord: 50 in a second, less some
# room for other software with the same bot.
FANVUE = BucketLimit(burst=20, per_second=3.0)
DISCORD = BucketLimit(burst=10, per_second=35.0)

_AGAIN = 1.0  # seconds
_FORGOTTEN = 2000  # calls, after which the routes that nobody calls any more are forgotten


class SharedRateLimits:
    """The buckets of one database. While it cannot be reached nothing is sent that nobody counts."""

    def __init__(
        self, database: Database, *, fanvue: BucketLimit = FANVUE, discord: BucketLimit = DISCORD
    ) -> None:
        self._database = database
        self._fanvue = fanvue
        self._discord = discord
        self._calls = 0

    async def take(self, key: str, spared: float) -> float:
        """See `bot.fanvue.budget.Share`: one call to Fanvue, or seconds until there is room."""
        taking = partial(rate_limit_buckets.take, key=f"fanvue {key}", limit=self._fanvue, spared=spared)
        try:
            return await self._database.write(taking, urgent=True)
        except DatabaseUnreachable:
            return _AGAIN

    async def turn(self, application: int, call: RouteCall | None = None) -> float:
        """One call to Discord: seconds until its turn. Raises TryLater, and Full for a route without room."""
        self._calls += 1
        forgets = self._calls % _FORGOTTEN == 0

        async def work(tx: Transaction) -> float:
            if forgets:
                await discord_routes.forget(tx)
            if call is None:
                return await rate_limit_buckets.reserve(tx, f"discord {application}", self._discord)
            return await discord_routes.reserve(tx, f"discord {application}", self._discord, call)

        try:
            return await self._database.write(work, urgent=True)
        except DatabaseUnreachable:
            raise TryLater(msgid("The bridge's database cannot be reached."), after=_AGAIN) from None
