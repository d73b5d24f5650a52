"""`Reviews` of a desk: nothing was sent, and nothing stopped."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from collections.abc import Sequence

from bot.access.permits import Permit
from bot.features.people.reviews.model import ReviewPage
from bot.features.people.reviews.sent_service import SentRepliesService
from bot.features.people.reviews.stopped_service import StoppedRepliesService
from bot.model.ports import Post
from bot.relay.review_wishes import SentRepliesWish, StoppedRepliesWish
from tests.discord.desk import Desk, DeskServices

_NOTHING = ReviewPage(Post(body=("No matches.",)))


class DeskSentReplies:
    """A list with nothing in it."""

    async def look(self, permits: Sequence[Permit], wish: SentRepliesWish, *, as_file: bool) -> ReviewPage:
        return _NOTHING

    async def turn(self, permits: Sequence[Permit], ref: str) -> ReviewPage:
        return _NOTHING


class DeskStoppedReplies:
    """Likewise."""

    async def look(self, permits: Sequence[Permit], wish: StoppedRepliesWish, *, as_file: bool) -> ReviewPage:
        return _NOTHING

    async def turn(self, permits: Sequence[Permit], ref: str) -> ReviewPage:
        return _NOTHING


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {SentRepliesService: DeskSentReplies(), StoppedRepliesService: DeskStoppedReplies()}
