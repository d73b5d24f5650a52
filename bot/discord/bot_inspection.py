"""Looks at the bot and at its channels over HTTP: no gateway, nothing is changed.

TokenRefused   Discord does not know the token; nothing else can be asked
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import SimpleNamespace

import aiohttp
import discord

from bot.discord import discord_permissions
from bot.discord.client import point_at
from bot.discord.failures import translated
from bot.discord.gateway_intents import intents
from bot.model.errors import TryLater
from bot.model.language import english
from bot.model.ports import Clock
from storage.records import DiscordId, Millis

Answered = Callable[[Millis, Millis, Mapping[str, str]], None]  # when asked, when answered, the headers

# Discord's name of a privileged intent → how an application says that it may be used, on many servers or few.
_PRIVILEGED = {
    "members": ("gateway_guild_members", "gateway_guild_members_limited"),
    "presences": ("gateway_presence", "gateway_presence_limited"),
    "message_content": ("gateway_message_content", "gateway_message_content_limited"),
}


class TokenRefused(Exception):
    """Raised when Discord does not accept the bot's token."""


@dataclass(frozen=True)
class InspectedApplication:
    """The developer portal's facts about the bot's application."""

    id: DiscordId
    bot_name: str
    intents_needed: tuple[str, ...]  # privileged
    intents_lacking: tuple[str, ...]  # privileged, needed, not switched on
    intents_needless: tuple[str, ...]  # privileged, switched on, not needed
    redirect_uris: tuple[str, ...]
    public: bool  # anybody may add it to a server of theirs
    interactions_url: str | None  # where clicks and commands go instead of to the gateway


@dataclass(frozen=True)
class InspectedChannel:
    """A forum or a text channel, as the bot is let into it."""

    name: str
    lacks: tuple[str, ...]  # permissions, in the words of Discord's settings
    open_to_all: bool  # everybody on the server sees it
    age_restricted: bool
    requires_tag: bool  # a forum that takes no post without one


@dataclass(frozen=True)
class InspectedServer:
    """A server that the bot is on."""

    name: str
    lacks: tuple[str, ...]  # for /setup
    channels: Mapping[DiscordId, InspectedChannel]


class BotInspection:
    """A signed-in look; every answer comes from Discord at the moment of the question."""

    def __init__(self, client: discord.Client) -> None:
        """Use `looking`."""
        self._client = client

    @property
    def client(self) -> discord.Client:
        """The client that is signed in, for `bot.discord.trial_server`."""
        return self._client

    def application(self, *, typing: bool) -> InspectedApplication:
        """The application to which the token belongs. `typing`: the bridge asks for what people type."""
        known = self._client.application
        user = self._client.user
        assert known is not None
        assert user is not None
        on = {name for name, flags in _PRIVILEGED.items() if any(getattr(known.flags, one) for one in flags)}
        asked = intents(typing=typing)
        needed = {name for name in _PRIVILEGED if getattr(asked, name)}
        return InspectedApplication(
            id=DiscordId(known.id),
            bot_name=str(user),
            intents_needed=tuple(sorted(needed)),
            intents_lacking=tuple(sorted(needed - on)),
            intents_needless=tuple(sorted(on - needed)),
            redirect_uris=tuple(known.redirect_uris or ()),
            public=known.bot_public,
            interactions_url=known.interactions_endpoint_url,
        )

    async def sessions(self) -> int:
        """Into how many sessions Discord advises to divide the bot's servers.

        Raises a failure of `bot.model.errors`.
        """
        with translated(reading=True):
            try:
                advised, _url, _limit = await self._client.http.get_bot_gateway()
            except discord.GatewayNotFound as failed:
                raise TryLater(english("Discord does not say how many sessions it advises.")) from failed
        return advised

    async def servers(self, most: int) -> tuple[DiscordId, ...]:
        """The servers that the bot is on, so many at most. Raises a failure of `bot.model.errors`."""
        with translated(reading=True):
            found = [DiscordId(one.id) async for one in self._client.fetch_guilds(limit=most)]
        return tuple(found)

    async def server(self, guild_id: DiscordId) -> InspectedServer | None:
        """One server with its forums and text channels; None when the bot is not on it.

        Raises a failure of `bot.model.errors`.
        """
        with translated(reading=True):
            try:
                guild = await self._client.fetch_guild(guild_id, with_counts=False)
            except (discord.NotFound, discord.Forbidden):
                return None
            assert self._client.user is not None
            me = await guild.fetch_member(self._client.user.id)
            channels = await guild.fetch_channels()
        return InspectedServer(
            name=guild.name,
            lacks=tuple(discord_permissions.missing(me.guild_permissions)),
            channels={
                DiscordId(channel.id): _seen(channel, me)
                for channel in channels
                if isinstance(channel, discord.ForumChannel | discord.TextChannel)
            },
        )


@asynccontextmanager
async def looking(
    *, token: str, api_url: str, clock: Clock, answered: Answered, seconds: float
) -> AsyncIterator[BotInspection]:
    """Sign in over HTTP, within so many seconds; `answered` is told of every answer.

    Raises TokenRefused, or a failure of `bot.model.errors`.
    """
    point_at(api_url)
    client = discord.Client(
        intents=discord.Intents.none(), http_trace=_tracing(clock, answered), max_ratelimit_timeout=30.0
    )
    async with client:
        try:
            with translated(reading=True):
                async with asyncio.timeout(seconds):
                    await client.login(token)
        except discord.LoginFailure as refused:
            raise TokenRefused from refused
        yield BotInspection(client)


def _seen(channel: discord.ForumChannel | discord.TextChannel, me: discord.Member) -> InspectedChannel:
    needed, requires_tag = discord_permissions.NEEDED_IN_ALERTS, False
    if isinstance(channel, discord.ForumChannel):
        needed, requires_tag = discord_permissions.NEEDED_IN_FORUM, channel.flags.require_tag
    return InspectedChannel(
        name=channel.name,
        lacks=tuple(discord_permissions.missing(channel.permissions_for(me), needed)),
        open_to_all=channel.permissions_for(me.guild.default_role).view_channel,
        age_restricted=channel.nsfw,
        requires_tag=requires_tag,
    )


def _tracing(clock: Clock, answered: Answered) -> aiohttp.TraceConfig:
    tracing = aiohttp.TraceConfig()

    async def began(
        _session: aiohttp.ClientSession, context: SimpleNamespace, _params: aiohttp.TraceRequestStartParams
    ) -> None:
        context.asked_at = clock.now()

    async def ended(
        _session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        answered(context.asked_at, clock.now(), params.response.headers)

    tracing.on_request_start.append(began)
    tracing.on_request_end.append(ended)
    return tracing
