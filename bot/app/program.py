"""Builds the whole program once, runs it, and closes it in reverse."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.app.accounts import LinkedAccounts, feature_context, linked
from bot.app.command_services import bot_context, services_of
from bot.app.context import AppContext, core_of
from bot.app.features import build_features
from bot.app.relay import deliveries_of, facts_of, ports_of
from bot.app.web import HealthParts, front, health_of, operator_of, webhooks_of
from bot.discord.client import BridgeBot, point_at
from bot.discord.gateway import GatewaySupervisor, GatewayWatch
from bot.discord.identify_budget import IdentifyBudget, budget_in_file
from bot.discord.rate_limits import DiscordLimits, limits_for
from bot.egress.sessions import outgoing_session
from bot.engine.call_timing import CallTimer, Observe
from bot.engine.delivery import Deliveries
from bot.engine.process_roles import ALONE, ProcessRole, ProcessRoles
from bot.fanvue.call_kinds import timer_of
from bot.fanvue.transport import open_http
from bot.features.contract import BuiltFeatures
from bot.features.discord_ports import DiscordPorts
from bot.features.inbox.thread_archiving.feature import ThreadArchivingFeature
from bot.features.operations.operator_channel.addresses import addresses_named
from bot.features.operations.operator_channel.service import OperatorChannel
from bot.features.operations.problems.feature import ProblemsFeature
from bot.features.people.accounts.clients import allowed_places
from bot.relay.inbox_processor import InboxProcessor
from bot.relay.reconciliation import Reconciliation
from bot.settings.model import Settings
from bot.web.health import HealthPages, Probe
from bot.web.server import WebServer
from storage.records import DiscordId

if TYPE_CHECKING:  # a bridge that is alone loads nothing of the cluster
    from bot.engine.cluster.shard_lease import ShardLease


@dataclass(frozen=True)
class BridgeProgram:
    """The program, built; `run` it."""

    core: AppContext
    links: LinkedAccounts
    features: BuiltFeatures
    ports: DiscordPorts
    facts: InboxProcessor
    deliveries: Deliveries
    bot: BridgeBot
    gateway: GatewaySupervisor
    seat: "ShardLease | None"  # where another process may speak for the bot
    web: WebServer
    operator: OperatorChannel | None  # whom the settings name beside Discord
    second: Reconciliation


@asynccontextmanager
async def built(
    settings: Settings, roles: ProcessRoles = ALONE, *, replaces: int | None = None
) -> AsyncIterator[BridgeProgram]:
    """Build everything, wired; closed in reverse order on the way out.

    `roles`: this process's part of it. All of it is there in each, because one carries out what another
    wanted. `replaces`: the bot whose servers may be taken over.
    """
    async with AsyncExitStack() as stack:
        core = await core_of(settings, stack, roles, replaces)
        seat = await _seat(core, stack)
        http = await stack.enter_async_context(
            open_http(private=allowed_places(settings), timer=_fanvue_timer(core))
        )
        session = await stack.enter_async_context(
            outgoing_session((settings.discord_api_url, *addresses_named(settings)))
        )
        links = await linked(core, stack, http, session)
        ctx = feature_context(core, links, session)
        features = build_features(ctx, links.feature())
        speaking = await _speaking(core, features, stack)
        there = speaking.bot.is_ready if ProcessRole.GATEWAY in roles else speaking.state.was_ready
        ports = ports_of(core, speaking.bot, there)
        facts, desk = facts_of(core, features), features.get(ProblemsFeature)
        health = _health(core, links, features, speaking)
        yield BridgeProgram(
            core=core,
            links=links,
            features=features,
            ports=ports,
            facts=facts,
            deliveries=deliveries_of(core, ports, links, features),
            bot=speaking.bot,
            gateway=_gateway(core, speaking),
            seat=seat,
            web=front(
                core,
                features,
                links.linking,
                (webhooks_of(core, desk.door, facts, links.hooks), health),
                ports,
            ),
            operator=operator_of(core, health, session),
            second=features.get(Reconciliation),
        )


def _fanvue_timer(core: AppContext) -> CallTimer:
    urls = core.settings.fanvue_api_url, core.settings.fanvue_auth_url
    return timer_of(*urls, _observing(core, "fanvue"))


def _observing(core: AppContext, side: str) -> Observe:
    """Whoever times the calls to this side tells the figures and the traces."""

    def observe(call: str, outcome: str, seconds: float) -> None:
        core.metrics.called(side, call, outcome, seconds)
        core.tracing.called(side, call, outcome, seconds)

    return observe


@dataclass(frozen=True)
class _SpeakingBot:
    """The bot on Discord, and what is known of how it stands there."""

    bot: BridgeBot
    state: GatewayWatch
    limits: DiscordLimits
    budget: IdentifyBudget


async def _speaking(core: AppContext, features: BuiltFeatures, stack: AsyncExitStack) -> _SpeakingBot:
    settings, together = core.settings, core.together
    point_at(settings.discord_api_url, settings.discord_gateway_url)
    state = GatewayWatch(core.metrics.gateway if ProcessRole.GATEWAY in together.roles else _not_told)
    limits = limits_for(
        settings.window_divisor,
        features.get(ThreadArchivingFeature).room,
        together.discord,
        _observing(core, "discord"),
    )
    budget = together.identifies or _budget(core)
    bot = await stack.enter_async_context(
        BridgeBot(
            context=bot_context(core, features),
            services=services_of(core, features),
            application_id=DiscordId(settings.discord_application_id),
            budget=budget,
            report=state.report,
            limits=limits,
            shards=settings.discord_shards if ProcessRole.GATEWAY in together.roles else 1,
        )
    )
    if together.roles.which == {ProcessRole.WEB}:  # it never signs in, and asks Discord who is on a server
        bot.direct.open(settings.discord_token.get_secret_value())
    bot.direct = core.points.around("direct", bot.direct)
    return _SpeakingBot(bot, state, limits, budget)


def _health(
    core: AppContext, links: LinkedAccounts, features: BuiltFeatures, speaking: _SpeakingBot
) -> HealthPages:
    desk, found = features.get(ProblemsFeature), features.get(Reconciliation)
    return health_of(core, HealthParts(desk, found, links.oauth, _probes(core, speaking)))


async def _seat(core: AppContext, stack: AsyncExitStack) -> "ShardLease | None":
    """Given back when the session is closed; None where nobody else may speak for the bot."""
    seat = core.together.seat
    return None if seat is None else await stack.enter_async_context(seat)


def _budget(core: AppContext) -> IdentifyBudget:
    return budget_in_file(core.settings.state_folder() / "identify.json", clock=core.clock)


def _gateway(core: AppContext, speaking: _SpeakingBot) -> GatewaySupervisor:
    return GatewaySupervisor(
        client=speaking.bot,
        token=core.settings.discord_token.get_secret_value(),
        budget=speaking.budget,
        report=speaking.state.report,
        rng=core.rng,
        stays=speaking.state.was_ready,
        session=ProcessRole.GATEWAY in core.together.roles,
    )


def _probes(core: AppContext, speaking: _SpeakingBot) -> Mapping[str, Probe]:
    """Return probes of this process's connection to Discord."""
    probes, seat = _of_discord(core.together.roles, speaking), core.together.seat
    return probes if seat is None else {name: _once_had(seat, probe) for name, probe in probes.items()}


def _once_had(seat: "ShardLease", probe: Probe) -> Probe:
    """Treat a standby process as ready."""

    async def asked() -> str | None:
        return None if seat.stands_by else await probe()

    return asked


def _of_discord(roles: ProcessRoles, speaking: _SpeakingBot) -> Mapping[str, Probe]:
    found: dict[str, Probe] = {}
    if ProcessRole.GATEWAY in roles or ProcessRole.WORKER in roles:
        found |= {"discord": speaking.state.probe, "refusals": speaking.limits.invalid.probe}
    if ProcessRole.GATEWAY in roles:
        found["commands"] = speaking.bot.offers_commands
    return found


def _not_told(_connected: bool) -> None:  # noqa: FBT001 - as `GatewayWatch` tells it
    """Only who holds the session says in figures that it is there."""
