"""`Reviews` of a desk: nothing was sent, and nothing stopped."""

# ruff: noqa: ARG002 - the signatures are the ports'; a desk needs less than the real thing

from collections.abc import Sequence
from dataclasses import dataclass

from bot.access.permits import Permit
from bot.model.ports import Post
from bot.relay.review_wishes import SentRepliesWish, StoppedRepliesWish


@dataclass(frozen=True)
class DeskPage:
    """What is shown."""

    post: Post
    file: bytes | None = None


class DeskList:
    """A list with nothing in it."""

    async def look(
        self, permits: Sequence[Permit], wish: SentRepliesWish | StoppedRepliesWish, *, as_file: bool
    ) -> DeskPage:
        return DeskPage(Post(body=("Nothing fits.",)))

    async def turn(self, permits: Sequence[Permit], ref: str) -> DeskPage:
        return DeskPage(Post(body=("Nothing fits.",)))


class DeskReviews:
    """Both lists."""

    sent = DeskList()
    stopped = DeskList()
