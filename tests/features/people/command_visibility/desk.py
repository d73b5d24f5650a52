"""`CommandVisibilityService` of a desk: nobody lacks the team's mark."""

from bot.features.people.command_visibility.service import CommandVisibilityService
from tests.discord.desk_answers import answering

STAND_INS = answering(CommandVisibilityService, teams=(), lacking=[])
