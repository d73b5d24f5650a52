"""A process's own view of the shards that others hold, or nobody."""

import logging
from collections.abc import Callable, Collection, Mapping

from bot.engine.cluster.shard_timing import ShardTiming
from storage.engine.shards import ShardHold

log = logging.getLogger(__name__)


class ShardWatch:
    """Since when the holds of others were not renewed, as this process saw it by itself."""

    def __init__(self, timing: ShardTiming, monotonic: Callable[[], float]) -> None:
        self._timing = timing
        self._monotonic = monotonic
        self._not_before = monotonic()
        self._since: dict[int, tuple[ShardHold, float]] = {}

    def saw(self, others: Mapping[int, ShardHold]) -> None:
        """Note a look's findings."""
        now = self._monotonic()
        kept = {shard: since for shard, since in self._since.items() if others.get(shard) == since[0]}
        self._since = {shard: kept.get(shard, (holding, now)) for shard, holding in others.items()}

    def blind(self) -> None:
        """The database does not answer: others may come back to it later than this process."""
        self._since = {}
        self._not_before = self._monotonic() + self._timing.lease

    def silent(self) -> dict[int, ShardHold]:
        """Those that were not renewed for so long."""
        now = self._monotonic()
        if now < self._not_before:
            return {}
        before = now - self._timing.silent
        return {shard: holding for shard, (holding, since) in self._since.items() if since <= before}


class MissingShards:
    """Parts that nobody holds for longer than it takes another process to have them."""

    def __init__(self, count: int, timing: ShardTiming, monotonic: Callable[[], float]) -> None:
        """`count`: how many shards there are."""
        self._count = count
        self._patience = timing.lease + timing.silent
        self._monotonic = monotonic
        self._since: dict[int, float] = {}
        self._said: set[int] = set()

    def saw(self, nobodys: Collection[int]) -> int:
        """Note a look; return how many are missing. Each is said once."""
        now = self._monotonic()
        self._since = {shard: self._since.get(shard, now) for shard in nobodys}
        missing = {shard for shard, since in self._since.items() if now - since >= self._patience}
        for shard in sorted(missing - self._said):
            log.error(
                "nobody holds gateway session %d of %d: on its servers no command is answered. "
                "Start one more process with --role gateway.",
                shard,
                self._count,
            )
        for shard in sorted(self._said - self._since.keys()):
            log.info("gateway session %d of %d is held again", shard, self._count)
        self._said = missing | (self._said & self._since.keys())
        return len(missing)

    def blind(self) -> None:
        """The database does not answer, and says nothing of anybody."""
        self._since = {shard: self._monotonic() for shard in self._since}
