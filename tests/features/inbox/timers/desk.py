"""`Timers` of a desk: says what it was told."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.access.permits import Permit
from bot.features.inbox.timers.setting import TimerSetting
from tests.discord.desk import Desk, DeskServices


class DeskTimers:
    """Nobody is pinged."""

    async def set(
        self,
        permit: Permit,
        *,
        first: int | None,
        second: int | None,
        quiet_from: str | None,
        quiet_to: str | None,
    ) -> str:
        return f"First: {first}."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {TimerSetting: DeskTimers()}
