"""What commands and buttons need of followed posts."""

from typing import Protocol

from bot.access.permits import Permit
from bot.access.roles import MoneyView
from bot.model.ports import Post


class PostFollowUses(Protocol):
    """Whether a creator's posts are followed."""

    async def set(self, permit: Permit, *, on: bool) -> str:
        """Follow them, or do not any more; what to say."""


class PostDesk(Protocol):
    """The buttons in a post's thread."""

    async def post_of(self, ref: str) -> str | None:
        """The post below which the comment of this button stands."""

    async def answered(self, ref: str) -> str:
        """The comment of this button, as far as its line shows it and it is kept; else nothing."""

    async def figures(self, ref: str, level: MoneyView) -> Post | str:
        """What came of a post in money, as exactly as this level sees it."""


class PostcardUses(Protocol):
    """Both."""

    @property
    def following(self) -> PostFollowUses:
        """/posts follow."""

    @property
    def desk(self) -> PostDesk:
        """The buttons."""
