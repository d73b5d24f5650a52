"""The operations on servers, members, users and the bot itself."""

from typing import Any

from bot.sandbox.discord import channels
from bot.sandbox.discord import permissions as may
from bot.sandbox.discord.errors import ApiError, must_fit
from bot.sandbox.discord.gateway import Gateway
from bot.sandbox.discord.model import DM, Channel, Guild, User
from bot.sandbox.discord.rest_channels import threads_json
from bot.sandbox.discord.routing import Call, Reply, Route
from bot.sandbox.discord.shape import Id, form
from bot.sandbox.discord.wire import (
    application_json,
    channel_json,
    guild_json,
    member_json,
    own_user_json,
    user_json,
)
from bot.sandbox.discord.world import World


class GuildRoutes:
    """Everything below /guilds, /users and /gateway, and the application itself."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        """`gateway` is where bots connect."""
        self._world = world
        self._gateway = gateway

    def routes(self) -> list[Route]:
        """The operations, with their limits."""
        guild = "/guilds/{guild_id}"
        return [
            Route("GET", "/gateway", self.gateway, open=True),
            Route("GET", "/gateway/bot", self.gateway_bot),
            Route("GET", "/users/@me", self.me),
            Route("GET", "/users/@me/guilds", self.my_guilds),
            Route("POST", "/users/@me/channels", self.open_dm, 10, 10),
            Route("GET", "/users/{user_id}", self.user),
            Route("GET", "/applications/@me", self.my_application),
            Route("GET", "/oauth2/applications/@me", self.my_application),
            Route("GET", guild, self.guild),
            Route("GET", guild + "/channels", self.channels),
            Route("POST", guild + "/channels", self.create_channel, 10, 10),
            Route("GET", guild + "/members", self.members),
            Route("GET", guild + "/members/{user_id}", self.member),
            Route("GET", guild + "/threads/active", self.active_threads),
        ]

    def _guild(self, call: Call) -> Guild:
        guild = self._world.guild(call.id("guild_id"))
        if call.bot.user.id not in guild.members:
            raise ApiError(50001)
        return guild

    def gateway(self, call: Call) -> Reply:
        """Where the gateway is."""
        del call
        return Reply(200, {"url": self._gateway.url})

    def gateway_bot(self, call: Call) -> Reply:
        """Where the gateway is, and how many sessions may still be started."""
        assert call.bot
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0}
        limit["max_concurrency"] = self._gateway.starts.concurrency
        told = {"url": self._gateway.url, "shards": self._gateway.shards, "session_start_limit": limit}
        return Reply(200, told)

    def me(self, call: Call) -> Reply:
        """The bot, or the person who signed in."""
        return Reply(200, own_user_json(call.person or call.bot.user))

    def my_guilds(self, call: Call) -> Reply:
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
        return Reply(200, found)

    def open_dm(self, call: Call) -> Reply:
        """The private channel with a person; made at the first time."""
        must_fit(form("recipient_id", recipient_id=Id(null=False), null=False), call.body)
        user = self._world.users.get(int(call.body["recipient_id"]))
        if user is None:
            raise ApiError(10013)
        return Reply(200, channel_json(dm_channel(self._world, call.bot.user, user)))

    def user(self, call: Call) -> Reply:
        """Anyone, by id."""
        user = self._world.users.get(call.id("user_id"))
        if user is None:
            raise ApiError(10013)
        return Reply(200, user_json(user))

    def my_application(self, call: Call) -> Reply:
        """The application of this bot."""
        guilds = [g for g in self._world.guilds.values() if call.bot.user.id in g.members]
        owner = self._world.users[guilds[0].owner_id] if guilds else call.bot.user
        return Reply(200, application_json(call.bot, owner, len(guilds)))

    def guild(self, call: Call) -> Reply:
        """One server."""
        guild = self._guild(call)
        answer = guild_json(guild)
        if call.query.get("with_counts") in {"true", "1"}:
            count = len(guild.members)
            answer |= {"approximate_member_count": count, "approximate_presence_count": count}
        return Reply(200, answer)

    def channels(self, call: Call) -> Reply:
        """All channels, without threads."""
        return Reply(200, [channel_json(self._world.channels[c]) for c in self._guild(call).channel_ids])

    def create_channel(self, call: Call) -> Reply:
        """A new channel."""
        guild = self._guild(call)
        return Reply(201, channel_json(channels.create(self._world, guild, call.bot.user.id, call.body)))

    def members(self, call: Call) -> Reply:
        """All members, page by page; only with the Server Members intent switched on in the portal."""
        guild = self._guild(call)
        if "members" not in call.bot.intents_enabled:
            raise ApiError(50001)
        limit, after = call.number("limit", 1, 1, 1000), call.number("after", 0, 0, 1 << 63)
        found = sorted(user for user in guild.members if user > after)[:limit]
        return Reply(200, [member_json(guild.members[user]) for user in found])

    def member(self, call: Call) -> Reply:
        """One member, by id; this needs no intent."""
        member = self._guild(call).members.get(call.id("user_id"))
        if member is None:
            raise ApiError(10007)
        return Reply(200, member_json(member))

    def active_threads(self, call: Call) -> Reply:
        """The threads that are not archived and that the bot sees."""
        guild, own = self._guild(call), call.bot.user.id
        active = [c for c in self._world.threads(guild.id) if c.thread is not None and not c.thread.archived]
        page = [c for c in active if self._world.permissions(own, c) & may.VIEW_CHANNEL]
        return Reply(200, threads_json(page, own))


def dm_channel(world: World, bot: User, user: User) -> Channel:
    """The private channel of a bot and a person."""
    pair = {bot.id, user.id}
    for channel in world.channels.values():
        if channel.type == DM and {u.id for u in channel.recipients} == pair:
            return channel
    made = Channel(world.snowflakes.new(), DM, recipients=[user, bot])
    world.channels[made.id] = made
    return made
