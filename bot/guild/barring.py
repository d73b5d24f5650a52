"""Keeps one person out of a channel by an overwrite, and lets them in again."""

import discord

from bot.guild.direct import Direct
from bot.relay.errors import Forbidden, Gone, TryLater
from storage.records import DiscordId

_MEMBER = 1  # Discord's kind of overwrite
_SEE = discord.Permissions(view_channel=True)


class Doors:
    """`bot.relay.barring.BarringPort`."""

    def __init__(self, direct: Direct) -> None:
        self._direct = direct

    async def bar(self, channel: DiscordId, member: DiscordId) -> None:
        """An overwrite for a person counts more than those of all their roles."""
        body = {"type": _MEMBER, "allow": "0", "deny": str(_SEE.value)}
        await self._put("PUT", channel, member, body)

    async def unbar(self, channel: DiscordId, member: DiscordId) -> None:
        """Without it, their roles decide."""
        try:
            await self._put("DELETE", channel, member, None)
        except Gone:
            return

    async def _put(
        self, method: str, channel: DiscordId, member: DiscordId, body: dict[str, object] | None
    ) -> None:
        path = f"/channels/{channel}/permissions"
        try:
            await self._direct.call(
                method, f"{path}/{member}", body, place=f"<#{channel}>", limit=f"{method} {path}"
            )
        except Forbidden as forbidden:
            # No `Forbidden` of the whole server: the bot can still write there.
            raise TryLater(_words(channel, member), paused=True) from forbidden


def _words(channel: DiscordId, member: DiscordId) -> str:
    return (
        f"The bot may not change who sees <#{channel}>: give it Manage Roles and View Channel there, and it "
        f"is done at once. Or do it by hand: Edit Channel, Permissions, <@{member}>, View Channel off."
    )
