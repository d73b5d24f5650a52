"""Builds what a process needs that may speak for a bot among several."""

from collections.abc import Callable

from bot.discord.identify_budget import PER_DAY
from bot.engine.cluster.identify_budget import SharedIdentifyBudget
from bot.engine.cluster.shard_lease import ShardLease
from bot.engine.cluster.shard_timing import ShardTiming
from bot.model.shards import whole
from storage.database import Database
from storage.engine.shard_locks import ShardLocks
from storage.engine.shards import ShardCandidate


def open_seat(
    database: Database, url: str, *, application: int, token: str, count: int, missing: Callable[[int], None]
) -> ShardLease:
    """One of the bot's `count` sessions; `token`: this process's name among those that share the database.

    `missing`: see `ShardLease`.
    """
    timing = ShardTiming()
    return ShardLease(
        database=database,
        me=ShardCandidate(application, token, count, timing.lease),
        locks=ShardLocks(url, application, token),
        timing=timing,
        missing=missing,
    )


def open_budget(
    database: Database, seat: ShardLease | None, *, application: int, divisor: float
) -> SharedIdentifyBudget:
    """IDENTIFYs of all of them. `divisor`: by how much Discord's windows are shorter."""
    return SharedIdentifyBudget(
        database,
        application=application,
        shard=whole if seat is None else seat.shard,
        per_day=PER_DAY,
        every=SharedIdentifyBudget.EVERY / divisor,
    )
