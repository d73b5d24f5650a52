"""What a desk offers to choose from: one post of every creator."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Sequence

from bot.features.publishing.post_management.list_service import PostListService
from bot.model.ports import Post
from storage.records import Link
from tests.discord.desk import Desk, DeskServices


class DeskFeed:
    """The one post that every creator has."""

    async def page(self, link: Link, show: str, number: int) -> Post | str:
        return Post(body=("A page of posts.",))

    async def below(self, link: Link, post: str) -> Post | str:
        return Post(body=("Comments.",))

    async def like(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        return (("Good morning", "11111111-2222-4333-8444-555555555555"),)


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {PostListService: DeskFeed()}
