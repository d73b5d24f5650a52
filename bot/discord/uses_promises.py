"""What commands and buttons need of promises; `bot.features.inbox.promises` is it."""

from collections.abc import Sequence
from typing import Protocol

from bot.model.ports import Post
from bot.text.rejected_input import RejectedInput
from storage.records import CreatorId, DiscordId

Said = str | RejectedInput


class PromiseKeepingUses(Protocol):
    """Writes, keeps, moves and drops promises. Whether somebody may was asked before."""

    async def add(
        self, actor: DiscordId, channel: DiscordId, what: str, until: str, message: DiscordId | None = None
    ) -> Said:
        """To the fan of a thread; `message`: what was marked as one."""

    async def done(self, actor: DiscordId, channel: DiscordId, which: str | None) -> str:
        """One of this fan's, or the only one, was kept."""

    async def drop(self, actor: DiscordId, channel: DiscordId, which: str | None, reason: str) -> str:
        """It will not be kept."""

    async def change(
        self, actor: DiscordId, channel: DiscordId, which: str | None, what: str | None, until: str | None
    ) -> Said:
        """Another date, other words, or both."""

    async def suggest(self, channel: DiscordId, typed: str) -> Sequence[tuple[str, str]]:
        """Open ones to this fan: what is shown, and what is sent."""

    async def times(self, creator: CreatorId) -> Sequence[tuple[str, str]]:
        """By when to offer."""

    async def creator_of(self, ref: str) -> CreatorId | None:
        """Whose fan a promise was made to."""

    async def keep(self, actor: DiscordId, ref: str) -> str:
        """From a reminder: it was kept."""

    async def give_up(self, actor: DiscordId, ref: str, reason: str) -> str:
        """It will not be kept."""

    async def tomorrow(self, actor: DiscordId, ref: str) -> str:
        """It is moved to tomorrow."""


class PromiseListUses(Protocol):
    """Shows promises. Whose may be looked through was asked before."""

    async def page(self, channel: DiscordId, mine: Sequence[CreatorId], number: int = 0) -> Post:
        """A thread's fan's, or those of all fans of these creators."""

    async def show(self, ref: str) -> Post | str:
        """One, whole."""


class PromiseSourceUses(Protocol):
    """Messages as what a promise begins with."""

    async def text_of(self, channel: DiscordId, message: DiscordId) -> str:
        """What a message of ours in a fan's thread says; refusals are raised."""


class PromiseUses(Protocol):
    """All of it."""

    @property
    def keeping(self) -> PromiseKeepingUses:
        """Writes."""

    @property
    def listing(self) -> PromiseListUses:
        """Shows."""

    @property
    def marking(self) -> PromiseSourceUses:
        """Begins with a message."""
