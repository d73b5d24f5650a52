"""Accounts and web, put together as in production, between both stand-ins."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp

from bot.access.permits import Actor
from bot.access.policy import Action
from bot.discord.sign_in import DiscordSignIn
from bot.engine.derived_ids import DerivedIds
from bot.engine.dispatch import InProcessDriver
from bot.engine.guild_routing import ALONE
from bot.engine.in_flight import ALONE as NOBODY_ELSE
from bot.engine.outbox import Effects
from bot.fanvue.budget import RequestBudget
from bot.fanvue.client import FanvueClient
from bot.fanvue.discovery import SignInDiscovery
from bot.fanvue.oauth import FanvueOAuth
from bot.fanvue.transport import open_http
from bot.features.people.accounts.ports import AccountLinkContext, LinkSettings
from bot.features.people.accounts.renewal import TokenRenewal
from bot.features.people.accounts.revocation import TokenRevocation
from bot.features.people.accounts.service import AccountLinkService
from bot.features.people.accounts.tokens import AccountTokens
from bot.features.people.accounts.unlink_service import EndedLink
from bot.model.events import NotUnderstood, Understood
from bot.sandbox.discord.server import DiscordServer
from bot.sandbox.fanvue.records import AccountRecord
from bot.sandbox.fanvue.server import FanvueServer
from bot.web.health import HealthPages
from bot.web.link_pages import DISCORD_CALLBACK, LinkPages
from bot.web.server import ListenerOptions, WebServer
from bot.web.webhooks import WebhookReceiver
from storage.database import Database
from storage.engine.connect import open_database
from storage.engine.outbox import effect_of
from storage.people import creators
from storage.records import CreatorId, DiscordId
from tests.audit_log_fixtures import begun, trail_of
from tests.confirmations import linked, yes_to
from tests.database_place import database_in
from tests.fanvue.peer_stand_in import anywhere
from tests.features.people.accounts.accounts_fixtures import CountedIds, SetClock, a_keyring, seeded
from tests.features.people.accounts.browser_stand_in import PUBLIC, BrowserStandIn

SCOPES = ("openid", "offline_access", "offline", "read:self", "read:chat", "write:chat", "read:fan")
NEEDED = frozenset({"read:self", "read:chat", "write:chat", "offline_access"})
FANVUE_CALLBACK = PUBLIC + "/oauth/fanvue/callback"
WEBHOOK_SECRET = "whsec_of_the_studio"
APPLICATION = 1_000_000_000_000_000_001
COMMAND = "command-of-the-link-22"


@dataclass
class AccountStage:
    """Everything a test may want to look at."""

    clock: SetClock
    database: Database
    fanvue: FanvueServer
    discord: DiscordServer
    ids: dict[str, int]
    effects: Effects
    means: AccountLinkContext
    linking: AccountLinkService
    tokens: AccountTokens
    web: WebServer
    client: FanvueClient
    session: aiohttp.ClientSession
    creator: AccountRecord
    kept: list[tuple[bytes, Understood | NotUnderstood]]

    @property
    def creator_id(self) -> CreatorId:
        """Mara's Fanvue uuid."""
        return CreatorId(self.creator.uuid)

    def browser(self) -> BrowserStandIn:
        """Somebody's fresh browser."""
        return BrowserStandIn(self.session, self.web.port)

    def user(self, name: str) -> DiscordId:
        """One of olivia, maya, victor."""
        return DiscordId(self.ids[name])

    async def begin(self, name: str = "olivia", command: str = COMMAND) -> str:
        """What `/link` gives this person."""
        return await self.linking.begin(
            self.user(name), name, DiscordId(self.ids["guild"]), "Studio <Night>", command
        )

    async def rows(self, table: str) -> list[dict[str, Any]]:
        """A whole table."""
        sql = f"SELECT * FROM {table}"  # noqa: S608 - a table name written in a test
        return [dict(row) for row in await self.database.read(lambda tx: tx.all(sql))]

    async def asked(self) -> list[dict[str, Any]]:
        """The bodies of everything that waits to be shown in Discord."""
        rows = await self.database.read(_outbox)
        return [self.effects.body(row) for row in rows]

    async def pending(self) -> str:
        """The id of the one question that is open."""
        (row,) = [row for row in await self.rows("pending_links") if row["state"] == "open"]
        return str(row["id"])

    async def nothing_is_kept(self) -> bool:
        """No link, no token in any table, and Fanvue was told to forget whatever it had issued."""
        await self.linking.tidy()
        kept = [row for row in await self.rows("pending_links") if row["tokens_ct"] is not None]
        owed = [row for row in await self.rows("revocations") if row["refresh_ct"] is not None]
        links = [row for row in await self.rows("links") if row["state"] != "closed"]
        issued = {entry["chain"] for entry in self.fanvue.ledger.of("token.issued")}
        revoked = {entry["chain"] for entry in self.fanvue.ledger.of("token.revoked")}
        return not kept and not owed and not links and not await self.rows("tokens") and issued <= revoked

    async def linked(self, name: str = "olivia", account: AccountRecord | None = None) -> None:
        """A link, made the whole way."""
        chosen = account or self.creator
        await self.browser().walk(await self.begin(name), self.user(name), chosen.uuid)
        await self.linking.answer(linked(await self.pending(), self.user(name)))

    async def unlink(
        self, creator: CreatorId, user: DiscordId, linking: AccountLinkService | None = None
    ) -> EndedLink | None:
        """Somebody is asked whether a creator's link is to end, and says yes."""
        linking, by = linking or self.linking, Actor(user, None)
        link = await self.database.read(lambda tx: creators.open_link(tx, creator))
        ref = await linking.ask_end(link, by) if link is not None else "no such question"
        return await linking.unlink(yes_to(Action.UNLINK, ref, by, creator))


async def _outbox(tx: Any) -> list[Any]:
    return [effect_of(row) for row in await tx.all("SELECT * FROM outbox ORDER BY created_at, stream, seq")]


@asynccontextmanager
async def open_studio(folder: Path, *, extra: tuple[str, ...] = ()) -> AsyncIterator[AccountStage]:
    """Start everything, and stop it in the right order. `extra`: scopes asked for beside the others."""
    clock = SetClock()
    async with AsyncExitStack() as stack:
        fanvue = await stack.enter_async_context(FanvueServer(now=clock.utc, rng=seeded()))
        discord = await stack.enter_async_context(DiscordServer(clock=clock.utc, seed=1))
        ids = _furnish(discord)
        fanvue.world.add_app("app", "app-secret", [FANVUE_CALLBACK], webhook_secret=WEBHOOK_SECRET)
        creator = fanvue.world.add_creator("mara", "Mara *Vale*")
        database = await open_database(database_in(folder), now=clock.now())
        stack.push_async_callback(database.close)
        http = await stack.enter_async_context(open_http(resolver=anywhere()))
        session = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
        await begun(database)
        means, tokens, client = _parts(clock, database, fanvue, discord, http, session)
        means = replace(means, settings=replace(means.settings, extra=extra))
        linking = AccountLinkService(means)
        stack.push_async_callback(tokens.close)
        kept: list[tuple[bytes, Understood | NotUnderstood]] = []
        web = await stack.enter_async_context(_web(linking, means, fanvue, discord, kept))
        yield AccountStage(
            clock=clock,
            database=database,
            fanvue=fanvue,
            discord=discord,
            ids=ids,
            effects=means.effects,
            means=means,
            linking=linking,
            tokens=tokens,
            web=web,
            client=client,
            session=session,
            creator=creator,
            kept=kept,
        )


def _furnish(discord: DiscordServer) -> dict[str, int]:
    world = discord.world
    world.add_application(APPLICATION, "bot-token", "discord-secret", [PUBLIC + DISCORD_CALLBACK])
    people = {name: world.add_user(name) for name in ("olivia", "maya", "victor")}
    guild = world.add_guild("Studio", people["olivia"])
    return {"guild": guild.id} | {name: user.id for name, user in people.items()}


def _parts(
    clock: SetClock,
    database: Database,
    fanvue: FanvueServer,
    discord: DiscordServer,
    http: Any,
    session: aiohttp.ClientSession,
) -> tuple[AccountLinkContext, AccountTokens, FanvueClient]:
    ids, sealer, dispatch = CountedIds(), a_keyring(), InProcessDriver(clock=clock)
    trail, derived = trail_of(sealer, clock, ids), DerivedIds(b"secret")
    effects = Effects(sealer=sealer, dispatch=dispatch, clock=clock, ids=derived, trail=trail)
    oauth = FanvueOAuth(
        http,
        auth_url=fanvue.auth_url,
        client_id="app",
        client_secret="app-secret",
        redirect_uri=FANVUE_CALLBACK,
    )
    revoking = TokenRevocation(database=database, sealer=sealer, clock=clock, ids=ids, authority=oauth)
    renewing = TokenRenewal(
        database=database,
        sealer=sealer,
        clock=clock,
        ids=ids,
        authority=oauth,
        revoking=revoking,
        effects=effects,
        crew=NOBODY_ELSE,
    )
    tokens = AccountTokens(database=database, clock=clock, renewing=renewing)
    client = FanvueClient(http, api_url=fanvue.url, tokens=tokens, budget=RequestBudget(clock=clock))
    means = AccountLinkContext(
        database=database,
        sealer=sealer,
        effects=effects,
        dispatch=dispatch,
        clock=clock,
        ids=ids,
        random=seeded(2).randbytes,
        authority=oauth,
        discord=_sign_in(discord, session),
        who_am_i=client.whoami,
        revoking=revoking,
        promises_issuer=SignInDiscovery(http, auth_url=fanvue.auth_url, clock=clock).promises_issuer,
        settings=LinkSettings(public_url=PUBLIC, scopes=SCOPES, needed=NEEDED, issuer=fanvue.auth_url),
        serving=ALONE,
    )
    return means, tokens, client


def _sign_in(discord: DiscordServer, session: aiohttp.ClientSession) -> DiscordSignIn:
    return DiscordSignIn(
        session,
        client_id=str(APPLICATION),
        client_secret="discord-secret",
        redirect_uri=PUBLIC + DISCORD_CALLBACK,
        authorize_url=discord.authorize_url,
        api_url=discord.api_url,
    )


def _web(
    linking: AccountLinkService,
    means: AccountLinkContext,
    fanvue: FanvueServer,
    discord: DiscordServer,
    kept: list[tuple[bytes, Understood | NotUnderstood]],
) -> WebServer:
    async def keep(raw: bytes, understood: Understood | NotUnderstood) -> bool:
        fresh = raw not in [body for body, _ in kept]
        kept.append((raw, understood))
        return fresh

    pages = LinkPages(
        linking,
        public_url=PUBLIC,
        fanvue_redirect_uri=FANVUE_CALLBACK,
        sign_in_urls=[discord.authorize_url, fanvue.auth_url],
        random=seeded(3).randbytes,
    )
    return WebServer(
        listen=("127.0.0.1", 0),
        admin_listen=("127.0.0.1", 0),
        webhooks=WebhookReceiver(secrets=lambda: [WEBHOOK_SECRET], keep=keep, clock=means.clock),
        linkpages=pages,
        health=HealthPages(alive={}, ready={}),
        manner=ListenerOptions(shutdown_seconds=0.2),
    )
