"""What commands call of the relay: acceptance, replies, where creators live."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.engine.commands import CommandWish
from bot.model.ports import Post
from bot.relay.forum_places import SetupCandidate, SetupDone
from bot.relay.replies import ReplyWish
from storage.records import CommandId, Creator, CreatorId, DiscordId, DraftId, EffectId, Forum


class CommandUses(Protocol):
    """Two-phase acceptance of a command (R9)."""

    async def stage(
        self,
        wish: CommandWish,
        *,
        action: str,
        target: str = "",
        creator: CreatorId | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> CommandId | None:
        """Keep it before Discord is answered; None when this interaction was kept already."""

    async def accept(self, command: CommandId) -> bool:
        """Discord took the answer. False when it was cancelled meanwhile."""

    async def cancel(self, command: CommandId) -> None:
        """Discord did not take the answer: nothing will be done."""


class ReplyUses(Protocol):
    """A member's replies to a fan. Refusals are raised with a sentence."""

    async def stage(self, reply: ReplyWish, /) -> CommandId:
        """Keep it before Discord is answered. Refused: nothing is kept."""

    async def accept(self, command: CommandId) -> Post | str:
        """Queue it, or keep it back; returns what to show the member."""

    async def cancel(self, command: CommandId) -> None:
        """Discord did not take the answer: nothing will be sent."""

    async def again(self, reply: EffectId, actor: DiscordId, channel: DiscordId) -> str:
        """Send once more what was looked for and not found; it must belong to this channel's fan."""

    async def drop(self, reply: EffectId, actor: DiscordId, channel: DiscordId) -> str:
        """Give up what was not sent; it must belong to this channel's fan."""


class HousedCreatorUses(Protocol):
    """A creator who has a forum now."""

    @property
    def creator(self) -> Creator:
        """Who."""

    @property
    def outside(self) -> DiscordId | None:
        """The role that was chosen and sees nothing yet: the creator's owner has not let it in."""

    @property
    def away(self) -> bool:
        """Whether the owner has taken their word back, so that nothing is posted there."""


class PlaceUses(Protocol):
    """Where creators live on servers."""

    async def claim(self, guild: DiscordId) -> str | None:
        """A server is this bot's from now on; a sentence where it is another's, and nothing was changed."""

    async def candidates(self, guild: DiscordId) -> Sequence[SetupCandidate]:
        """Whom a /setup here can be for."""

    async def ask(self, by: DiscordId, guild: DiscordId, typed: Mapping[str, Any]) -> DraftId:
        """Keep what was typed until it is said for whom it is; the list with the answers names it."""

    async def asked(self, ref: str, by: DiscordId, guild: DiscordId) -> Mapping[str, Any] | None:
        """What was typed, once; None: that is no open question of theirs here."""

    async def add(self, forum: Forum, done: SetupDone) -> HousedCreatorUses | None:
        """Remember what somebody made with /setup; the creator whose forum it is now; None: it waits."""

    async def keep(self, forum: Forum, *, by: DiscordId, team: DiscordId | None) -> None:
        """Remember what `by` repaired with /setup: another forum of a creator who has one."""

    async def of_guild(self, guild: DiscordId) -> Sequence[Forum]:
        """Every forum of this server."""

    async def remove(self, forum: DiscordId) -> None:
        """Forget a forum that Discord no longer has."""
