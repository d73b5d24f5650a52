"""Hears of conversations: a fan wrote, somebody answered, somebody is writing."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.model.events import CreatorWrote, FanWrote, MessageDeleted
from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Effect, EffectId, FanId, Millis


class ConversationPort(Protocol):
    """Keeps how each fan's chat stands. Each word is part of the caller's transaction, and may come twice."""

    async def wrote(self, tx: Transaction, event: FanWrote | CreatorWrote) -> None:
        """A fan's message is known, or one of the creator's that no reply of ours made."""

    async def deleted(self, tx: Transaction, event: MessageDeleted) -> None:
        """A message was deleted on Fanvue; whether it was the fan's own is looked up."""

    async def replying(self, tx: Transaction, creator: CreatorId, fan: FanId, member: DiscordId) -> None:
        """A member's reply was accepted; it has not been sent yet."""

    async def sent(
        self, tx: Transaction, creator: CreatorId, fan: FanId, reply: EffectId, *, at: Millis
    ) -> None:
        """A reply of ours is surely there, and was sent at that time."""

    async def frozen(self, tx: Transaction, creator: CreatorId) -> None:
        """Nobody can answer this creator's fans any more."""

    async def left(self, tx: Transaction, creator: CreatorId, member: DiscordId) -> int:
        """A member is not of the creator's team any more; how many fans were theirs."""


class NoConversationPort:
    """Keeps no conversations: where no team works."""

    async def wrote(self, _tx: Transaction, _event: FanWrote | CreatorWrote, /) -> None:
        """Nothing."""

    async def deleted(self, _tx: Transaction, _event: MessageDeleted, /) -> None:
        """Nothing."""

    async def replying(
        self, _tx: Transaction, _creator: CreatorId, _fan: FanId, _member: DiscordId, /
    ) -> None:
        """Nothing."""

    async def sent(
        self, _tx: Transaction, _creator: CreatorId, _fan: FanId, _reply: EffectId, /, *, at: Millis
    ) -> None:
        """Nothing."""

    async def frozen(self, _tx: Transaction, _creator: CreatorId, /) -> None:
        """Nothing."""

    async def left(self, _tx: Transaction, _creator: CreatorId, _member: DiscordId, /) -> int:
        return 0


UNHEARD = NoConversationPort()

Refusal = Callable[
    [Transaction, Effect], Awaitable[None]
]  # how a reply ended, which may say something of its fan


async def unheard(_tx: Transaction, _effect: Effect, /) -> None:
    """Nobody keeps what a refusal says."""
