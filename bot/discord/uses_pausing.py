"""What commands and buttons need of pauses; `bot.features.people.pausing` is it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.access.permits import Actor
from bot.model.ports import Post
from storage.records import CreatorId, DiscordId, DraftId


class PauseUses(Protocol):
    """Stops what is sent. Whether they may was asked before. A refusal is a sentence."""

    async def member(self, by: Actor, creator: CreatorId, member: Actor) -> Post | str:
        """What one member sends for a creator."""

    async def creator(self, by: Actor, creator: CreatorId) -> Post | str:
        """Everything in a creator's name."""

    async def everything(self, by: Actor) -> Post | str:
        """Everything of every creator whom this person has connected."""


class PauseLiftUses(Protocol):
    """Ends pauses."""

    async def concerns(self, ref: str) -> Sequence[CreatorId]:
        """The creators that a button is about; none for a button that belongs to nothing."""

    async def begin(self, actor: DiscordId, guild: DiscordId, mine: Collection[CreatorId]) -> Post | str:
        """End the only pause of these creators, or ask which one, or what becomes of what was held."""

    async def ask(self, ref: str, actor: DiscordId, guild: DiscordId) -> Post | str:
        """End this one; likewise."""

    async def settle(self, ref: DraftId, actor: DiscordId, *, send: bool) -> Post | str:
        """The answer to what becomes of what was held."""


class TodayMessageUses(Protocol):
    """Today's messages in a creator's name, for one person."""

    async def open(self, creator: CreatorId, actor: DiscordId, guild: DiscordId) -> Post:
        """The newest ones."""

    async def turn(self, ref: DraftId, actor: DiscordId, *, texts: bool) -> Post | str:
        """The page that a button leads to, with or without texts."""


@dataclass(frozen=True)
class PausingUses:
    """What `Uses.pausing` holds."""

    pausing: PauseUses
    lifting: PauseLiftUses
    today: TodayMessageUses
