"""Shards: the servers that one session with Discord hears of (pure)."""

from collections.abc import Callable
from dataclasses import dataclass

from storage.records import DiscordId

_MADE = 22  # the bits of an id below the time at which it was made; Discord divides servers by what is above


@dataclass(frozen=True)
class Shard:
    """A part of the servers, as Discord divides them: its number from 0 on, of so many."""

    number: int
    count: int

    def hears_of(self, guild: DiscordId) -> bool:
        """Whether a server is in it; events of none (0), such as private messages, are in the first one."""
        return (guild >> _MADE) % self.count == self.number


WHOLE = Shard(0, 1)


def whole() -> Shard:
    """Of a process that hears of every server, or of none."""
    return WHOLE


Own = Callable[[], Shard]  # the part of one process; a gateway knows it once it speaks for the bot
