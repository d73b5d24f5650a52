"""Tries on a server, over HTTP, what the bridge does there; opens no gateway.

What is tried is the bridge's own code: the bodies of its channels and messages, its search, its mentions.
"""

import re
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import aiohttp
from discord.http import Route

from bot.discord import channel_layout
from bot.discord.bot_inspection import BotInspection, looking
from bot.discord.channel_layout import FORUM
from bot.discord.direct_requests import DirectRequests
from bot.discord.failures import ThreadArchived
from bot.discord.mention_posts import MentionPoster
from bot.discord.message_bodies import container_of
from bot.discord.picture_posts import PicturePoster
from bot.discord.rate_limits import DiscordLimits
from bot.discord.threads import DiscordThreads
from bot.model.errors import DeliveryUnknown, TargetGone
from bot.model.language import english
from bot.model.ports import Clock, Post
from storage.records import DiscordId

Json = Mapping[str, Any]
_IDS = re.compile(r"\d{15,}")
_VERSION = re.compile(r"^/api/v\d+")
_TOO_MANY = 429
_COMMUNITY = "COMMUNITY"
_SECONDS = 20.0


@dataclass(frozen=True)
class ServerFacts:
    """What a server says of itself."""

    name: str
    owner: DiscordId
    community: bool
    two_factor: bool  # who moderates needs it; of a bot, its owner
    mentions_only: bool  # of what members are notified, unless they choose otherwise


@dataclass(frozen=True)
class SessionFacts:
    """What Discord says about gateway sessions of this bot."""

    advised: int
    left: int  # introductions until the count begins anew
    of: int


@dataclass
class HeardLimits:
    """What answers told of limits, by the kind of route: no id is kept."""

    told: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)

    def note(self, method: str, path: str, answer: aiohttp.ClientResponse) -> None:
        """One answer."""
        route, headers = f"{method} {_IDS.sub('…', path)}", answer.headers
        self.names |= {name for name in headers if name.lower().startswith("x-ratelimit-")}
        if answer.status == _TOO_MANY:
            self.refused[route] += 1
        most, left = headers.get("X-RateLimit-Limit"), headers.get("X-RateLimit-Remaining")
        # Only the first call of a window is told how long that is.
        if most is not None and left is not None and most.isdecimal() and left == str(int(most) - 1):
            self.told.setdefault(route, f"{most} in {headers.get('X-RateLimit-Reset-After', '?')} s")


@dataclass(frozen=True)
class _ListeningLimits(DiscordLimits):
    heard: HeardLimits = field(default_factory=HeardLimits)

    def direct_trace(self) -> aiohttp.TraceConfig:
        config = super().direct_trace()

        async def ended(
            _session: aiohttp.ClientSession, _context: SimpleNamespace, told: aiohttp.TraceRequestEndParams
        ) -> None:
            self.heard.note(told.method, _VERSION.sub("", told.url.path), told.response)

        config.on_request_end.append(ended)
        return config


class TrialServer:
    """Signed in. Each method is one attempt, and ends with one of the failures of `bot.model.errors`."""

    def __init__(self, look: BotInspection, direct: DirectRequests, limits: _ListeningLimits) -> None:
        """Use `trying`."""
        self.look = look
        self.heard = limits.heard
        self._direct = direct
        self.threads = DiscordThreads(http=look.client.http, direct=direct, me=self.me, limits=limits)
        self.pictures, self.mentions = PicturePoster(direct), MentionPoster(direct)

    def me(self) -> DiscordId:
        """Return the bot's user id."""
        user = self.look.client.user
        assert user is not None, "it is signed in"
        return DiscordId(user.id)

    # ── reading ──

    async def facts(self, server: DiscordId) -> ServerFacts:
        told = await self._told("GET", f"/guilds/{server}")
        return ServerFacts(
            name=str(told.get("name")),
            owner=DiscordId(int(told.get("owner_id") or 0)),
            community=_COMMUNITY in (told.get("features") or ()),
            two_factor=bool(told.get("mfa_level")),
            mentions_only=bool(told.get("default_message_notifications")),
        )

    async def sessions(self) -> SessionFacts:
        told = await self._told("GET", "/gateway/bot")
        limit = told.get("session_start_limit") or {}
        return SessionFacts(
            int(told.get("shards", 0)), int(limit.get("remaining", 0)), int(limit.get("total", 0))
        )

    async def commands(self) -> int:
        """How many commands Discord has of this bot."""
        mine = self.look.application(typing=False).id
        return len(await self._direct.call("GET", f"/applications/{mine}/commands"))

    async def channel(self, channel: DiscordId) -> Json:
        return await self._told("GET", f"/channels/{channel}")

    async def message(self, channel: DiscordId, message: DiscordId) -> Json:
        return await self._told("GET", f"/channels/{channel}/messages/{message}")

    # ── trying ──

    async def make_forum(self, server: DiscordId, name: str, mark: str) -> Json:
        """A forum as /setup makes one, for the bot alone; `mark` stands in its topic."""
        who = channel_layout.overwrites(FORUM, guild=server, bot=self.me())
        body = channel_layout.new_channel(FORUM, name, parent=None, who=who)
        body["topic"] = f"{body['topic']}\n-# {mark}"
        return await self._told("POST", f"/guilds/{server}/channels", body)

    async def remove_forums(self, server: DiscordId, mark: str) -> int:
        """Delete the forums that this mark stands in, with all in them; return how many there were."""
        found = await self._direct.call("GET", f"/guilds/{server}/channels")
        ours = [one for one in found if one["type"] == FORUM and mark in (one.get("topic") or "")]
        for one in ours:
            with suppress(TargetGone):
                await self._direct.call("DELETE", f"/channels/{one['id']}")
        return len(ours)

    async def close(self, thread: DiscordId) -> bool:
        """Archive a post, as the bridge makes room for others; whether Discord says it is."""
        told = await self._told("PATCH", f"/channels/{thread}", {"archived": True})
        return bool((told.get("thread_metadata") or {}).get("archived"))

    async def opens_by_itself(self, thread: DiscordId, content: str) -> bool:
        """Write into an archived post without waking it; False where Discord refuses that."""
        body = {"content": content, "allowed_mentions": {"parse": []}}
        try:
            await self._told("POST", f"/channels/{thread}/messages", body)
        except ThreadArchived:
            return False
        return True

    async def mention_in_box(
        self, channel: DiscordId, post: Post, member: DiscordId, nonce: str
    ) -> DiscordId:
        """A box that may notify one member, which the bridge itself never posts."""
        allowed = {"parse": [], "users": [str(member)]}
        body = {**container_of(post), "allowed_mentions": allowed, "nonce": nonce, "enforce_nonce": True}
        return DiscordId(int((await self._told("POST", f"/channels/{channel}/messages", body))["id"]))

    async def _told(self, method: str, path: str, body: Json | None = None) -> Json:
        place = "the test forum"
        limit = f"{method} {path}" if path.startswith("/channels/") else None
        told: Any = await self._direct.call(method, path, body, place=place, limit=limit)
        if not isinstance(told, dict):
            raise DeliveryUnknown(english("We couldn't read Discord's answer; it may have arrived."))
        return told


@asynccontextmanager
async def trying(*, token: str, api_url: str, clock: Clock) -> AsyncIterator[TrialServer]:
    """Sign in over HTTP. Raises TokenRefused, or a failure of `bot.model.errors`."""
    limits = _ListeningLimits()
    async with looking(
        token=token, api_url=api_url, clock=clock, answered=lambda *_told: None, seconds=_SECONDS
    ) as look:
        direct = DirectRequests(
            api_url=Route.BASE, user_agent=look.client.http.user_agent, limits=limits, seconds=_SECONDS
        )
        direct.open(token)
        try:
            yield TrialServer(look, direct, limits)
        finally:
            await direct.close()
