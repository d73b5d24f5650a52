"""The operations on servers, members, users and the bot itself."""

from typing import Any

from bot.sandbox.discord import channels
from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.errors import DiscordApiError, must_fit
from bot.sandbox.discord.gateway import StandInGateway
from bot.sandbox.discord.model import DM, StandInChannel, StandInGuild, StandInUser
from bot.sandbox.discord.rest_channels import threads_json
from bot.sandbox.discord.routing import RestCall, RestReply, RestRoute
from bot.sandbox.discord.shape import IdShape, form
from bot.sandbox.discord.wire import (
    application_json,
    channel_json,
    guild_json,
    member_json,
    own_user_json,
    user_json,
)
from bot.sandbox.discord.world import DiscordWorld


class GuildRoutes:
    """Everything below /guilds, /users and /gateway, and the application itself."""

    def __init__(self, world: DiscordWorld, gateway: StandInGateway) -> None:
        """`gateway` is where bots connect."""
        self._world = world
        self._gateway = gateway

    def routes(self) -> list[RestRoute]:
        """The operations, with their limits."""
        guild = "/guilds/{guild_id}"
        return [
            RestRoute("GET", "/gateway", self.gateway, open=True),
            RestRoute("GET", "/gateway/bot", self.gateway_bot),
            RestRoute("GET", "/users/@me", self.me),
            RestRoute("GET", "/users/@me/guilds", self.my_guilds),
            RestRoute("POST", "/users/@me/channels", self.open_dm, 10, 10),
            RestRoute("GET", "/users/{user_id}", self.user),
            RestRoute("GET", "/applications/@me", self.my_application),
            RestRoute("GET", "/oauth2/applications/@me", self.my_application),
            RestRoute("GET", guild, self.guild),
            RestRoute("GET", guild + "/channels", self.channels),
            RestRoute("POST", guild + "/channels", self.create_channel, 10, 10),
            RestRoute("GET", guild + "/members", self.members),
            RestRoute("GET", guild + "/members/{user_id}", self.member),
            RestRoute("GET", guild + "/threads/active", self.active_threads),
        ]

    def _guild(self, call: RestCall) -> StandInGuild:
        guild = self._world.guild(call.id("guild_id"))
        if call.bot.user.id not in guild.members:
            raise DiscordApiError(50001)
        return guild

    def gateway(self, call: RestCall) -> RestReply:
        del call
        return RestReply(200, {"url": self._gateway.url})

    def gateway_bot(self, call: RestCall) -> RestReply:
        """The gateway's address, and how many sessions may still be started."""
        assert call.bot
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0}
        limit["max_concurrency"] = self._gateway.starts.concurrency
        told = {"url": self._gateway.url, "shards": self._gateway.shards, "session_start_limit": limit}
        return RestReply(200, told)

    def me(self, call: RestCall) -> RestReply:
        """The bot, or the person who signed in."""
        return RestReply(200, own_user_json(call.person or call.bot.user))

    def my_guilds(self, call: RestCall) -> RestReply:
        """The servers that the bot is in, in short."""
        own = call.bot.user.id
        found = []
        for guild in self._world.guilds.values():
            if own in guild.members:
                bits = may.in_guild(guild, guild.members[own])
                about: dict[str, Any] = {
                    "id": str(guild.id),
                    "name": guild.name,
                    "icon": None,
                    "banner": None,
                    "features": [],
                }
                found.append({**about, "owner": guild.owner_id == own, "permissions": str(bits)})
        return RestReply(200, found)

    def open_dm(self, call: RestCall) -> RestReply:
        """The private channel with a person; made at the first time."""
        must_fit(form("recipient_id", recipient_id=IdShape(null=False), null=False), call.body)
        user = self._world.users.get(int(call.body["recipient_id"]))
        if user is None:
            raise DiscordApiError(10013)
        return RestReply(200, channel_json(dm_channel(self._world, call.bot.user, user)))

    def user(self, call: RestCall) -> RestReply:
        user = self._world.users.get(call.id("user_id"))
        if user is None:
            raise DiscordApiError(10013)
        return RestReply(200, user_json(user))

    def my_application(self, call: RestCall) -> RestReply:
        """The application of this bot."""
        guilds = [g for g in self._world.guilds.values() if call.bot.user.id in g.members]
        owner = self._world.users[guilds[0].owner_id] if guilds else call.bot.user
        return RestReply(200, application_json(call.bot, owner, len(guilds)))

    def guild(self, call: RestCall) -> RestReply:
        guild = self._guild(call)
        answer = guild_json(guild)
        if call.query.get("with_counts") in {"true", "1"}:
            count = len(guild.members)
            answer |= {"approximate_member_count": count, "approximate_presence_count": count}
        return RestReply(200, answer)

    def channels(self, call: RestCall) -> RestReply:
        return RestReply(200, [channel_json(self._world.channels[c]) for c in self._guild(call).channel_ids])

    def create_channel(self, call: RestCall) -> RestReply:
        guild = self._guild(call)
        return RestReply(201, channel_json(channels.create(self._world, guild, call.bot.user.id, call.body)))

    def members(self, call: RestCall) -> RestReply:
        """All members, page by page; only with the Server Members intent switched on in the portal."""
        guild = self._guild(call)
        if "members" not in call.bot.intents_enabled:
            raise DiscordApiError(50001)
        limit, after = call.number("limit", 1, 1, 1000), call.number("after", 0, 0, 1 << 63)
        found = sorted(user for user in guild.members if user > after)[:limit]
        return RestReply(200, [member_json(guild.members[user]) for user in found])

    def member(self, call: RestCall) -> RestReply:
        """One member, by id; this needs no intent."""
        member = self._guild(call).members.get(call.id("user_id"))
        if member is None:
            raise DiscordApiError(10007)
        return RestReply(200, member_json(member))

    def active_threads(self, call: RestCall) -> RestReply:
        """The threads that are not archived and that the bot sees."""
        guild, own = self._guild(call), call.bot.user.id
        active = [c for c in self._world.threads(guild.id) if c.thread is not None and not c.thread.archived]
        page = [c for c in active if self._world.permissions(own, c) & may.VIEW_CHANNEL]
        return RestReply(200, threads_json(page, own))


def dm_channel(world: DiscordWorld, bot: StandInUser, user: StandInUser) -> StandInChannel:
    """The private channel of a bot and a person."""
    pair = {bot.id, user.id}
    for channel in world.channels.values():
        if channel.type == DM and {u.id for u in channel.recipients} == pair:
            return channel
    made = StandInChannel(world.snowflakes.new(), DM, recipients=[user, bot])
    world.channels[made.id] = made
    return made
