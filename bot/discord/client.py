"""The Discord client: minimal intents, no caches, cogs loaded by name."""

import logging
from collections.abc import Sequence
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.discord.cog_loading import cog_names, controls_of, language_folders, load_cogs, set_up
from bot.discord.command_mentions import CommandMentions
from bot.discord.command_registration import CommandRegistration
from bot.discord.command_tree import BridgeTree
from bot.discord.context import BotContext
from bot.discord.direct_requests import DirectRequests
from bot.discord.failures import NOT_CONNECTED
from bot.discord.gateway import BudgetSpent, GatewayState, Report
from bot.discord.gateway_events import GatewayEventBot
from bot.discord.gateway_intents import intents
from bot.discord.identify_budget import IdentifyBudget
from bot.discord.own_application import ensure_same_application
from bot.discord.rate_limits import DiscordLimits
from bot.discord.services import Services
from bot.discord.thread_removal import DiscordThreadRemover
from bot.discord.translations import told_in
from bot.model.errors import TryLater
from storage.records import DiscordId

log = logging.getLogger(__name__)


def point_at(api_url: str, gateway_url: str | None = None) -> None:
    """Make discord.py speak to this Discord; before any client is made, once per process.

    `api_url` ends with the version, as in https://discord.com/api/v10; without `gateway_url` the
    library's own gateway stays.
    """
    Route.BASE = api_url.rstrip("/")
    if gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


def _of_the_library(
    application_id: DiscordId, limits: DiscordLimits, shards: int, *, typing: bool
) -> dict[str, Any]:
    """Return discord.py's options: events only, no caches, no pings, for servers."""
    part = {"shard_id": 0, "shard_count": shards} if shards > 1 else {}
    return part | {
        "command_prefix": commands.when_mentioned,  # there are no prefix commands; discord.py wants one
        "help_command": None,
        "tree_cls": BridgeTree,
        "intents": intents(typing=typing),
        "member_cache_flags": discord.MemberCacheFlags.none(),
        "max_messages": None,
        "chunk_guilds_at_startup": False,
        "allowed_mentions": discord.AllowedMentions.none(),
        "allowed_contexts": app_commands.AppCommandContext(guild=True),
        "allowed_installs": app_commands.AppInstallationType(guild=True),
        "application_id": application_id,
        # READY waits this long after the last server; nothing here needs the servers' channels.
        "guild_ready_timeout": 0.0,
        "max_ratelimit_timeout": 30.0,
        "http_trace": limits.trace(),
    }


class BridgeBot(GatewayEventBot):
    """The bot. `run` it with `bot.discord.gateway.GatewaySupervisor`; close it by leaving `async with`."""

    def __init__(  # noqa: PLR0913 - what a bot needs, each by its name
        self,
        *,
        context: BotContext,
        services: Services,
        application_id: DiscordId,
        budget: IdentifyBudget,
        report: Report = lambda _state, _sentence: None,
        guild_ids: Sequence[DiscordId] = (),
        limits: DiscordLimits | None = None,
        shards: int = 1,
    ) -> None:
        """`guild_ids`: sync commands to these servers, which is instant, instead of everywhere.
        `limits`: keeps calls within Discord's limits. `shards`: how many parts the servers are divided
        into; `budget` says, once it connects, which one it hears of.
        """
        limits = limits or DiscordLimits()
        # The bridge has no voice, so two warnings about missing voice libraries would only puzzle people.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        typing = context.hearing.listens
        super().__init__(**_of_the_library(application_id, limits, shards, typing=typing))
        self.direct = DirectRequests(api_url=Route.BASE, user_agent=self.http.user_agent, limits=limits)
        self.mentions = CommandMentions(self.direct, guild_ids)
        self.discord = DiscordThreadRemover(
            http=self.http,
            direct=self.direct,
            me=self._me,
            limits=limits,
        )
        self.context, self.services = context, services
        self._budget = budget
        self._report = report
        self.registration: CommandRegistration = CommandRegistration(self, guild_ids)
        self.locales = language_folders()  # with files of names for each language
        self._offers = False

    def _me(self) -> DiscordId:
        """Return the bot's user id. A look before it is known would take nothing for the bot's own."""
        if self.user is None:
            raise TryLater(NOT_CONNECTED)
        return DiscordId(self.user.id)

    # ── coming and going ──

    async def login(self, token: str) -> None:
        """Sign in over HTTP. Each try of the library's has a session of its own: one that fails is closed."""
        try:
            await super().login(token)
        except BaseException:
            await self.http.close()
            self.http.connector = discord.utils.MISSING  # which was closed with it
            raise

    async def setup_hook(self) -> None:
        """Called by discord.py after the login. Raises GatewayFailed for another's token."""
        assert self.application is not None
        assert self.application_id is not None
        ensure_same_application(self.application.id, self.application_id)
        assert self.http.token is not None
        self.direct.open(self.http.token)
        # Not as extensions: each of those is executed anew, and looked for in every module on the way out.
        cogs = load_cogs(cog_names())
        self.controls = controls_of(cogs)
        await set_up(self, cogs)
        self.registration.languages = await told_in(self.tree, self.locales)

    async def connect(self, *, reconnect: bool = True) -> None:
        """Hold the session of the part that this process has; until now it may have had none."""
        if self.shard_count is not None:
            self.shard_id = self._budget.shard.number
        await super().connect(reconnect=reconnect)

    async def before_identify_hook(self, _shard_id: int | None, *, initial: bool = False) -> None:  # noqa: ARG002 - the library's signature
        """Every IDENTIFY counts, over restarts too; of several parts some must not come at the same time."""
        concurrency = 1
        if self.shard_count is not None:
            _shards, _url, limit = await self.http.get_bot_gateway()
            concurrency = limit["max_concurrency"]
        if (wait := await self._budget.spend(concurrency)) > 0:
            raise BudgetSpent(wait)
        self.context.catching.anew()

    async def close(self) -> None:
        """Leave Discord and release every connection."""
        await super().close()
        await self.direct.close()

    async def on_ready(self) -> None:
        """A new session: the servers are known, or nearly."""
        await super().on_ready()
        self._report(GatewayState.READY, None)

    async def on_resumed(self) -> None:
        """The same session goes on, nothing was missed."""
        self.context.catching.live()
        self._report(GatewayState.READY, None)

    async def on_disconnect(self) -> None:
        """The websocket dropped; discord.py connects again."""
        self.context.catching.dropped()
        # The library calls this also when a first connection was refused: then nothing has dropped.
        if self.ws is not None and not self.is_closed():
            self._report(GatewayState.DROPPED, "The connection to Discord dropped; connecting again.")

    # ── commands ──

    def offered(self, known: str | None) -> None:
        """Discord was told these in an earlier run: they work until it is told others."""
        self._offers = known is not None

    async def sync_commands(self, known: str | None) -> str:
        """Tell Discord the commands if they differ from `known`; returns the fingerprint to keep.

        Raises one of the four failures of a delivery.
        """
        told = await self.registration.tell(known)
        if told is None:
            return self.registration.fingerprint()
        self._offers = True
        return told.fingerprint

    async def offers_commands(self) -> str | None:
        """For /readyz: the sentence while Discord was never told any commands."""
        return (
            None if self._offers else "Discord doesn't have the commands yet; we register them automatically."
        )
