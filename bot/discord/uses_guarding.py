"""What commands need of the guard; `bot.features.inbox.guard` is it."""

from typing import Protocol

from bot.access.permits import Permit
from bot.model.ports import Post


class GuardUses(Protocol):
    """Shown, set, tried."""

    async def show(self, permit: Permit) -> Post:
        """What holds for the permit's creator."""

    async def put(self, permit: Permit, pack: str, level: str) -> str:
        """Let this hold: names of a pack and a level, as the command lists them."""

    async def test(self, permit: Permit, text: str) -> Post:
        """What would happen to this text."""
