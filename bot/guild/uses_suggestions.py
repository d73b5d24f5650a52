"""What commands need of suggested posts; `bot.suggestions` is it."""

from collections.abc import Sequence
from typing import Protocol

from bot.access.permits import Permit
from bot.relay.ports import Post
from storage.records import DraftId


class Suggestions(Protocol):
    """Posts that wait for a manager. Whether somebody may publish was asked before."""

    async def first(self, permits: Sequence[Permit]) -> Post:
        """The one that waits longest; or that none does."""

    async def refuse(self, permit: Permit, ref: DraftId) -> str:
        """It is not published; or who was faster."""


class NothingSuggested:
    """None: what holds until `bot.uses` passes in better."""

    async def first(self, _permits: Sequence[Permit], /) -> Post:
        """None."""
        return Post(body=("No suggested post waits for you.",))

    async def refuse(self, _permit: Permit, _ref: DraftId, /) -> str:
        """None."""
        return "No suggested post waits for you."
