"""What commands and buttons need of lists of fans."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.access.permits import ActionConfirmation, Permit
from bot.model.ports import Post
from storage.records import CommandId, CreatorId, DiscordId


class ListSearchUses(Protocol):
    """Lists looked for. Refusals are raised with a sentence."""

    async def show(self, permit: Permit, wanted: str | None) -> Post:
        """All lists, or who is on one."""

    async def suggest(self, permit: Permit, typed: str) -> Sequence[tuple[str, str]]:
        """Lists to offer while one is typed: words and value."""

    async def suggest_fans(self, permit: Permit, typed: str) -> Sequence[tuple[str, str]]:
        """Fans likewise."""


class ListChangeUses(Protocol):
    """Lists changed. Refusals are raised; the command's answer says by itself what became of it."""

    async def create(self, permit: Permit, name: str, command: CommandId) -> None:
        """Make one."""

    async def add(
        self, permit: Permit, which: str, fan: str | None, channel: DiscordId, command: CommandId
    ) -> None:
        """Put one fan on it."""

    async def remove(
        self, permit: Permit, which: str, fan: str | None, channel: DiscordId, command: CommandId
    ) -> None:
        """Take one fan off it."""

    async def rename(self, permit: Permit, which: str, name: str, command: CommandId) -> None:
        """Call it otherwise."""

    async def ask_delete(self, permit: Permit, which: str) -> Post:
        """Ask whether it is to go."""

    async def delete(self, yes: ActionConfirmation, command: CommandId) -> str | None:
        """Have it deleted; None: the answer follows by itself."""

    async def keep(self, permit: Permit, ref: str) -> str:
        """Leave it."""


class ListBuildUses(Protocol):
    """Lists filled. Refusals are raised with a sentence."""

    async def ask(self, permit: Permit, name: str, query: Mapping[str, Any]) -> Post:
        """Whom a query means, and whether they are put on that list (`bot.features.publishing.lists`)."""

    async def ask_file(self, permit: Permit, name: str, content: bytes) -> tuple[Post, str]:
        """The same of a file; and what goes with it as a file of its own, '' for nothing."""

    async def yes(self, yes: ActionConfirmation, command: CommandId) -> str | None:
        """Begin; None: the answer shows by itself how far it is."""

    async def no(self, permit: Permit, ref: str) -> str:
        """Leave it."""

    async def creator_of(self, ref: str) -> CreatorId | None:
        """Whose fans are put on a list."""

    async def stop(self, permit: Permit, ref: str, command: CommandId) -> str | None:
        """Stop it, likewise."""

    async def resume(self, permit: Permit, ref: str, command: CommandId) -> str | None:
        """Go on with it, likewise."""


class ListUses(Protocol):
    """All of it together."""

    @property
    def looking(self) -> ListSearchUses:
        """Looking."""

    @property
    def changing(self) -> ListChangeUses:
        """Changing."""

    @property
    def building(self) -> ListBuildUses:
        """Filling."""
