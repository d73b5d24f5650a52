"""After /setup: to whom Discord offers the team's commands."""

from bot.discord.bridge import Asked, service
from bot.discord.team_mark import NAME, TeamMarks, give
from bot.features.people.command_visibility.service import CommandVisibilityService
from bot.model.language import msgid, tr
from storage.records import DiscordId

_SHOWN = 5
_TO_ALL = msgid(
    "Everyone on this server is offered the team's commands. To hide them from others, "
    "switch on “{mark}” in Server Settings → Roles for {who}."
)


async def command_offer(asked: Asked, guild: DiscordId, team: DiscordId | None) -> list[str]:
    """Give the team its mark, where the asking person may manage roles; then say who lacks it."""
    if team is not None and asked.permissions.manage_roles:
        await give(asked.client.direct, guild, team)
    who = await service(asked, CommandVisibilityService).lacking(TeamMarks(asked.client), guild)
    more = tr(" and {number} more", number=len(who) - _SHOWN) if len(who) > _SHOWN else ""
    return [tr(_TO_ALL, mark=tr(NAME), who=", ".join(who[:_SHOWN]) + more)] if who else []
