"""What commands, buttons and events need of typed messages."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Protocol

from bot.access.permits import Permit
from bot.model.ports import Post
from bot.relay.typed_messages import ButtonPresser, History, Reads, TypedThreadMessage
from storage.records import DiscordId, EffectId, Millis


class MessageReplySettingUses(Protocol):
    """Whether it is on."""

    async def switch(
        self,
        permit: Permit,
        *,
        on: bool | None,
        inside: str | None,
        granted: bool,
        takes: Callable[[DiscordId], Awaitable[bool]],
    ) -> str:
        """From now on; None: what holds. Says what is to be done before it can be on."""


class MessageReplyEventUses(Protocol):
    """Takes what Discord tells; never waits, never fails."""

    @property
    def listens(self) -> bool:
        """Whether Discord is asked for what people type."""

    def heard(self, heard: TypedThreadMessage) -> None:
        """A person typed something in some thread."""

    def edited(self, message: DiscordId) -> None:
        """A person changed a message."""

    def gone(self, message: DiscordId) -> None:
        """A message was deleted."""


class MessageReplyCatchUpUses(Protocol):
    """Is told how the session with Discord stands; never waits, never fails."""

    def anew(self) -> None:
        """A new session is to begin."""

    def dropped(self) -> None:
        """The connection is gone; the same session may go on."""

    def live(self, guilds: Collection[DiscordId] | None = None) -> None:
        """Discord tells everything; `guilds`: of a new session, those that it will tell of."""

    def returned(self, guild: DiscordId, last: Mapping[DiscordId, Millis], history: History) -> None:
        """A session begins with a server, and with when somebody last wrote in each of its threads."""


class MessageReplyPressUses(Protocol):
    """What a member is asked in the thread."""

    async def theirs(self, by: ButtonPresser, line: EffectId) -> bool:
        """Whether a line here is about what they typed."""

    async def send(self, by: ButtonPresser, line: EffectId, reads: Reads) -> str:
        """It goes to the fan; what stands in the question's place."""

    async def keep_inside(self, line: EffectId) -> str:
        """It does not; likewise."""


class MessageReplyReasonUses(Protocol):
    """Why something did not leave."""

    async def look(self, by: ButtonPresser, line: EffectId, reads: Reads) -> Post | str:
        """For whoever typed it alone."""


class MessageReplyUses(Protocol):
    """All of it."""

    @property
    def setting(self) -> MessageReplySettingUses:
        """/inbox typing."""

    @property
    def hearing(self) -> MessageReplyEventUses:
        """Discord's events."""

    @property
    def catching(self) -> MessageReplyCatchUpUses:
        """What was typed while nobody listened."""

    @property
    def pressing(self) -> MessageReplyPressUses:
        """The buttons under a question."""

    @property
    def looking(self) -> MessageReplyReasonUses:
        """The button [Look]."""
