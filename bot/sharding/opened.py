"""Builds what a process needs that may speak for a bot among several."""

from bot.guild.identify import PER_DAY, WHOLE
from bot.sharding.budget import SharedBudget
from bot.sharding.seat import Seat
from storage.database import Database
from storage.shard_locks import ShardLocks


def open_seat(database: Database, url: str, *, application: int, token: str) -> Seat:
    """The bot's one session; `token`: this process's name among those that share the database."""
    return Seat(
        database=database,
        application=application,
        token=token,
        locks=ShardLocks(url, application, token),
    )


def open_budget(database: Database, *, application: int, divisor: float) -> SharedBudget:
    """IDENTIFYs of all of them. `divisor`: by how much Discord's windows are shorter."""
    return SharedBudget(
        database, application=application, shard=WHOLE, per_day=PER_DAY, every=SharedBudget.EVERY / divisor
    )
