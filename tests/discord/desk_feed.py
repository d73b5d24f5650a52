"""What a desk offers to choose from: one post of every creator."""
# ruff: noqa: ARG002 -- a desk is asked what the real thing is asked

from collections.abc import Sequence

from bot.access.permits import Permit
from bot.access.roles import MoneyView
from bot.model.ports import Post
from storage.records import Link


class DeskFeed:
    """The one post that every creator has."""

    async def page(self, link: Link, show: str, number: int) -> Post | str:
        return Post(body=("A page of posts.",))

    async def below(self, link: Link, post: str) -> Post | str:
        return Post(body=("Comments.",))

    async def like(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        return (("Good morning", "11111111-2222-4333-8444-555555555555"),)


class DeskPostcards:
    """Whether posts are followed, and the buttons in their threads; both in one."""

    async def set(self, permit: Permit, *, on: bool) -> str:
        return "Followed." if on else "Not followed."

    async def post_of(self, ref: str) -> str | None:
        return "11111111-2222-4333-8444-555555555555"

    async def answered(self, ref: str) -> str:
        return ""

    async def figures(self, ref: str, level: MoneyView) -> Post | str:
        return Post(body=("Figures.",))
