"""The port to make another forum; `bot.discord.more_forums` does it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from storage.records import DiscordId, Forum


@dataclass(frozen=True)
class MadeForum:
    """A forum that exists. `tags`: our names with Discord's ids, as JSON."""

    id: DiscordId
    category: DiscordId
    tags: str


class MoreForumsPort(Protocol):
    """A Discord on which a forum can be made that is like another one."""

    async def make(
        self, like: Forum, number: int, reference: str, readers: Collection[DiscordId]
    ) -> MadeForum:
        """Make the creator's forum of this number, with one request that is never re-sent.

        Of those who see `like` it is open to the `readers`, roles and members, and to nobody whom a hand let
        in there; it is age-restricted, and carries the reference in its topic.
        """

    async def find(self, like: Forum, reference: str) -> Sequence[MadeForum]:
        """Those of the server that carry the reference and the bot's own permissions, oldest first."""

    async def remove(self, forum: DiscordId) -> None:
        """Delete one that was made twice and is still empty; fine when it is gone already."""
