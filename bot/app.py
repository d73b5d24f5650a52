"""Builds the whole program once, runs it, and closes it in reverse."""

import logging
import os
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import aiohttp

from bot.accounts.errors import NotNow
from bot.accounts.keyring import Key, Keyring
from bot.accounts.linking import Linking
from bot.accounts.ports import LinkSettings, Means
from bot.accounts.renewing import Renewing
from bot.accounts.revoking import Revoking
from bot.accounts.tokens import Tokens
from bot.alerts.wording import announce
from bot.config import Settings
from bot.fanvue.budget import Budget
from bot.fanvue.chats import Chats
from bot.fanvue.client import Fanvue
from bot.fanvue.oauth import OAuth
from bot.fanvue.payloads import understand
from bot.fanvue.transport import open_http
from bot.guild.client import BridgeBot, point_at
from bot.guild.gateway import Gateway, GatewayWatch
from bot.guild.identify import budget_in_file
from bot.guild.signin import DiscordSignIn
from bot.guild.uses import Uses
from bot.metrics import Metrics
from bot.relay.clock import SystemClock, SystemIds
from bot.relay.commands import Commands
from bot.relay.compose import ReplyRefused
from bot.relay.delivery import Deliveries
from bot.relay.dispatch import InProcess
from bot.relay.effects import Effects
from bot.relay.facts import Facts
from bot.relay.inbound import Inbound
from bot.relay.kinds import Parts, deeds
from bot.relay.opening import Threads
from bot.relay.places import Places
from bot.relay.ports import DiscordPort, FanvuePort
from bot.relay.replies import Replies
from bot.relay.retry import Waits
from bot.web.health import Health
from bot.web.linkpages import LinkPages
from bot.web.server import WebServer
from bot.web.webhooks import Webhooks
from storage import instance
from storage.connect import open_database, sqlite_path
from storage.database import Database, Transaction
from storage.errors import StorageError
from storage.records import DiscordId, Effect

log = logging.getLogger(__name__)


@dataclass
class Core:
    """What nearly every part is built with."""

    settings: Settings
    database: Database
    keyring: Keyring
    clock: SystemClock
    ids: SystemIds
    dispatch: InProcess
    effects: Effects
    commands: Commands
    waits: Waits
    metrics: Metrics
    rng: random.Random


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


@asynccontextmanager
async def built(settings: Settings) -> AsyncIterator[Bridge]:
    """Everything, wired; closed in reverse order on the way out."""
    async with AsyncExitStack() as stack:
        core = await _core(settings, stack)
        http = await stack.enter_async_context(open_http())
        session = await stack.enter_async_context(
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), trust_env=False)
        )
        oauth = OAuth(
            http,
            auth_url=settings.fanvue_auth_url,
            client_id=settings.fanvue_client_id,
            client_secret=settings.fanvue_client_secret.get_secret_value(),
            redirect_uri=settings.fanvue_redirect_uri,
        )
        revoking = Revoking(
            database=core.database, sealer=core.keyring, clock=core.clock, ids=core.ids, authority=oauth
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
        )
        stack.push_async_callback(tokens.close)
        fanvue = Fanvue(
            http,
            api_url=settings.fanvue_api_url,
            tokens=tokens,
            budget=Budget(clock=core.clock),
            prefix=settings.fanvue_api_prefix,
            version=settings.fanvue_api_version,
        )
        linking = Linking(_means(core, oauth, revoking, fanvue, _sign_in(settings, session)))
        yield await _assemble(core, stack, tokens, linking, Chats(fanvue, linking.identity))


async def _core(settings: Settings, stack: AsyncExitStack) -> Core:
    clock, ids = SystemClock(), SystemIds()
    keyring = Keyring([Key(key.id, key.secret.get_secret_value()) for key in settings.encryption_keys])
    database = await open_database(settings.database_url, now=clock.now())
    stack.push_async_callback(database.close)
    await _check_keys(database, keyring, clock, ids)
    dispatch = InProcess(clock=clock)
    effects = Effects(sealer=keyring, dispatch=dispatch, clock=clock, ids=ids)
    waits = settings.waits()
    return Core(
        settings=settings,
        database=database,
        keyring=keyring,
        clock=clock,
        ids=ids,
        dispatch=dispatch,
        effects=effects,
        commands=Commands(database=database, sealer=keyring, effects=effects, clock=clock, ids=ids),
        waits=Waits(
            settle=tuple(_millis(step) for step in waits.settle),
            nonce=_millis(waits.nonce_window),
            backoff_max=_millis(waits.backoff_max),
            paused=_millis(900 / settings.window_divisor),
            fetch=_millis(30 / settings.window_divisor),
            echo=_millis(waits.hold),
            answer=_millis(840 / settings.window_divisor),
        ),
        metrics=Metrics(),
        rng=random.SystemRandom(),
    )


async def _check_keys(database: Database, keyring: Keyring, clock: SystemClock, ids: SystemIds) -> None:
    async def work(tx: Transaction) -> bytes | None:
        await instance.begin(tx, epoch=ids.new(), canary=keyring.canary(), now=clock.now())
        return await instance.canary(tx)

    canary = await database.write(work)
    if canary is not None:
        keyring.check(canary)


def _sign_in(settings: Settings, session: aiohttp.ClientSession) -> DiscordSignIn:
    return DiscordSignIn(
        session,
        client_id=str(settings.discord_application_id),
        client_secret=settings.discord_client_secret.get_secret_value(),
        redirect_uri=settings.discord_redirect_uri,
        authorize_url=settings.discord_authorize_url,
        api_url=settings.discord_api_url,
    )


def _means(core: Core, oauth: OAuth, revoking: Revoking, fanvue: Fanvue, sign_in: DiscordSignIn) -> Means:
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
            needed=frozenset({"read:self", "read:chat", "write:chat"}),
            issuer=settings.fanvue_auth_url,
        ),
    )


async def _assemble(
    core: Core, stack: AsyncExitStack, tokens: Tokens, linking: Linking, chats: FanvuePort
) -> Bridge:
    settings = core.settings
    point_at(settings.discord_api_url, settings.discord_gateway_url)
    state = GatewayWatch(core.metrics.gateway)
    folder = sqlite_path(settings.database_url).parent
    budget = budget_in_file(folder / "identify.json", clock=core.clock)
    bot = await stack.enter_async_context(
        BridgeBot(
            uses=_uses(core, linking),
            application_id=DiscordId(settings.discord_application_id),
            budget=budget,
            report=state.report,
        )
    )
    gateway = Gateway(
        client=bot,
        token=settings.discord_token.get_secret_value(),
        budget=budget,
        report=state.report,
        rng=core.rng,
    )
    opener = Threads(effects=core.effects, ids=core.ids)
    facts = _facts(core, opener)
    return Bridge(
        core=core,
        facts=facts,
        deliveries=_deliveries(core, bot.discord, chats, opener),
        tokens=tokens,
        linking=linking,
        bot=bot,
        gateway=gateway,
        web=_web(core, facts, linking, state),
    )


def _uses(core: Core, linking: Linking) -> Uses:
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
        commands=core.commands,
        replies=replies,
        linking=linking,
        places=places,
        chat_of=places.chat_of,
        scopes=core.settings.fanvue_scopes,
        refusals=(ReplyRefused, NotNow),
    )


def _facts(core: Core, opener: Threads) -> Facts:
    return Facts(
        database=core.database,
        sealer=core.keyring,
        dispatch=core.dispatch,
        inbound=Inbound(effects=core.effects, opener=opener, announce=announce, clock=core.clock),
        read=understand,
        clock=core.clock,
        ids=core.ids,
    )


def _deliveries(core: Core, discord: DiscordPort, fanvue: FanvuePort, opener: Threads) -> Deliveries:
    parts = Parts(
        database=core.database,
        discord=discord,
        fanvue=fanvue,
        effects=core.effects,
        opener=opener,
        commands=core.commands,
        dispatch=core.dispatch,
        clock=core.clock,
        waits=core.waits,
    )
    return Deliveries(
        database=core.database,
        effects=core.effects,
        deeds=deeds(parts),
        clock=core.clock,
        waits=core.waits,
        rng=core.rng,
        watch=_watch(core),
    )


def _watch(core: Core) -> Callable[[Effect, str], None]:
    def watch(effect: Effect, how: str) -> None:
        core.metrics.effect(effect.kind, how)
        core.metrics.streams_waiting(core.dispatch.waiting)

    return watch


def _web(core: Core, facts: Facts, linking: Linking, state: GatewayWatch) -> WebServer:
    settings = core.settings

    async def writable() -> str | None:
        try:
            await core.database.write(_nothing)
        except StorageError as error:
            return f"the database cannot be written: {type(error).__name__}"
        return None

    health = Health(
        alive={"loop": _alive},
        ready={"database": writable, "discord": state.probe},
        figures=lambda: (core.metrics.text(), core.metrics.content_type),
    )
    return WebServer(
        listen=settings.listen,
        admin_listen=settings.admin_listen,
        webhooks=Webhooks(
            secrets=[secret.get_secret_value() for secret in settings.fanvue_webhook_secrets],
            keep=facts.keep,
            clock=core.clock,
            count=core.metrics.webhook,
        ),
        linkpages=LinkPages(
            linking,
            public_url=settings.public_url,
            fanvue_redirect_uri=settings.fanvue_redirect_uri,
            sign_in_urls=(settings.discord_authorize_url, f"{settings.fanvue_auth_url}/oauth2/auth"),
            random=os.urandom,
        ),
        health=health,
    )


async def _nothing(tx: Transaction) -> None:
    await tx.execute("UPDATE instance SET epoch = epoch WHERE one = 1")


async def _alive() -> str | None:
    return None  # that this is answered is the proof: the event loop turns


def _millis(seconds: float) -> int:
    return max(int(seconds * 1000), 1)
