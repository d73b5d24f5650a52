"""Viewers of a creator's channels by Discord's permissions, as Discord tells it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from storage.records import DiscordId


@dataclass(frozen=True)
class ChannelViewer:
    """A Discord role, or a member, and which of the channels they see."""

    id: DiscordId
    sees: tuple[DiscordId, ...]
    admin: bool = False  # an administrator sees everything, whatever a channel says
    roles: tuple[DiscordId, ...] = ()  # of a member


@dataclass(frozen=True)
class ChannelState:
    """One channel as it is now."""

    age_restricted: bool
    lacks: tuple[str, ...]  # what the bot may not do there, in the words of Discord's settings


@dataclass(frozen=True)
class ServerView:
    """A server, as far as a creator's channels go."""

    owner: DiscordId  # who owns the server, and so sees everything
    doors: Mapping[DiscordId, ChannelState]  # those that are still there
    everyone: ChannelViewer  # the role @everyone
    roles: tuple[ChannelViewer, ...]  # all others but the bot's own
    members: tuple[ChannelViewer, ...]  # those who were asked about, or are let in by name, and are there
    unasked: int = 0  # how many more of them there are, about whom Discord was not asked


# A server, its channels and members to ask about → what Discord says; None: the bot is not there.
# Raises a failure of `bot.model.errors`.
See = Callable[[DiscordId, Sequence[DiscordId], Sequence[DiscordId]], Awaitable[ServerView | None]]
