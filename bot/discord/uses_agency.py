"""What commands and buttons need about accounts that manage creators."""

from collections.abc import Sequence
from typing import Protocol

from bot.access.permits import ActionConfirmation
from bot.model.ports import Post
from storage.records import DiscordId, DraftId, Link


class AgencyUses(Protocol):
    """People's own Fanvue accounts, and whom those manage. Refusals are raised with a sentence."""

    async def lines(self, link: Link) -> Sequence[str]:
        """What /account says about one of a person's links besides what holds for every one."""

    async def through(self, link: Link, actor: DiscordId, operation: str) -> Link:
        """A creator's link as this member uses it to read, perhaps through their own account."""

    async def offered(self, user: DiscordId, typed: str) -> Sequence[tuple[str, str]]:
        """Creators for whom this person could stand in: handle and id."""

    async def question(self, user: DiscordId, guild: DiscordId, wanted: str) -> Post:
        """What standing in means, with its buttons."""

    async def take(self, yes: ActionConfirmation) -> str:
        """Yes to a question of one's own; what to tell them."""

    async def drop(self, user: DiscordId, question: DraftId) -> str:
        """No to it."""


class NoAgency:
    """Nobody's account manages anybody: what holds until `bot.app.feature_groups` passes in better."""

    async def lines(self, _link: Link) -> Sequence[str]:
        """Nothing more."""
        return ()

    async def through(self, link: Link, _actor: DiscordId, _operation: str) -> Link:
        """The link itself."""
        return link

    async def offered(self, _user: DiscordId, _typed: str) -> Sequence[tuple[str, str]]:
        """Nobody."""
        return ()

    async def question(self, _user: DiscordId, _guild: DiscordId, _wanted: str) -> Post:
        """There is none."""
        return Post(body=("Your own Fanvue account manages no such creator.",))

    async def take(self, _yes: ActionConfirmation, /) -> str:
        """There is none."""
        return "This question is not open any more."

    async def drop(self, _user: DiscordId, _question: DraftId) -> str:
        """There is none."""
        return "Nothing was changed."


NO_AGENCY = NoAgency()
