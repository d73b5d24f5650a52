"""What commands and Discord's events call of the desk."""

from collections.abc import Sequence
from typing import Protocol

from bot.model.ports import Post
from storage.records import CreatorId, DiscordId, EffectId, Forum


class ProblemHomeUses(Protocol):
    """A creator who belongs to a server."""

    @property
    def creator(self) -> CreatorId:
        """Who."""

    @property
    def forum(self) -> Forum | None:
        """Where the fans are; None before /setup."""


class ProblemUses(Protocol):
    """What waits for a person. Who may see and settle it is checked before these are called."""

    async def homes(self, guild: DiscordId) -> Sequence[ProblemHomeUses]:
        """The creators of a server."""

    async def home_of(self, ref: EffectId, guild: DiscordId) -> ProblemHomeUses | None:
        """Whose this is; None when it is no creator's of this server."""

    async def page(self, of: Sequence[CreatorId], number: int = 0) -> Post:
        """One page of what waits about these creators."""

    async def again(self, ref: EffectId, actor: DiscordId) -> str:
        """Do it once more; the answer says what happened, or who was faster and when."""

    async def drop(self, ref: EffectId, actor: DiscordId) -> str:
        """Give it up; likewise."""

    async def now(self, ref: EffectId, actor: DiscordId) -> str:
        """Try at once what is paused; likewise."""


class NoticeUses(Protocol):
    """Takes hints from Discord's events; never waits, never fails."""

    def changed(self, guild: DiscordId) -> None:
        """Permissions, channels or threads of a server are not what they were."""

    def removed(self, guild: DiscordId) -> None:
        """The bot was removed from a server."""

    def deleted(self, message: DiscordId) -> None:
        """A message is gone."""

    def posted(self, channel: DiscordId, message: DiscordId) -> None:
        """The bot's own account posted this."""
