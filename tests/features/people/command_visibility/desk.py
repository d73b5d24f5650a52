"""`CommandVisibilityService` of a desk: nobody lacks the team's mark."""

# ruff: noqa: ARG002 - the signatures are the real ones'; a desk needs less than the real thing

from bot.features.people.command_visibility.service import (
    CommandVisibilityService,
    TeamMarkPort,
    TeamOnServer,
)
from storage.records import DiscordId
from tests.discord.desk import Desk, DeskServices


class DeskCommandVisibility:
    """There is no team yet."""

    async def teams(self) -> tuple[TeamOnServer, ...]:
        return ()

    async def lacking(self, marks: TeamMarkPort, guild: DiscordId) -> list[str]:
        return []


def stand_ins(_desk: Desk) -> DeskServices:
    """Who stands for which service."""
    return {CommandVisibilityService: DeskCommandVisibility()}
