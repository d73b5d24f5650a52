"""The number of sessions a bot may start at a time, in each few seconds."""

from datetime import datetime, timedelta

from bot.sandbox.discord.world import DiscordWorld


class SessionStarts:
    """Shards whose numbers leave the same rest by `concurrency` start one after the other.

    `every`: seconds, five at Discord. 0, as it begins, refuses nothing: a test that starts its bot again and
    again needs no patience.
    """

    def __init__(self, world: DiscordWorld) -> None:
        self._world = world
        self.concurrency = 1
        self.every = 0.0
        self._last: dict[tuple[int, int], datetime] = {}

    def may(self, application: int, shard: int) -> bool:
        """Whether an IDENTIFY is taken now; one that is counts."""
        bucket, now = (application, shard % self.concurrency), self._world.clock()
        last = self._last.get(bucket)
        if last is not None and now - last < timedelta(seconds=self.every):
            return False
        self._last[bucket] = now
        return True
