"""What /mass-limits needs; `bot.broadcast_safety` is it."""

from typing import Protocol

from bot.access.permits import Permit


class MassLimits(Protocol):
    """Above how many recipients a mass message takes more than a press."""

    async def limit(self, permit: Permit, typed_above: str | None) -> str:
        """From now on; None: what holds."""
