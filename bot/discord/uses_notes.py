"""What commands and buttons need of notes; `bot.features.inbox.notes` is it."""

from collections.abc import Sequence
from typing import Protocol

from bot.model.ports import Post
from bot.text.rejected_input import RejectedInput
from storage.records import CreatorId, DiscordId, DraftId


class NoteUses(Protocol):
    """Notes on the fan of a thread. Whether somebody may was asked before; refusals are sentences."""

    async def page(self, channel: DiscordId, number: int = 0) -> Post:
        """All notes, newest first; page `number` of them."""

    async def add(self, actor: DiscordId, channel: DiscordId, text: str) -> Post | RejectedInput:
        """Write something down."""

    async def begin(self, actor: DiscordId, channel: DiscordId, note: str) -> tuple[DraftId, str] | None:
        """A window with a note's text; None where there is no such note."""

    async def edit(
        self, actor: DiscordId, channel: DiscordId, window: DraftId, text: str
    ) -> Post | RejectedInput:
        """Give its note another text."""

    async def remove(self, actor: DiscordId, channel: DiscordId, note: str) -> str:
        """Take it away."""

    async def suggest(self, channel: DiscordId, typed: str) -> Sequence[tuple[str, str]]:
        """Notes to offer: what is shown, and what is sent."""


class FanTagUses(Protocol):
    """Short words on the fan of a thread, likewise."""

    async def add(self, actor: DiscordId, channel: DiscordId, typed: str) -> str:
        """Mark the fan with a word."""

    async def remove(self, actor: DiscordId, channel: DiscordId, typed: str) -> str:
        """Take it away."""

    async def offer_known(self, channel: DiscordId, typed: str) -> Sequence[str]:
        """Words that the creator's team uses."""

    async def offer_held(self, channel: DiscordId, typed: str) -> Sequence[str]:
        """The fan's."""


class FanSearchUses(Protocol):
    """Looks for fans; whose may be looked through was asked before."""

    async def find(self, creators: Sequence[CreatorId], guild: DiscordId, typed: str) -> Post:
        """Who has this in their names, tags, notes or texts."""
