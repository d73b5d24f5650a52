"""What commands need of claims and snoozes: `bot.talks`, `bot.snoozing`."""

from collections.abc import Sequence
from typing import Protocol

from bot.access.permits import Actor, Confirmed
from bot.relay.ports import Post
from storage.records import CreatorId, DiscordId, EffectId


class Claiming(Protocol):
    """Who answers the fan of a thread. Whether they may was asked before; refusals are raised."""

    async def begin(self, actor: DiscordId, channel: DiscordId, ref: str, *, alone: bool) -> Post | None:
        """Somebody begins to answer: None, it is theirs; or what to show, since somebody else does."""

    async def anyway(self, channel: DiscordId, yes: Confirmed) -> EffectId:
        """They answer all the same; under which line they pressed Reply."""

    async def claim(self, actor: DiscordId, channel: DiscordId) -> Post | str:
        """Make the fan theirs, or show who else answers."""

    async def take(self, channel: DiscordId, yes: Confirmed) -> Post | str:
        """Make the fan theirs, whoever else answers."""

    async def release(self, actor: DiscordId, channel: DiscordId) -> Post | str:
        """Let the fan go."""

    async def hand_over(self, actor: DiscordId, channel: DiscordId, to: Actor) -> Post | str:
        """Make the fan another member's."""


class Aside(Protocol):
    """Puts the fan of a thread aside. Whether they may was asked before; refusals are raised."""

    async def snooze(self, actor: DiscordId, channel: DiscordId, typed: str) -> str:
        """Out of sight until then, or until the fan writes."""

    async def close(self, actor: DiscordId, channel: DiscordId) -> str:
        """Out of sight until the fan writes."""

    async def reopen(self, actor: DiscordId, channel: DiscordId) -> str:
        """Back in sight at once."""

    async def times(self, creator: CreatorId) -> Sequence[tuple[str, str]]:
        """Until when to offer: words, and what `snooze` takes."""
