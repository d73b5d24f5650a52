"""What a desk offers to choose from: one post, and one list of fans."""
# ruff: noqa: ARG002 -- a desk is asked what the real thing is asked

from collections.abc import Sequence
from typing import Any

from bot.relay.ports import Post
from storage.records import Link
from tests.guild.desk_media import lists_like


class DeskFeed:
    """`Feed` of a desk: the one post that every creator has."""

    async def page(self, link: Link, show: str, number: int) -> Post | str:
        return Post(body=("A page of posts.",))

    async def like(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        return (("Good morning", "11111111-2222-4333-8444-555555555555"),)


def desk_lists() -> dict[str, Any]:
    """Both, by the names that `Uses` has for them."""
    return {"feed": DeskFeed(), "lists_like": lists_like}
