"""That a fan was answered: by whom, and by which message."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, EffectId, FanId, FanvueMessageId, Millis


@dataclass(frozen=True)
class FanAnswer:
    """One message to a fan that is surely there, and that no automation wrote."""

    creator: CreatorId
    fan: FanId
    at: Millis
    reply: EffectId | None = None  # a member's, through the bridge
    member: DiscordId | None = None  # whose it is, also when they have left since
    message: FanvueMessageId | None = None  # one that was written on Fanvue itself


# Part of the caller's transaction; the same answer may be told twice.
Heard = Callable[[Transaction, FanAnswer], Awaitable[None]]


async def unheard(_tx: Transaction, _answer: FanAnswer, /) -> None:
    """Nobody remembers answers."""
