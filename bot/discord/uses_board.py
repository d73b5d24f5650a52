"""What commands and buttons need to list who waits."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.access.roles import MoneyView
from bot.model.choices import Choice
from bot.model.ports import Post
from storage.records import CreatorId, DiscordId


class BoardPageUses(Protocol):
    """A page of a member's list."""

    @property
    def post(self) -> Post:
        """What is shown."""

    @property
    def choice(self) -> Choice | None:
        """The other lists that can be chosen."""


class BoardUses(Protocol):
    """Lists who waits. About which creators a member may know, and how exactly, is asked before.

    `settles`: whether they may use /inbox problems about any of them.
    """

    async def page_of(
        self, of: Mapping[CreatorId, MoneyView], member: DiscordId, ref: str, *, settles: bool
    ) -> BoardPageUses:
        """The page that a reference names; the first one of all who wait for any other."""

    async def list_of(
        self, of: Mapping[CreatorId, MoneyView], member: DiscordId, chosen: Sequence[str], *, settles: bool
    ) -> BoardPageUses:
        """The first page of the list that was chosen."""
