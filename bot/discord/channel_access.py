"""Opens and closes a creator's channels by overwrites, to roles and to one person."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import discord

from bot.discord import channel_layout
from bot.discord.direct_requests import DirectRequests
from bot.model.errors import BotForbidden, TargetGone, TryLater
from bot.model.language import msgid, tr
from bot.relay.channel_access import ChannelReaders
from storage.records import DiscordId

_ROLE, _MEMBER = 0, 1  # Discord's kinds of overwrites
_SEE = discord.Permissions(view_channel=True)


class DiscordChannelAccess:
    """`bot.relay.channel_bans.ChannelBanPort` and `bot.relay.channel_access.ChannelAccessPort`."""

    def __init__(self, direct: DirectRequests, me: Callable[[], DiscordId]) -> None:
        """`me`: the bot's own user id. Raises TryLater before the login."""
        self._direct = direct
        self._me = me

    async def put_right(
        self, channel: DiscordId, guild: DiscordId, readers: ChannelReaders, *, only: bool
    ) -> None:
        """Read who is let in, then change the differences one by one: others' changes meanwhile stay."""
        path = f"/channels/{channel}"
        told: Any = await self._direct.call("GET", path, place=f"<#{channel}>", limit=f"GET {path}")
        there: dict[str, channel_layout.Json] = {
            who["id"]: who for who in told.get("permission_overwrites") or []
        }
        for role, writes in readers.roles.items():
            body = _opened(there.get(str(role)), channel_layout.allowed(writes=writes))
            if body is not None:
                with suppress(TargetGone):  # a role that is no longer there sees nothing
                    await self._put("PUT", channel, role, body, who=f"<@&{role}>")
        out = {str(role) for role in readers.out} & set(there)
        if only:
            keep = {str(one) for one in (guild, self._me(), *readers.roles, *readers.members)}
            out |= {who["id"] for who in channel_layout.outsiders(told, keep)}
            body = _closed(there.get(str(guild)))
            if body is not None:
                await self._put("PUT", channel, guild, body, who="@everyone")
        for one in sorted(out):
            with suppress(TargetGone):
                await self._put("DELETE", channel, DiscordId(int(one)), None, who=f"<@&{one}>")

    async def bar(self, channel: DiscordId, member: DiscordId) -> None:
        """An overwrite for a person counts more than those of all their roles."""
        body = {"type": _MEMBER, "allow": "0", "deny": str(_SEE.value)}
        await self._put("PUT", channel, member, body)

    async def unbar(self, channel: DiscordId, member: DiscordId) -> None:
        """Without it, their roles decide."""
        try:
            await self._put("DELETE", channel, member, None)
        except TargetGone:
            return

    async def _put(
        self,
        method: str,
        channel: DiscordId,
        member: DiscordId,
        body: Mapping[str, object] | None,
        *,
        who: str = "",
    ) -> None:
        path = f"/channels/{channel}/permissions"
        try:
            await self._direct.call(
                method, f"{path}/{member}", body, place=f"<#{channel}>", limit=f"{method} {path}"
            )
        except BotForbidden as forbidden:
            # No `BotForbidden` of the whole server: the bot can still write there.
            by_hand = "" if who else tr(_BY_HAND, member=member)
            raise TryLater(_words(channel) + by_hand, paused=True) from forbidden


_BY_HAND = msgid(" Or do it by hand: Edit Channel, Permissions, <@{member}>, View Channel off.")


def _words(channel: DiscordId) -> str:
    return tr(
        "The bot may not change who sees <#{channel}>: give it Manage Roles and View Channel "
        "there, and we do it right away.",
        channel=channel,
    )


def _opened(who: channel_layout.Json | None, allow: int) -> Mapping[str, object] | None:
    """The overwrite by which a role sees a channel; None: it does so already."""
    had = (int(who["allow"]), int(who["deny"])) if who is not None else (0, 0)
    ours = channel_layout.allowed(writes=True)  # of which it may have had more
    wanted = had[0] & ~ours | allow, had[1] & ~allow
    return None if wanted == had else {"type": _ROLE, "allow": str(wanted[0]), "deny": str(wanted[1])}


def _closed(who: channel_layout.Json | None) -> Mapping[str, object] | None:
    """The overwrite by which not everybody sees a channel, likewise."""
    had = (int(who["allow"]), int(who["deny"])) if who is not None else (0, 0)
    wanted = had[0] & ~_SEE.value, had[1] | _SEE.value
    return None if wanted == had else {"type": _ROLE, "allow": str(wanted[0]), "deny": str(wanted[1])}
