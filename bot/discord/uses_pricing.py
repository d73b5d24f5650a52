"""What commands and windows need of limits of prices."""

from collections.abc import Mapping
from typing import Protocol

from bot.access.permits import ActionConfirmation, Permit
from bot.access.roles import TeamRole
from bot.model.ports import Post
from storage.records import Cents, DraftId


class PriceLimitUses(Protocol):
    """Limits shown and set. Refusals are raised with a sentence."""

    async def hint(self, permit: Permit) -> str | None:
        """What to say where this person types a price; None: nothing beyond the usual."""

    async def show(self, permit: Permit) -> Post:
        """All limits of the permit's creator on this server."""

    async def ask(self, permit: Permit, role: TeamRole, wanted: Mapping[str, Cents | None]) -> Post:
        """Whether this is to hold from now on; None removes a limit."""

    async def yes(self, yes: ActionConfirmation) -> str:
        """Let it hold."""

    async def no(self, permit: Permit, ref: DraftId) -> str:
        """Leave it."""
