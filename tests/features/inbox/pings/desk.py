"""A desk's pings: says what it was told."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.access.permits import Permit
from bot.features.inbox.pings.service import PingSetting, TypedPings
from tests.discord.desk import Desk, DeskServices


class DeskPings:
    """Nobody's phone rings."""

    async def set(self, permit: Permit, typed: TypedPings) -> str:
        return f"Pings: {typed.mode}."


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {PingSetting: DeskPings()}
