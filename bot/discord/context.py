"""The bot's own questions to what lies above it, and its news for it."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.access.permits import Actor
from bot.access.policy import Action
from bot.relay.typed_messages import History, TypedThreadMessage
from storage.records import CreatorId, DiscordId, Millis


class TypedMessageListener(Protocol):
    """Takes what people typed; never waits, never fails."""

    @property
    def listens(self) -> bool:
        """Whether Discord is asked for what people type."""

    def heard(self, heard: TypedThreadMessage) -> None:
        """A person typed something in some thread."""

    def edited(self, message: DiscordId) -> None:
        """A person changed a message."""

    def gone(self, message: DiscordId) -> None:
        """A message was deleted."""


class SessionListener(Protocol):
    """Is told how the session with Discord stands; never waits, never fails."""

    def anew(self) -> None:
        """A new session is to begin."""

    def dropped(self) -> None:
        """The connection is gone; the same session may go on."""

    def live(self, guilds: Collection[DiscordId] | None = None) -> None:
        """Discord tells everything; `guilds`: of a new session, those that it will tell of."""

    def returned(self, guild: DiscordId, last: Mapping[DiscordId, Millis], history: History) -> None:
        """A session begins with a server, and with when somebody last wrote in each of its threads."""


class HintListener(Protocol):
    """Takes hints from Discord's events; never waits, never fails."""

    def changed(self, guild: DiscordId) -> None:
        """Permissions, channels or threads of a server are not what they were."""

    def joined(self, guild: DiscordId, channel: DiscordId) -> None:
        """A server invited the bot, which may write in this channel: the one for Discord's own messages."""

    def removed(self, guild: DiscordId) -> None:
        """The bot was removed from a server."""

    def deleted(self, message: DiscordId) -> None:
        """A message is gone."""

    def posted(self, channel: DiscordId, message: DiscordId) -> None:
        """The bot's own account posted this."""


@dataclass(frozen=True, kw_only=True)
class BotContext:
    """The contents of `client.context`. Services that commands call are in `client.services`."""

    hearing: TypedMessageListener
    catching: SessionListener
    noticing: HintListener
    # Somebody tried what they may not.
    denied: Callable[[Actor, Action, CreatorId], Awaitable[None]]
    # Why nothing is done on this server: nobody serves it, or another bot of this installation.
    unserved: Callable[[DiscordId], str | None]
    elsewhere: Callable[[DiscordId], Awaitable[str | None]]
    # Counts a command of this person's: 0, or after how many seconds they may give the next one.
    spend: Callable[[DiscordId], int]
    # In which language a person is answered, whose Discord speaks this locale.
    language: Callable[[DiscordId, str], Awaitable[str]]
    # Returns once it is sure that no other process has this one's session with Discord.
    sure: Callable[[], Awaitable[None]]
    scopes: tuple[str, ...] = ()  # what Fanvue must have allowed for everything to work
    refusals: tuple[type[Exception], ...] = ()  # errors whose str() is a sentence for the member
