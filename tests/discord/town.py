"""A server with people, and the real bot connected to it over real sockets."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.discord.asking import NotConnected
from bot.discord.client import BridgeBot, point_at
from bot.discord.cog_names import COGS
from bot.discord.context import Uses
from bot.discord.gateway import GatewayState, GatewaySupervisor, Report
from bot.discord.identify_budget import DailyIdentifyBudget, IdentifyBudget
from bot.discord.translations import LOCALES, told_in
from bot.discord.uses_digests import DigestUses
from bot.engine.clock import SystemClock
from bot.features.money.periods.read_limit import FiguresUnavailable
from bot.features.publishing.media.fanvue import VaultUnavailable
from bot.features.publishing.proposals.model import ProposalRefused
from bot.sandbox.discord.model import StandInChannel, StandInGuild, StandInRole
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.discord.server import DiscordServer
from bot.sandbox.discord.standalone import BOT_RIGHTS
from bot.text.reply_rules import ReplyRefused
from storage.records import DiscordId
from tests.discord.desk import (
    Desk,
    DeskCommands,
    DeskDigests,
    DeskGoals,
    DeskNoticing,
    DeskPlaces,
    DeskProblems,
    DeskReplies,
    DeskSubscribers,
)
from tests.discord.desk_access import DeskAccess, DeskSubjects
from tests.discord.desk_agency import DeskAgency
from tests.discord.desk_alerts import desk_alerts
from tests.discord.desk_approving import desk_reviewing
from tests.discord.desk_audit import DeskAudit
from tests.discord.desk_campaigns import DeskCampaigns
from tests.discord.desk_checks import DeskPressing
from tests.discord.desk_claims import DeskClaims, DeskSnoozing
from tests.discord.desk_composing import DeskComposing
from tests.discord.desk_credit import desk_credit
from tests.discord.desk_feed import desk_lists
from tests.discord.desk_guarding import DeskGuarding
from tests.discord.desk_holding import DeskHolding
from tests.discord.desk_income import DeskIncome
from tests.discord.desk_linking import DeskLinking, LinkRefused
from tests.discord.desk_lists import DeskLists
from tests.discord.desk_marking import DeskMarking
from tests.discord.desk_mass_limits import DeskMassCap, DeskMassSafety, DeskQuietHours
from tests.discord.desk_media import DeskMedia
from tests.discord.desk_notes import DeskFinding, DeskNotes, DeskTags
from tests.discord.desk_one_fan import DeskOneFan
from tests.discord.desk_pausing import desk_pausing
from tests.discord.desk_pricing import DeskPricing
from tests.discord.desk_privacy import desk_privacy
from tests.discord.desk_profiles import DeskProfiles
from tests.discord.desk_promises import DeskPromises
from tests.discord.desk_proposals import DeskProposals, DeskVerdicts
from tests.discord.desk_removing import DeskRemoving
from tests.discord.desk_reviews import DeskReviews
from tests.discord.desk_sold import DeskItems
from tests.discord.desk_subscribers import DeskSubscriberList
from tests.discord.desk_team import desk_team
from tests.discord.desk_templates import DeskTemplates
from tests.discord.desk_timers import DeskTimers
from tests.discord.desk_typed import DeskTyped
from tests.discord.desk_uploads import DeskUploads
from tests.discord.desk_waiting import DeskWaiting
from tests.discord.desk_workload import DeskWorkload

APPLICATION = DiscordId(1_000_000_000_000_000_001)
TOKEN = "town.discord.token"
NO_LANGUAGES = Path("/nonexistent")
_OFFERED: dict[str, list[dict[str, Any]]] = {}  # commands as a stand-in has them, by their fingerprint


class Told:
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
        async with asyncio.timeout(10):
            while self.states.count(state) < times:
                self._changed.clear()
                await self._changed.wait()


@dataclass
class Town:
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
    told: Told


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


def uses_of(desk: Desk) -> Uses:
    """All use cases, as a desk has them."""
    return Uses(
        sure=_sure,
        **_inbox(desk),
        **_for_creators(desk),
        **_care(desk),
        access=DeskAccess(desk),
        subjects=DeskSubjects(desk),
        commands=DeskCommands(desk),
        linking=DeskLinking(desk),
        places=DeskPlaces(desk),
        agency=DeskAgency(),
        profiles=DeskProfiles(),
        denied=desk.note_denied,
        unserved=desk.unserved.get,
        spend=desk.spend,
        elsewhere=desk.other_bots,
        **{name: getattr(desk, name) for name in ("chat_of", "status", "hidden")},
        scopes=("read:chat", "write:chat", "read:media"),
        refusals=(
            ReplyRefused,
            LinkRefused,
            FiguresUnavailable,
            VaultUnavailable,
            ProposalRefused,
            NotConnected,
        ),
    )


def _inbox(desk: Desk) -> dict[str, Any]:
    """Those with which a team answers."""
    return {
        "replies": DeskReplies(desk),
        "pressing": DeskPressing(desk),
        "reviewing": desk_reviewing(desk),
        "reviews": DeskReviews(),
        "claiming": DeskClaims(),
        "snoozing": DeskSnoozing(),
        "marking": DeskMarking(),
        "timers": DeskTimers(),
        "alerts": desk_alerts(),
        "promises": DeskPromises(),
        "typed": DeskTyped(),
        "holding": DeskHolding(),
        "templates": DeskTemplates(desk),
        "notes": DeskNotes(),
        "tags": DeskTags(),
        "items": DeskItems(),
        "pricing": DeskPricing(),
        "guarding": DeskGuarding(),
        "finding": DeskFinding(),
        "waiting": DeskWaiting(),
        "noticing": DeskNoticing(desk),
        "workload": DeskWorkload(),
    }


def _care(desk: Desk) -> dict[str, Any]:
    """Those that keep a bridge in order."""
    return {
        "problems": DeskProblems(desk),
        "privacy": desk_privacy(),
        "team": desk_team(desk),
        "pausing": desk_pausing(desk),
        "removing": DeskRemoving(desk),
        "audit": DeskAudit(),
    }


def _for_creators(desk: Desk) -> dict[str, Any]:
    """Those that are about a whole creator."""
    return {
        "income": DeskIncome(),
        "digests": DigestUses(DeskDigests(), DeskDigests()),
        "subscribers": DeskSubscribers(),
        "subscriber_list": DeskSubscriberList(),
        "goals": DeskGoals(),
        "lists": DeskLists(),
        "media": DeskMedia(),
        "proposals": DeskProposals(desk),
        "verdicts": DeskVerdicts(),
        "composing": DeskComposing(),
        "mass_safety": DeskMassSafety(desk),
        "quiet_hours": DeskQuietHours(),
        "mass_cap": DeskMassCap(),
        "one_fan": DeskOneFan(),
        "campaigns": DeskCampaigns(),
        "credit": desk_credit(),
        **desk_lists(),
    }


def make_bot(
    desk: Desk,
    told: Report,
    *,
    guild_ids: Sequence[int] = (),
    budget: IdentifyBudget | None = None,
    shards: int = 1,
    **given: Any,
) -> BridgeBot:
    """A bot whose use cases are the desk's, except those that are given, by their names in `Uses`.

    It knows no languages but English: to hold the others against all commands takes as long as many a test.
    """
    bot = BridgeBot(
        uses=replace(uses_of(desk), **{"uploads": DeskUploads(), **given}),
        application_id=APPLICATION,
        budget=budget or DailyIdentifyBudget(clock=SystemClock()),
        report=told,
        cogs=COGS,
        guild_ids=[DiscordId(guild) for guild in guild_ids],
        shards=shards,
    )
    bot.locales = NO_LANGUAGES
    return bot


async def with_all_languages(bot: BridgeBot) -> None:
    """As a bridge has them, and Discord is told them."""
    bot.locales = LOCALES
    bot._languages = await told_in(bot.tree, bot.locales)
    await bot.sync_commands(None)


async def _offer_commands(bot: BridgeBot, server: DiscordServer) -> None:
    """As after a restart: where this process has told a stand-in the same commands, that one knows them."""
    fingerprint, place = bot.fingerprint(), (APPLICATION, None)
    known = _OFFERED.get(fingerprint)
    if known is None:
        await bot.sync_commands(None)
        _OFFERED[fingerprint] = list(server.world.commands[place])
    else:
        server.world.commands[place] = list(known)
        bot.offered(fingerprint)


def supervisor(bot: BridgeBot, told: Told) -> GatewaySupervisor:
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
async def connected(bot: BridgeBot, told: Told) -> AsyncIterator[None]:
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
    **given: Any,
) -> AsyncIterator[Town]:
    """A furnished server and a connected bot whose commands are known. `speed` shortens Discord's times.

    `given`: use cases other than the desk's, by their names in `Uses`.
    """
    desk, told = Desk(), Told()
    async with DiscordServer(speed=speed) as server:
        point_at(server.api_url, server.gateway_url)
        guild, lobby, team = furnish(server, rights)
        desk.home, desk.roles[DiscordId(team.id)] = DiscordId(guild.id), "chatter"
        people = {server.world.users[user_id].name: user_id for user_id in guild.members}
        bot = make_bot(desk, told, **given)
        async with connected(bot, told):
            await _offer_commands(bot, server)
            olivia, maya, victor = (server.person(people[name]) for name in ("olivia", "maya", "victor"))
            yield Town(server, guild, lobby, team, olivia, maya, victor, bot, desk, told)
        assert server.contract_errors == []
        assert server.ledger.of("mentions_allowed") == []
