"""The port to take things away on Discord: one attempt each, like all ports."""

from dataclasses import dataclass
from typing import Protocol

from bot.model.ports import DiscordPort
from storage.records import DiscordId, Millis


@dataclass(frozen=True)
class ThreadSnapshot:
    """A thread as Discord shows it now. `last`: when its newest message was written, by anybody."""

    last: Millis
    archived: bool


class RemovalPort(DiscordPort, Protocol):
    """A Discord on which what was posted can be taken away."""

    async def look(self, thread: DiscordId, *, ignoring: DiscordId | None = None) -> ThreadSnapshot:
        """Look at a thread; one message of it may not count. TargetGone when there is none."""

    async def take_message(self, channel: DiscordId, message: DiscordId) -> None:
        """Delete one message of the bot's, also in an archived thread; fine when it is gone already."""

    async def rest(self, thread: DiscordId) -> None:
        """Archive a thread; fine when it is archived already."""
