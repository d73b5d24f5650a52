"""A server with people, and the real bot connected to it over real sockets."""

import asyncio
import random
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

from bot.discord.answers import NotHere
from bot.discord.asking import NotConnected
from bot.discord.client import BridgeBot, point_at
from bot.discord.cog_loading import language_folders
from bot.discord.context import BotContext
from bot.discord.gateway import GatewayState, GatewaySupervisor, Report
from bot.discord.identify_budget import DailyIdentifyBudget, IdentifyBudget
from bot.discord.services import Services
from bot.discord.translations import told_in
from bot.engine.clock import SystemClock
from bot.features.money.periods.read_limit import FiguresUnavailable
from bot.features.publishing.media.fanvue import VaultUnavailable
from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.language import closest
from bot.sandbox import patience
from bot.sandbox.discord.model import StandInChannel, StandInGuild, StandInRole
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.discord.server import DiscordServer
from bot.sandbox.discord.standalone import BOT_RIGHTS
from bot.text.reply_rules import ReplyRefused
from storage.records import DiscordId
from tests.discord.desk import Desk, DeskNoticing
from tests.discord.desk_services import desk_services
from tests.features.inbox.message_replies.desk import DeskTyped
from tests.features.people.accounts.desk import LinkRefused

APPLICATION = DiscordId(1_000_000_000_000_000_001)
TOKEN = "town.discord.token"
NO_LANGUAGES = ()
_OFFERED: dict[tuple[str, ...], list[dict[str, Any]]] = {}  # commands as a stand-in has them, by their names


class SupervisorReports:
    """What the supervisor and the bot reported."""

    def __init__(self) -> None:
        self.states: list[GatewayState] = []
        self.sentences: list[str] = []
        self._changed = asyncio.Event()

    def __call__(self, state: GatewayState, sentence: str | None) -> None:
        self.states.append(state)
        self.sentences += [sentence] if sentence else []
        self._changed.set()

    async def until(self, state: GatewayState, times: int = 1) -> None:
        """Return when this state was reported so often."""
        async with asyncio.timeout(60):
            while self.states.count(state) < times:
                self._changed.clear()
                await self._changed.wait()


@dataclass
class DiscordTestServer:
    """Everything around one bot."""

    server: DiscordServer
    guild: StandInGuild
    lobby: StandInChannel
    team: StandInRole
    olivia: DiscordPerson  # owns the server
    maya: DiscordPerson  # answers fans
    victor: DiscordPerson  # an outsider on the same server
    bot: BridgeBot
    desk: Desk
    told: SupervisorReports


def furnish(
    server: DiscordServer, rights: int = BOT_RIGHTS
) -> tuple[StandInGuild, StandInChannel, StandInRole]:
    """Olivia's server with a team and an outsider."""
    world = server.world
    application = world.add_application(APPLICATION, TOKEN, "secret")
    olivia, maya, victor = (world.add_user(name) for name in ("olivia", "maya", "victor"))
    guild = world.add_guild("Studio", olivia)
    team = world.add_role(guild, "Team")
    world.add_member(guild, maya, [team])
    world.add_member(guild, victor)
    world.invite_bot(guild, application, rights)
    return guild, world.add_channel(guild, "lobby"), team


async def _sure() -> None:
    """There is one process."""


def services_of(desk: Desk, given: Mapping[type[Any], object]) -> Services:
    """All services, as a desk has them, except those that are given."""
    services = Services()
    for kind, one in {**desk_services(desk), **given}.items():
        services.put(kind, one)
    return services


def each_as_itself(*services: object) -> Mapping[type[Any], object]:
    """Real ones, each under its own class."""
    return {type(one): one for one in services}


async def _language(_member: DiscordId, locale: str) -> str:
    """Nobody chose one."""
    return closest(locale)


def context_of(desk: Desk) -> BotContext:
    """What the bot itself asks and tells, as a desk has it."""
    typed = DeskTyped()
    return BotContext(
        hearing=typed,
        catching=typed,
        noticing=DeskNoticing(desk),
        denied=desk.note_denied,
        unserved=desk.unserved.get,
        elsewhere=desk.other_bots,
        spend=desk.spend,
        language=_language,
        sure=_sure,
        scopes=("read:chat", "write:chat", "read:media"),
        refusals=(
            ReplyRefused,
            LinkRefused,
            FiguresUnavailable,
            VaultUnavailable,
            ProposalRefused,
            NotConnected,
            NotHere,
        ),
    )


def make_bot(
    desk: Desk,
    told: Report,
    *,
    guild_ids: Sequence[int] = (),
    budget: IdentifyBudget | None = None,
    shards: int = 1,
    services: Mapping[type[Any], object] | None = None,
    **given: Any,
) -> BridgeBot:
    """A bot whose services are the desk's, except those that are given, by their class; `given`: likewise
    what of its context is another, by its name there.

    It knows no languages but English: to hold the others against all commands takes as long as many a test.
    """
    bot = BridgeBot(
        context=replace(context_of(desk), **given),
        services=services_of(desk, services or {}),
        application_id=APPLICATION,
        budget=budget or DailyIdentifyBudget(clock=SystemClock()),
        report=told,
        guild_ids=[DiscordId(guild) for guild in guild_ids],
        shards=shards,
    )
    bot.locales = NO_LANGUAGES
    return bot


async def with_all_languages(bot: BridgeBot) -> None:
    """As a bridge has them, and Discord is told them."""
    bot.locales = language_folders()
    bot.registration.languages = await told_in(bot.tree, bot.locales)
    await bot.sync_commands(None)


async def _offer_commands(bot: BridgeBot, server: DiscordServer) -> None:
    """As after a restart: where this process has told a stand-in the same commands, that one knows them."""
    names, place = tuple(command.qualified_name for command in bot.tree.walk_commands()), (APPLICATION, None)
    known = _OFFERED.get(names)
    if known is None:
        await bot.sync_commands(None)
        _OFFERED[names] = list(server.world.commands[place])
    else:
        server.world.commands[place] = list(known)
        bot.offered("told before")


def supervisor(bot: BridgeBot, told: SupervisorReports) -> GatewaySupervisor:
    """What keeps the bot connected, with short waits."""

    async def soon(_seconds: float) -> None:
        await asyncio.sleep(0)

    return GatewaySupervisor(
        client=bot,
        token=TOKEN,
        budget=DailyIdentifyBudget(clock=SystemClock()),
        report=told,
        rng=random.Random(1),  # noqa: S311 - jitter, not a secret
        sleep=soon,
    )


def overheard(bot: BridgeBot) -> list[Any]:
    """Every interaction as it came over the gateway from now on, so that a test can deliver it again."""
    heard: list[Any] = []
    parse = bot._connection.parsers["INTERACTION_CREATE"]

    def parse_and_keep(data: Any) -> None:
        heard.append(data)
        parse(data)

    bot._connection.parsers["INTERACTION_CREATE"] = parse_and_keep
    return heard


@asynccontextmanager
async def connected(bot: BridgeBot, told: SupervisorReports) -> AsyncIterator[None]:
    """The bot connected and ready, and closed at the end."""
    async with bot:
        running = asyncio.create_task(supervisor(bot, told).run())
        try:
            await told.until(GatewayState.READY)
            yield
        finally:
            await bot.close()
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running


@asynccontextmanager
async def town(
    rights: int = BOT_RIGHTS,
    *,
    speed: float = 1.0,
    services: Mapping[type[Any], object] | None = None,
    **given: Any,
) -> AsyncIterator[DiscordTestServer]:
    """A furnished server and a connected bot whose commands are known. `speed` shortens Discord's times.

    `services` and `given`: those that are not the desk's, as in `make_bot`.
    """
    desk, told = Desk(), SupervisorReports()
    async with DiscordServer(speed=speed) as server:
        server.interactions.first_answer = patience.SECONDS  # for a busy machine
        point_at(server.api_url, server.gateway_url)
        guild, lobby, team = furnish(server, rights)
        desk.home, desk.roles[DiscordId(team.id)] = DiscordId(guild.id), "chatter"
        people = {server.world.users[user_id].name: user_id for user_id in guild.members}
        bot = make_bot(desk, told, services=services, **given)
        async with connected(bot, told):
            await _offer_commands(bot, server)
            olivia, maya, victor = (server.person(people[name]) for name in ("olivia", "maya", "victor"))
            yield DiscordTestServer(server, guild, lobby, team, olivia, maya, victor, bot, desk, told)
        assert server.contract_errors == []
        assert server.ledger.of("mentions_allowed") == []
