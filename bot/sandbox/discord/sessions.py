"""Gateway sessions: each bot's events, numbered and kept for a resume."""

import asyncio
from collections import deque
from datetime import datetime
from itertools import islice
from typing import Any

from bot.sandbox.discord import permissions as may
from bot.sandbox.discord import wire
from bot.sandbox.discord.message_wire import as_seen_by
from bot.sandbox.discord.model import StandInApplication, StandInGuild
from bot.sandbox.discord.world import PRIVILEGED, DiscordWorld, GatewayEvent

KEPT_EVENTS = 1000
RESUME_SECONDS = 180


class GatewaySession:
    """One identified gateway session; it goes on collecting events while nobody is connected."""

    def __init__(
        self, world: DiscordWorld, application: StandInApplication, intents: int, shard: tuple[int, int]
    ) -> None:
        """`intents` are those asked for at IDENTIFY."""
        self.id = f"{world.random.getrandbits(128):032x}"
        self.application = application
        self.intents = intents
        self.shard = shard
        self.sequence = 0
        self.wake = asyncio.Event()
        self.gone_since: datetime | None = None
        self._world = world
        self._kept: deque[dict[str, Any]] = deque(maxlen=KEPT_EVENTS)

    def push(self, name: str, data: Any) -> None:
        """Number one dispatch and keep it; the connection, if any, sends it."""
        self.sequence += 1
        self._kept.append({"op": 0, "t": name, "s": self.sequence, "d": data})
        self.wake.set()

    def after(self, sequence: int) -> list[dict[str, Any]]:
        """The kept dispatches after this number, oldest first."""
        new = min(self.sequence - sequence, len(self._kept))  # they have no gaps, and a connection wants few
        return list(islice(reversed(self._kept), max(new, 0)))[::-1]

    def can_resume(self, sequence: int) -> bool:
        """Whether nothing after this number has been forgotten."""
        return sequence <= self.sequence and self.sequence - sequence <= len(self._kept)

    def mine(self, guild_id: int) -> bool:
        """Whether the server belongs to this session's shard."""
        return (guild_id >> 22) % self.shard[1] == self.shard[0]

    def consider(self, event: GatewayEvent) -> None:
        """Push the event if this session may see it, in the form that it may see."""
        if event.application_id is not None and event.application_id != self.application.id:
            return
        if not self.mine(_place_of(event)):
            return
        guild = None if event.guild_id is None else self._world.guilds.get(event.guild_id)
        if guild is not None and self.application.user.id not in guild.members:
            return
        if event.intent and not self.intents & event.intent:
            return
        if event.name == "GUILD_CREATE":
            made = guild_create(self._world, self._world.guilds[int(event.data["id"])], self)
            del made["unavailable"]  # by this alone a library tells an invitation from the end of an outage
            self.push(event.name, made)
            return
        if event.channel is not None and not self._sees(event):
            return
        self.push(event.name, self._view(event))

    def _sees(self, event: GatewayEvent) -> bool:
        assert event.channel is not None
        return bool(self._world.permissions(self.application.user.id, event.channel) & may.VIEW_CHANNEL)

    def _view(self, event: GatewayEvent) -> dict[str, Any]:
        data = event.data
        if event.message is not None:
            asked = bool(self.intents & PRIVILEGED["message_content"])
            data = as_seen_by(self._world, self.application, event.message, data, asked=asked)
            return {**data, **self._author_as_member(event)}
        thread = None if event.channel is None else event.channel.thread
        own = self.application.user.id
        if event.name == "THREAD_CREATE" and thread is not None and own in thread.members:
            assert event.channel is not None
            data = {**data, "member": wire.thread_member_json(event.channel.id, own, thread)}
        return data

    def _author_as_member(self, event: GatewayEvent) -> dict[str, Any]:
        assert event.message is not None
        if event.guild_id is None:
            return {}
        member = self._world.guilds[event.guild_id].members.get(event.message.author.id)
        about = {} if member is None else {k: v for k, v in wire.member_json(member).items() if k != "user"}
        return {"guild_id": str(event.guild_id), **({"member": about} if about else {})}


def _place_of(event: GatewayEvent) -> int:
    """The server that decides which shard is told: the first shard, for events of none."""
    if event.guild_id is not None:
        return event.guild_id
    named = "id" if event.name in {"GUILD_CREATE", "GUILD_DELETE"} else "guild_id"
    return int(event.data.get(named) or 0)


def ready(world: DiscordWorld, session: GatewaySession, gateway_url: str) -> dict[str, Any]:
    """The first dispatch of a session."""
    application = session.application
    flags = wire.application_json(application, application.user, 0)["flags"]
    mine = [g for g in world.guilds.values() if application.user.id in g.members and session.mine(g.id)]
    return {
        "v": 10,
        "user": wire.own_user_json(application.user),
        "guilds": [{"id": str(guild.id), "unavailable": True} for guild in mine],
        "session_id": session.id,
        "session_type": "normal",
        "resume_gateway_url": gateway_url,
        "shard": list(session.shard),
        "application": {"id": str(application.id), "flags": flags},
        "private_channels": [],
        "relationships": [],
        "presences": [],
    }


def guild_create(world: DiscordWorld, guild: StandInGuild, session: GatewaySession) -> dict[str, Any]:
    """A server as a bot gets it: all channels, the active threads that it sees, and itself as member."""
    own = session.application.user.id
    threads = [
        wire.thread_json(channel, channel.thread, own)
        for channel in world.threads(guild.id)
        if channel.thread
        and not channel.thread.archived
        and world.permissions(own, channel) & may.VIEW_CHANNEL
    ]
    members = [
        m for m in guild.members.values() if m.user.id == own or session.intents & PRIVILEGED["members"]
    ]
    answer = wire.guild_json(guild)
    answer |= {
        "joined_at": wire.member_json(guild.members[own])["joined_at"],
        "large": False,
        "unavailable": False,
    }
    answer |= {"member_count": len(guild.members), "members": [wire.member_json(m) for m in members]}
    answer |= {
        "channels": [wire.channel_json(world.channels[c]) for c in guild.channel_ids],
        "threads": threads,
    }
    empty = ("voice_states", "presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds")
    return answer | {name: [] for name in empty}


def expired(world: DiscordWorld, session: GatewaySession) -> bool:
    """Whether a session that lost its connection can no longer be resumed."""
    gone = session.gone_since
    return gone is not None and world.clock() - gone > world.window(RESUME_SECONDS)


def request_members(world: DiscordWorld, session: GatewaySession, data: Any) -> None:
    """Op 8: the members that a bot may ask for, in one chunk."""
    guild = world.guilds.get(int(data["guild_id"]))
    if guild is None or session.application.user.id not in guild.members:
        return
    ids = data.get("user_ids")
    wanted = None if ids is None else {int(i) for i in (ids if isinstance(ids, list) else [ids])}
    everyone = wanted is None and not data.get("query")
    if everyone and not session.intents & PRIVILEGED["members"]:
        return
    found = [
        wire.member_json(member)
        for member in guild.members.values()
        if (
            member.user.id in wanted
            if wanted is not None
            else member.user.name.startswith(data.get("query") or "")
        )
    ]
    chunk: dict[str, Any] = {
        "guild_id": str(guild.id),
        "members": found,
        "chunk_index": 0,
        "chunk_count": 1,
    }
    chunk |= {"not_found": [], **({"nonce": data["nonce"]} if "nonce" in data else {})}
    session.push("GUILD_MEMBERS_CHUNK", chunk)
