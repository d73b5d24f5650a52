"""Asks Discord who sees a creator's channels; nothing is changed.

The bot runs without the Server Members intent: roles and permissions are told to it, and single members
whom it asks about by id, but no list of all members.
"""

from collections.abc import Iterable, Sequence

import discord

from bot.access.channel_view import ChannelState, ChannelViewer, ServerView
from bot.discord import discord_permissions
from bot.discord.bridge import DiscordBridge
from bot.discord.failures import translated
from storage.records import DiscordId

_MOST = 300  # members that are asked about one by one, of which Discord allows about five a second
Channel = discord.abc.GuildChannel


class ChannelVisibility:
    """The bot's own look at a server."""

    def __init__(self, client: DiscordBridge, *, most: int = _MOST) -> None:
        """`most`: the members that are asked about; how many more there would be is said."""
        self._client = client
        self._most = most

    async def see(
        self, guild_id: DiscordId, channels: Sequence[DiscordId], members: Sequence[DiscordId]
    ) -> ServerView | None:
        """As `bot.access.channel_view.See` says."""
        assert self._client.user is not None
        with translated(reading=True):
            try:
                guild = await self._client.fetch_guild(guild_id, with_counts=False)
            except (discord.NotFound, discord.Forbidden):
                return None
            me = await guild.fetch_member(self._client.user.id)
            there = [one for one in await guild.fetch_channels() if one.id in channels]
            by_name = [
                who.id for channel in there for who in channel.overwrites if not isinstance(who, discord.Role)
            ]
            asked = dict.fromkeys(who for who in [*by_name, *members] if who != me.id)
            found = [await _member(guild, who) for who in list(asked)[: self._most]]
        everyone = guild.default_role
        own = {role.id for role in me.roles if role.managed}
        return ServerView(
            owner=DiscordId(guild.owner_id or 0),
            doors={DiscordId(channel.id): _door(channel, me) for channel in there},
            everyone=_viewer(everyone, there, everyone.permissions),
            roles=tuple(
                _viewer(role, there, role.permissions)
                for role in sorted(guild.roles, reverse=True)
                if role.id != everyone.id and role.id not in own
            ),
            members=tuple(
                _viewer(member, there, member.guild_permissions)
                for member in found
                if member is not None and not member.bot
            ),
            unasked=max(0, len(asked) - self._most),
        )

    async def takes_messages(self, forum: DiscordId) -> bool:
        """Whether the bot may take away what people wrote in a forum; where it sees none it may not."""
        assert self._client.user is not None
        with translated(reading=True):
            try:
                told = await self._client.fetch_channel(forum)
                if not isinstance(told, discord.abc.GuildChannel):
                    return False
                guild = await self._client.fetch_guild(told.guild.id, with_counts=False)
                me = await guild.fetch_member(self._client.user.id)
            except (discord.NotFound, discord.Forbidden):
                return False
            there = [one for one in await guild.fetch_channels() if one.id == forum]
        return any(one.permissions_for(me).manage_messages for one in there)


async def _member(guild: discord.Guild, who: int) -> discord.Member | None:
    try:
        return await guild.fetch_member(who)
    except discord.NotFound:
        return None  # has left the server


def _viewer(
    who: discord.Role | discord.Member, there: Iterable[Channel], held: discord.Permissions
) -> ChannelViewer:
    roles = (
        tuple(DiscordId(role.id) for role in who.roles[1:]) if isinstance(who, discord.Member) else ()
    )  # the first one is @everyone
    sees = tuple(DiscordId(one.id) for one in there if one.permissions_for(who).view_channel)
    return ChannelViewer(DiscordId(who.id), sees, held.administrator, roles)


def _door(channel: Channel, me: discord.Member) -> ChannelState:
    forum = isinstance(channel, discord.ForumChannel)
    needed = discord_permissions.NEEDED_IN_FORUM if forum else discord_permissions.NEEDED_IN_ALERTS
    return ChannelState(
        age_restricted=isinstance(channel, discord.ForumChannel | discord.TextChannel) and channel.nsfw,
        lacks=tuple(discord_permissions.missing(channel.permissions_for(me), needed)),
    )
