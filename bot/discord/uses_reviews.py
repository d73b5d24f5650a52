"""What /review sent and /review blocked need; `bot.features.people.reviews` is it."""

from collections.abc import Sequence
from typing import Protocol

from bot.access.permits import Permit
from bot.model.ports import Post
from bot.relay.review_wishes import SentRepliesWish, StoppedRepliesWish


class ReviewPageUses(Protocol):
    """One page, and the file that was asked for with it."""

    @property
    def post(self) -> Post:
        """What is shown."""

    @property
    def file(self) -> bytes | None:
        """All of it, for a spreadsheet."""


class SentList(Protocol):
    """What was sent. Whether somebody may look was asked before; the permits say for which creators."""

    async def look(
        self, permits: Sequence[Permit], wish: SentRepliesWish, *, as_file: bool
    ) -> ReviewPageUses:
        """One page; `as_file`: and all of it as a file."""

    async def turn(self, permits: Sequence[Permit], ref: str) -> ReviewPageUses:
        """The page that a button leads to."""


class StoppedList(Protocol):
    """What was stopped, likewise."""

    async def look(
        self, permits: Sequence[Permit], wish: StoppedRepliesWish, *, as_file: bool
    ) -> ReviewPageUses:
        """One page; `as_file`: and all of it as a file."""

    async def turn(self, permits: Sequence[Permit], ref: str) -> ReviewPageUses:
        """The page that a button leads to."""


class ReviewUses(Protocol):
    """Both lists."""

    @property
    def sent(self) -> SentList:
        """What was sent."""

    @property
    def stopped(self) -> StoppedList:
        """What was stopped."""
