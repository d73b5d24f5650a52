"""Builds what a process needs that may speak for a bot among several."""

from collections.abc import Callable

from bot.guild.identify import PER_DAY
from bot.relay.shards import whole
from bot.sharding.budget import SharedBudget
from bot.sharding.seat import Seat
from bot.sharding.timing import ShardTiming
from storage.database import Database
from storage.engine.shard_locks import ShardLocks
from storage.engine.shards import ShardCandidate


def open_seat(
    database: Database, url: str, *, application: int, token: str, count: int, missing: Callable[[int], None]
) -> Seat:
    """One of the bot's `count` sessions; `token`: this process's name among those that share the database.

    `missing`: see `Seat`.
    """
    timing = ShardTiming()
    return Seat(
        database=database,
        me=ShardCandidate(application, token, count, timing.lease),
        locks=ShardLocks(url, application, token),
        timing=timing,
        missing=missing,
    )


def open_budget(database: Database, seat: Seat | None, *, application: int, divisor: float) -> SharedBudget:
    """IDENTIFYs of all of them. `divisor`: by how much Discord's windows are shorter."""
    return SharedBudget(
        database,
        application=application,
        shard=whole if seat is None else seat.shard,
        per_day=PER_DAY,
        every=SharedBudget.EVERY / divisor,
    )
