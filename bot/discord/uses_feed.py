"""What commands need of a creator's posts on Fanvue."""

from collections.abc import Sequence
from typing import Protocol

from bot.model.ports import Post
from storage.records import Link


class PostListUses(Protocol):
    """Lists of posts. Whether they may be seen was asked before."""

    async def page(self, link: Link, show: str, number: int) -> Post | str:
        """One page of them; or why there is none."""

    async def below(self, link: Link, post: str) -> Post | str:
        """The newest comments of a post; or why there are none."""

    async def like(self, link: Link, typed: str) -> Sequence[tuple[str, str]]:
        """Posts that fit what is typed, words and id."""


class NoPosts:
    """No posts: what holds until `bot.app.command_services` passes in better."""

    async def page(self, _link: Link, _show: str, _number: int, /) -> Post | str:
        """None."""
        return "There are no posts."

    async def below(self, _link: Link, _post: str, /) -> Post | str:
        """None."""
        return "There are no posts."

    async def like(self, _link: Link, _typed: str, /) -> Sequence[tuple[str, str]]:
        """None."""
        return ()
