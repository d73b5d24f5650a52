"""A message that a person typed in a thread, and who presses what is asked."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.access.permits import Actor
from storage.records import DiscordId, Millis

# The text of a message as it stands in a channel now; None: it is not there any more.
Reads = Callable[[DiscordId, DiscordId], Awaitable[str | None]]


@dataclass(frozen=True)
class TypedThreadMessage:
    """One message, as Discord told of it."""

    message: DiscordId
    channel: DiscordId
    by: Actor
    name: str  # of whoever typed it
    text: str
    at: Millis
    extras: bool = False  # files, stickers, a poll, something that was forwarded
    beside: bool = False  # it answers what a person wrote, not the bridge


# What people typed on a server, in a thread, later than that; oldest first.
History = Callable[[DiscordId, DiscordId, Millis], Awaitable[Sequence[TypedThreadMessage]]]


@dataclass(frozen=True)
class ButtonPresser:
    """A presser, with their role and rights at this moment. Their right to answer was checked before."""

    by: Actor
    name: str
    channel: DiscordId
    role: str = ""
    alone: bool = True
    reads: bool = True
