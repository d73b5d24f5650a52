"""What commands and buttons ask of linking."""

from collections.abc import Sequence
from typing import Protocol

from bot.access.permits import ActionConfirmation, Actor
from storage.records import DiscordId, DraftId, Link


class EndedLinkUses(Protocol):
    """A link that was ended."""

    @property
    def handle(self) -> str:
        """Whose it was."""

    @property
    def not_sent(self) -> Sequence[str]:
        """A line for each thing that was waiting and is not sent, ready to be shown to who ended it."""

    @property
    def unclear(self) -> Sequence[str]:
        """The same for what was under way."""


class LinkUses(Protocol):
    """One person's connections to Fanvue. Refusals are raised with a sentence."""

    async def begin(
        self, user: DiscordId, user_name: str, guild: DiscordId, guild_name: str, command: str
    ) -> str:
        """The address of a page that only this person can use, for ten minutes."""

    async def answer(self, yes: ActionConfirmation) -> str:
        """The owner's yes to "Connect @handle?"; returns what to tell them."""

    async def refuse(self, pending_id: str, actor: DiscordId) -> str:
        """Their no, likewise."""

    async def instead(self, yes: ActionConfirmation) -> tuple[str, EndedLinkUses | None]:
        """A yes by which another link of theirs ends: the one that the question named."""

    async def links_of(self, user: DiscordId) -> Sequence[Link]:
        """Every open link of this person."""

    async def ask_end(self, link: Link, by: Actor) -> DraftId:
        """What the buttons name under the question whether this link of theirs is to end."""

    async def unlink(self, yes: ActionConfirmation) -> EndedLinkUses | None:
        """End that link and revoke its access; None where the question is over."""

    async def keep(self, ref: DraftId, owner: DiscordId) -> None:
        """No to that question."""
