"""Tells at once that a shard's holder has ended, where the database can."""

from collections.abc import Sequence
from typing import Protocol


class ShardLockPort(Protocol):
    """See `storage.engine.shard_locks.ShardLocks`; it blocks."""

    def hold(self, shards: Sequence[int]) -> frozenset[int]:
        """Have a lock on the first of these that can be had, and on no other: that one, or none."""

    def close(self) -> None:
        """Have none."""


class NoShardLocks:
    """For databases whose sessions are not our own: a hold is over when its time is."""

    def hold(self, shards: Sequence[int]) -> frozenset[int]:  # noqa: ARG002 - the port's
        """None."""
        return frozenset()

    def close(self) -> None:
        """Nothing."""
