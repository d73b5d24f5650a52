"""Who has the permission by which Discord offers the team its commands.

Discord offers a command to members who have all permissions that it asks for. A bot may not set who is
offered which (only a person may, under Server Settings → Integrations), so the team's commands ask for a
permission that is harmless, and that @everyone does not have. It is looked for on the server, not in a
channel: so it holds in every channel, and whichever of both Discord counts.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress

import discord

from bot.discord.bridge import DiscordBridge
from bot.discord.command_roots import TEAM_MARK
from bot.discord.direct_requests import DirectRequests
from bot.discord.failures import translated
from bot.model.errors import BotForbidden, TargetGone
from bot.model.language import msgid
from storage.records import DiscordId

NAME = msgid("Bypass Slowmode")  # as Discord's settings call it


class TeamMarks:
    """Who has it on a server. Nothing is kept: Discord is asked each time."""

    def __init__(self, client: DiscordBridge) -> None:
        self._client = client

    async def lacking(
        self,
        guild_id: DiscordId,
        roles: Iterable[DiscordId],
        members: Iterable[DiscordId],
        *,
        most: int | None = None,
    ) -> Sequence[DiscordId] | None:
        """Those of them without it; who is no longer there lacks nothing. None: the bot is not there.

        One request for all roles, then one for each member, until `most` are found. Raises a failure of
        `bot.model.errors`.
        """
        with translated(reading=True):
            try:
                guild = await self._client.fetch_guild(guild_id, with_counts=False)
            except (discord.NotFound, discord.Forbidden):
                return None
            there = {role: guild.get_role(role) for role in roles}
            lacking = [who for who, role in there.items() if role is not None and not _has(role.permissions)]
            for who in members:
                if most is not None and len(lacking) >= most:
                    break
                with suppress(discord.NotFound):
                    if not _has((await guild.fetch_member(who)).guild_permissions):
                        lacking.append(who)
        return lacking[:most]


async def give(direct: DirectRequests, guild: DiscordId, role: DiscordId) -> bool:
    """Give it to a role. False: the bot may not, because it lacks it or stands below that role."""
    path = f"/guilds/{guild}/roles/{role}"
    try:
        held = int((await direct.call("GET", path))["permissions"])
        if not _has(discord.Permissions(held)):
            await direct.call("PATCH", path, {"permissions": str(held | TEAM_MARK.value)})
    except (BotForbidden, TargetGone):
        return False
    return True


def _has(permissions: discord.Permissions) -> bool:
    return permissions.administrator or permissions >= TEAM_MARK
