"""What a command needs to set when a team is pinged."""

from typing import Protocol

from bot.access.permits import Permit


class TimerUses(Protocol):
    """Permits were given at the door."""

    async def set(
        self,
        permit: Permit,
        *,
        first: int | None,
        second: int | None,
        quiet_from: str | None,
        quiet_to: str | None,
    ) -> str:
        """Change what was typed and nothing else; nothing typed: say what holds."""
