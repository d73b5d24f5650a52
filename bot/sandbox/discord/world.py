"""The state of this Discord, and how to set it up, look at it and wait for it."""

import asyncio
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.sandbox import patience, witness
from bot.sandbox.discord import permissions as may
from bot.sandbox.discord import wire
from bot.sandbox.discord.errors import DiscordApiError
from bot.sandbox.discord.ledger import DiscordLedger
from bot.sandbox.discord.model import (
    DM,
    TEXT,
    StandInApplication,
    StandInAttachment,
    StandInChannel,
    StandInGuild,
    StandInMember,
    StandInMessage,
    StandInRole,
    StandInUser,
)
from bot.sandbox.discord.snowflakes import Snowflakes

T = TypeVar("T")
PRIVILEGED = {"members": 1 << 1, "presences": 1 << 8, "message_content": 1 << 15}


@dataclass(frozen=True, slots=True)
class GatewayEvent:
    """An event that gateways may tell; its visibility to each is decided there."""

    name: str
    data: dict[str, Any]
    intent: int = 0
    guild_id: int | None = None
    channel: StandInChannel | None = None
    message: StandInMessage | None = None
    application_id: int | None = None


class DiscordWorld:
    """Everything that exists; every change wakes those who wait in `until`."""

    def __init__(self, clock: Callable[[], datetime], seed: int, speed: float) -> None:
        """`speed` divides every window of time that a rule names."""
        self.clock = clock
        self.speed = speed
        self.random = random.Random(seed)  # noqa: S311 - invented tokens of a stand-in, repeatable by seed
        self.snowflakes = Snowflakes(clock)
        self.ledger = DiscordLedger(clock, self.changed)
        self.base_url = ""
        self.users: dict[int, StandInUser] = {}
        self.applications: dict[int, StandInApplication] = {}
        self.guilds: dict[int, StandInGuild] = {}
        self.channels: dict[int, StandInChannel] = {}
        self.messages: dict[int, dict[int, StandInMessage]] = {}
        self.nonces: dict[tuple[int, str], StandInMessage] = {}
        self.attachments: dict[int, StandInAttachment] = {}
        self.commands: dict[tuple[int, int | None], list[dict[str, Any]]] = {}
        self.listeners: list[Callable[[GatewayEvent], None]] = []
        self.awake: dict[int, set[int]] = {}  # by server: active threads, and some that were
        self.idle_from: datetime | None = None  # before this, no thread has been quiet for its time
        self._waiting: set[asyncio.Future[None]] = set()

    # -- time and change

    def window(self, seconds: float) -> timedelta:
        """A window of time, divided by the speed of this world."""
        return timedelta(seconds=seconds / self.speed)

    def changed(self) -> None:
        """Wake everyone who waits for something to become true."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    def emit(self, event: GatewayEvent) -> None:
        """Tell the gateways, and wake the waiters."""
        for listener in tuple(self.listeners):
            listener(event)
        self.changed()

    async def until(
        self,
        predicate: Callable[[], T],
        timeout: float = patience.SECONDS,  # noqa: ASYNC109 - the limit is part of the question
        *,
        often: float | None = None,
    ) -> T:
        """The first true answer of the predicate, asked at every change; TimeoutError after `timeout`.

        `often`: asked after so many seconds besides, where it looks at more than this Discord.
        """
        async with asyncio.timeout(timeout):
            while not (answer := predicate()):
                await self.next_change(often)
        return answer

    async def next_change(self, within: float | None = None) -> None:
        """Return when something has changed, or after so many seconds."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await (waiter if within is None else asyncio.wait([waiter], timeout=within))
        finally:
            self._waiting.discard(waiter)

    # -- setting up

    def add_user(self, name: str, *, adult: bool = True, user_id: int | None = None) -> StandInUser:
        witness.note("name", name)
        user = StandInUser(user_id or self.snowflakes.new(), name, adult=adult, global_name=name.title())
        self.users[user.id] = user
        return user

    def add_application(
        self,
        application_id: int,
        token: str,
        client_secret: str,
        redirect_uris: Iterable[str] = (),
        intents_enabled: Iterable[str] = (),
        name: str = "Bridge",
    ) -> StandInApplication:
        """A bot; `intents_enabled` of members, presences, message_content."""
        enabled = frozenset(intents_enabled)
        if unknown := enabled - PRIVILEGED.keys():
            raise ValueError(f"no such privileged intent: {sorted(unknown)}")
        user = StandInUser(application_id, name, bot=True)
        self.users[user.id] = user
        application = StandInApplication(
            application_id, name, user, token, client_secret, tuple(redirect_uris), enabled
        )
        self.applications[application_id] = application
        return application

    def add_guild(self, name: str, owner: StandInUser) -> StandInGuild:
        """A server with its owner in it."""
        guild = StandInGuild(self.snowflakes.new(), name, owner.id)
        guild.roles[guild.id] = StandInRole(guild.id, "@everyone", may.EVERYONE, 0)
        self.guilds[guild.id] = guild
        self.add_member(guild, owner)
        return guild

    def add_member(
        self, guild: StandInGuild, user: StandInUser, roles: Iterable[StandInRole] = ()
    ) -> StandInMember:
        """A user joins a server."""
        member = StandInMember(user, [role.id for role in roles], self.clock())
        guild.members[user.id] = member
        data = {**wire.member_json(member), "guild_id": str(guild.id)}
        self.emit(GatewayEvent("GUILD_MEMBER_ADD", data, PRIVILEGED["members"], guild.id))
        return member

    def remove_member(self, guild: StandInGuild, user: StandInUser) -> None:
        """A user leaves or is removed; a bot then loses the server."""
        del guild.members[user.id]
        data = {"guild_id": str(guild.id), "user": wire.user_json(user)}
        self.emit(GatewayEvent("GUILD_MEMBER_REMOVE", data, PRIVILEGED["members"], guild.id))
        if user.bot:
            gone = {"id": str(guild.id)}
            self.emit(GatewayEvent("GUILD_DELETE", gone, 1, application_id=user.id))

    def set_roles(self, guild: StandInGuild, user: StandInUser, roles: Iterable[StandInRole]) -> None:
        """Give a member exactly these roles."""
        member = guild.members[user.id]
        member.roles = [role.id for role in roles]
        data = {**wire.member_json(member), "guild_id": str(guild.id)}
        intent = 1 if user.bot else PRIVILEGED["members"]
        self.emit(GatewayEvent("GUILD_MEMBER_UPDATE", data, intent, guild.id))

    def add_role(
        self, guild: StandInGuild, name: str, permissions: int = 0, *, mentionable: bool = False
    ) -> StandInRole:
        """A role above the existing ones."""
        role = StandInRole(self.snowflakes.new(), name, permissions, len(guild.roles), mentionable)
        guild.roles[role.id] = role
        self.emit(self._role_event("GUILD_ROLE_CREATE", guild, role))
        return role

    def _role_event(self, name: str, guild: StandInGuild, role: StandInRole) -> GatewayEvent:
        return GatewayEvent(name, {"guild_id": str(guild.id), "role": wire.role_json(role)}, 1, guild.id)

    def invite_bot(
        self, guild: StandInGuild, application: StandInApplication, permissions: int
    ) -> StandInMember:
        """An administrator adds a bot with these permissions, as a role of its own."""
        role = StandInRole(
            self.snowflakes.new(), application.name, permissions, len(guild.roles), managed_by=application.id
        )
        guild.roles[role.id] = role
        member = self.add_member(guild, application.user, [role])
        self.emit(GatewayEvent("GUILD_CREATE", {"id": str(guild.id)}, 1, application_id=application.id))
        return member

    def add_channel(self, guild: StandInGuild, name: str, kind: int = TEXT, **fields: Any) -> StandInChannel:
        """A channel that was there before any bot; `fields` are attributes of Channel."""
        channel = StandInChannel(
            self.snowflakes.new(), kind, name, guild.id, position=len(guild.channel_ids), **fields
        )
        self.channels[channel.id] = channel
        guild.channel_ids.append(channel.id)
        self.emit(GatewayEvent("CHANNEL_CREATE", wire.channel_json(channel), 1, guild.id))
        return channel

    # -- looking

    def guild(self, guild_id: int) -> StandInGuild:
        """The server, or Discord's error."""
        if guild_id not in self.guilds:
            raise DiscordApiError(10004)
        return self.guilds[guild_id]

    def channel(self, channel_id: int) -> StandInChannel:
        """The channel, or Discord's error."""
        if channel_id not in self.channels:
            raise DiscordApiError(10003)
        return self.channels[channel_id]

    def message(self, channel_id: int, message_id: int) -> StandInMessage:
        """The message, or Discord's error; an ephemeral one is in no channel."""
        message = self.messages.get(channel_id, {}).get(message_id)
        if message is None or message.ephemeral:
            raise DiscordApiError(10008)
        return message

    def permissions(self, user_id: int, channel: StandInChannel) -> int:
        """A user's permissions in a channel; a thread has those of its parent."""
        if channel.type == DM:
            return may.ALL if any(user.id == user_id for user in channel.recipients) else 0
        guild = self.guilds[channel.guild_id or 0]
        member = guild.members.get(user_id)
        if member is None:
            return 0
        holder = channel if channel.thread is None else self.channels[channel.parent_id or 0]
        return may.in_thread(may.in_channel(guild, member, holder), channel, user_id)

    def age_restricted(self, channel: StandInChannel) -> bool:
        """Whether the channel, or the parent of the thread, is for adults."""
        return channel.nsfw if channel.thread is None else self.channels[channel.parent_id or 0].nsfw

    def need(self, user_id: int, channel: StandInChannel, bits: int) -> None:
        """Raise 50001 when the user does not see the channel, 50013 when it lacks one of the bits."""
        has = self.permissions(user_id, channel)
        if not has & may.VIEW_CHANNEL:
            raise DiscordApiError(50001)
        if has & bits != bits:
            raise DiscordApiError(50013)

    def attachment_url(self, channel_id: int, attachment: StandInAttachment) -> str:
        """The address of the file."""
        return f"{self.base_url}/attachments/{channel_id}/{attachment.id}/{attachment.filename}"

    def threads(self, guild_id: int) -> list[StandInChannel]:
        """Every thread of a server, newest first."""
        found = [c for c in self.channels.values() if c.thread is not None and c.guild_id == guild_id]
        return sorted(found, key=lambda channel: -channel.id)
