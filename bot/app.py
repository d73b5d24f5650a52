"""Builds the whole program once, runs it, and closes it in reverse."""

import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import aiohttp

from bot import keeping, second
from bot.accounts.errors import NotNow
from bot.accounts.linking import Linking
from bot.accounts.ports import NEEDED_SCOPES, LinkSettings, Means
from bot.accounts.renewing import Renewing
from bot.accounts.revoking import Revoking
from bot.accounts.subscribing import Subscribing
from bot.accounts.tokens import Tokens
from bot.alerts.wording import announce
from bot.clients import fanvue_of, oauth_of, sign_in_of
from bot.config import Settings
from bot.core import Core, core_of
from bot.desk.boards import BoardPort
from bot.fanvue.client import Fanvue
from bot.fanvue.hooks import EVENTS
from bot.fanvue.oauth import OAuth
from bot.fanvue.payloads import VOCABULARY, understand
from bot.fanvue.transport import open_http
from bot.figures.opened import Figures
from bot.figures.reporting import CannotTell
from bot.guild.client import BridgeBot, point_at
from bot.guild.gateway import Gateway, GatewayWatch
from bot.guild.identify import budget_in_file
from bot.guild.limits import limits_for
from bot.guild.private import PrivateMessages
from bot.guild.signin import DiscordSignIn
from bot.guild.uses import Uses
from bot.media.vault import CannotBrowse
from bot.probes import LEAST, LITTLE, roomy, writable
from bot.proposals.features import ProposalRefused
from bot.relay.compose import ReplyRefused
from bot.relay.delivery import Deliveries
from bot.relay.facts import Facts
from bot.relay.hiding import Hidden
from bot.relay.inbound import Inbound
from bot.relay.kinds import Parts, deeds
from bot.relay.listening import Listening
from bot.relay.opening import Threads
from bot.relay.places import Places
from bot.relay.replies import Replies
from bot.relay.second import SecondSource
from bot.web.health import Health, Probe
from bot.web.linkpages import LinkPages
from bot.web.server import WebServer
from bot.web.webhooks import Webhooks
from storage.records import DiscordId, Effect


@dataclass
class Bridge:
    """The program, built; `run` it."""

    core: Core
    facts: Facts
    deliveries: Deliveries
    tokens: Tokens
    linking: Linking
    bot: BridgeBot
    gateway: Gateway
    web: WebServer
    hooks: Subscribing
    second: SecondSource
    figures: Figures


@asynccontextmanager
async def built(settings: Settings) -> AsyncIterator[Bridge]:
    """Everything, wired; closed in reverse order on the way out."""
    async with AsyncExitStack() as stack:
        core = await core_of(settings, stack)
        http = await stack.enter_async_context(open_http())
        session = await stack.enter_async_context(
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), trust_env=False)
        )
        oauth = core.points.around("oauth", oauth_of(settings, http))
        revoking = Revoking(
            database=core.database,
            sealer=core.keyring,
            clock=core.clock,
            ids=core.ids,
            authority=oauth,
            paused=core.restored is not None,
        )
        tokens = Tokens(
            database=core.database,
            clock=core.clock,
            renewing=Renewing(
                database=core.database,
                sealer=core.keyring,
                clock=core.clock,
                ids=core.ids,
                authority=oauth,
                revoking=revoking,
                effects=core.effects,
            ),
            paused=None if core.restored is None else keeping.PAUSED,
        )
        stack.push_async_callback(tokens.close)
        fanvue = fanvue_of(settings, http, tokens, core.clock)
        sign_in = core.points.around("sign-in", sign_in_of(settings, session))
        hooks = core.points.around("hooks", await second.subscribing(core, fanvue))
        linking = Linking(_means(core, oauth, revoking, fanvue, sign_in, hooks))
        side = second.side(core, fanvue, linking.identity, hooks)
        yield await _assemble(core, stack, tokens, core.points.around("linking", linking), side)


def _means(
    core: Core, oauth: OAuth, revoking: Revoking, fanvue: Fanvue, sign_in: DiscordSignIn, hooks: Subscribing
) -> Means:
    settings = core.settings
    return Means(
        database=core.database,
        sealer=core.keyring,
        effects=core.effects,
        dispatch=core.dispatch,
        clock=core.clock,
        ids=core.ids,
        random=os.urandom,
        authority=oauth,
        discord=sign_in,
        who_am_i=fanvue.whoami,
        revoking=revoking,
        settings=LinkSettings(
            public_url=settings.public_url,
            scopes=settings.fanvue_scopes,
            needed=NEEDED_SCOPES,
            issuer=settings.fanvue_auth_url,
        ),
        leaving=hooks.leave,
    )


async def _assemble(
    core: Core,
    stack: AsyncExitStack,
    tokens: Tokens,
    linking: Linking,
    side: second.FanvueSide,
) -> Bridge:
    settings = core.settings
    point_at(settings.discord_api_url, settings.discord_gateway_url)
    state, limits = GatewayWatch(core.metrics.gateway), limits_for(settings.window_divisor)
    budget = budget_in_file(settings.state_folder() / "identify.json", clock=core.clock)
    bot = await stack.enter_async_context(
        BridgeBot(
            uses=_uses(core, linking, side),
            application_id=DiscordId(settings.discord_application_id),
            budget=budget,
            report=state.report,
            limits=limits,
        )
    )
    bot.direct = core.points.around("direct", bot.direct)
    opener = Threads(effects=core.effects)
    facts = _facts(core, opener, side.found)
    return Bridge(
        core=core,
        facts=facts,
        deliveries=_deliveries(core, bot, side, opener),
        tokens=tokens,
        linking=linking,
        bot=bot,
        gateway=Gateway(
            client=bot,
            token=settings.discord_token.get_secret_value(),
            budget=budget,
            report=state.report,
            rng=core.rng,
            stays=state.was_ready,
        ),
        web=_web(
            core,
            linking,
            second.webhooks(core, facts, side.hooks),
            {"discord": state.probe, "refusals": limits.invalid.probe},
            side.found,
        ),
        hooks=side.hooks,
        second=side.found,
        figures=side.figures,
    )


def _uses(core: Core, linking: Linking, side: second.FanvueSide) -> Uses:
    places = Places(database=core.database, dispatch=core.dispatch, clock=core.clock)
    replies = Replies(
        database=core.database,
        commands=core.commands,
        effects=core.effects,
        dispatch=core.dispatch,
        clock=core.clock,
        ids=core.ids,
    )
    return Uses(
        commands=core.points.around("command", core.commands),
        replies=core.points.around("reply", replies),
        linking=linking,
        places=places,
        problems=core.desk.problems,
        noticing=core.desk.noticing,
        figures=side.figures.reporting,
        digests=side.figures.digests,
        media=side.media,
        proposals=core.points.around("proposals", side.proposing.proposals),
        verdicts=side.proposing.verdicts,
        lists_like=side.broadcasts.lists.like,
        chat_of=places.chat_of,
        unsend=core.desk.unsending.unsend,
        status=core.desk.status.of,
        hidden=Hidden(database=core.database, effects=core.effects).show,
        live_events=Listening(core.database, EVENTS).of,
        scopes=core.settings.fanvue_scopes,
        refusals=(ReplyRefused, NotNow, CannotTell, CannotBrowse, ProposalRefused),
    )


def _facts(core: Core, opener: Threads, found: SecondSource) -> Facts:
    return Facts(
        database=core.database,
        sealer=core.keyring,
        dispatch=core.dispatch,
        inbound=Inbound(
            effects=core.effects, opener=opener, announce=announce, clock=core.clock, late=core.waits.late
        ),
        read=understand,
        clock=core.clock,
        ids=core.effects.ids,
        catching_up=found.catching_up,
        recall=found.recall,
        vocabulary=VOCABULARY,
    )


def _deliveries(core: Core, bot: BridgeBot, side: second.FanvueSide, opener: Threads) -> Deliveries:
    discord: BoardPort = core.points.around("discord", bot.discord)
    own = core.desk.deeds(discord, PrivateMessages(bot.direct, discord))
    parts = Parts(
        database=core.database,
        discord=discord,
        fanvue=side.chats,
        effects=core.effects,
        opener=opener,
        commands=core.commands,
        dispatch=core.dispatch,
        clock=core.clock,
        waits=core.waits,
    )
    table = {**deeds(parts), **own, **side.deeds(discord)}
    return Deliveries(
        database=core.database,
        effects=core.effects,
        deeds=core.points.around_each("deed", table),
        clock=core.clock,
        waits=core.waits,
        rng=core.rng,
        watch=_watch(core),
        hint=core.dispatch.hint,
    )


def _watch(core: Core) -> Callable[[Effect, str], None]:
    def watch(effect: Effect, how: str) -> None:
        core.metrics.effect(effect.kind, how)
        if (effect.kind, how) == ("post", "done"):
            core.metrics.relayed((core.clock.now() - effect.created_at) / 1000)
        core.metrics.streams_waiting(core.dispatch.waiting)
        core.desk.noticed(effect, how)

    return watch


def _web(
    core: Core,
    linking: Linking,
    webhooks: Webhooks,
    discord: Mapping[str, Probe],
    found: SecondSource,
) -> WebServer:
    settings = core.settings

    async def accepted() -> str | None:
        return None if core.restored is None else keeping.PAUSED

    health = Health(
        alive={"tasks": core.supervisor.alive},
        ready={
            "database": writable(core.database),
            "disk": roomy(settings.state_folder(), least=LITTLE if core.apart else LEAST),
            "restored": accepted,
            "tasks": core.supervisor.ready,
            "another": core.desk.strangers.probe,
            **discord,
        },
        degraded={"live events": found.silence.degraded, **core.desk.probes()},
        figures=lambda: (core.metrics.text(), core.metrics.content_type),
    )
    return WebServer(
        listen=settings.listen,
        admin_listen=settings.admin_listen,
        webhooks=webhooks,
        linkpages=LinkPages(
            linking,
            public_url=settings.public_url,
            fanvue_redirect_uri=settings.fanvue_redirect_uri,
            sign_in_urls=(settings.discord_authorize_url, f"{settings.fanvue_auth_url}/oauth2/auth"),
            random=os.urandom,
        ),
        health=health,
    )
