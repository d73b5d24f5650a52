"""Measure: how many commands are offered to whom, once the team has its mark."""

from collections.abc import Mapping
from typing import Final

from bot.discord.command_roots import TEAM_MARK
from bot.sandbox.discord.people import DiscordPerson
from tests.discord.discord_test_server import DiscordTestServer
from tests.discord.discord_test_server import town as opened
from tests.surface.commands_told import leaves

PEOPLE: Final = {"offered_to_stranger": "victor", "offered_to_chatter": "maya", "offered_to_owner": "olivia"}


async def measure() -> Mapping[str, int]:
    """Commands, not first words; Olivia owns the server, Maya has the team's role, Victor has none."""
    async with opened() as town:
        town.team.permissions |= TEAM_MARK.value
        town.bot.registration.to_team = True
        await town.bot.sync_commands(None)

        return {name: _offered(town, getattr(town, who)) for name, who in PEOPLE.items()}


def _offered(town: DiscordTestServer, person: DiscordPerson) -> int:
    return sum(len(list(leaves(one))) for one in person.commands(town.lobby))
