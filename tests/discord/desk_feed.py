"""What a desk offers to choose from: one post, one list of fans, one collection."""
# ruff: noqa: ARG002 -- a desk is asked what the real thing is asked

from collections.abc import Sequence
from typing import Any

from bot.access.permits import Permit
from bot.access.roles import MoneyView
from bot.model.ports import Post
from storage.records import Link
from tests.discord.desk_media import lists_like
from tests.discord.desk_suggestions import DeskSuggestions
from tests.discord.desk_tracking import DeskTracking


class DeskFeed:
    """`Feed` of a desk: the one post that every creator has."""

    async def page(self, link: Link, show: str, number: int) -> Post | str:
        return Post(body=("A page of posts.",))

    async def below(self, link: Link, post: str) -> Post | str:
        return Post(body=("Comments.",))

    async def like(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        return (("Good morning", "11111111-2222-4333-8444-555555555555"),)


class DeskPostcards:
    """`PostcardUses` of a desk; both parts in one."""

    @property
    def following(self) -> "DeskPostcards":
        return self

    @property
    def desk(self) -> "DeskPostcards":
        return self

    async def set(self, permit: Permit, *, on: bool) -> str:
        return "Followed." if on else "Not followed."

    async def post_of(self, ref: str) -> str | None:
        return "11111111-2222-4333-8444-555555555555"

    async def answered(self, ref: str) -> str:
        return ""

    async def figures(self, ref: str, level: MoneyView) -> Post | str:
        return Post(body=("Figures.",))


def desk_lists() -> dict[str, Any]:
    """All, by the names that `Uses` has for them."""
    return {
        "tracking": DeskTracking(),
        "feed": DeskFeed(),
        "postcards": DeskPostcards(),
        "suggestions": DeskSuggestions(),
        "lists_like": lists_like,
        "collections_like": lists_like,
    }
