"""A creator with a fan on a running stand-in, and a client on her behalf."""

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import httpx

from bot.engine.clock import SystemClock
from bot.fanvue.budget import RequestBudget, RequestLane
from bot.fanvue.chats import FanvueChatAdapter
from bot.fanvue.client import FanvueClient, IdentityApi
from bot.fanvue.oauth import FanvueOAuth
from bot.model.acting_account import CallAccount
from bot.sandbox import patience
from bot.sandbox.fanvue import FanvueServer, StandInFan
from bot.sandbox.fanvue.faults import Sleep
from bot.sandbox.fanvue.records import AccountRecord
from bot.sandbox.fanvue.server import utc_now
from storage.records import CreatorId, FanId, LinkId

LINK = LinkId("link-1")
CLIENT_ID, CLIENT_SECRET, REDIRECT = "app-1", "secret-1", "http://127.0.0.1:9/callback"


class ListedTokenSource:
    """A token source with a list of tokens; each refusal brings the next, the last one stays."""

    def __init__(self, *tokens: str) -> None:
        self.tokens = list(tokens)

    async def current(self, link: LinkId) -> str:
        assert link == LINK
        return self.tokens[0]

    async def refreshed(self, link: LinkId, rejected: str) -> str:
        assert (link, rejected) == (LINK, self.tokens[0])
        if len(self.tokens) > 1:
            self.tokens.pop(0)
        return self.tokens[0]


@dataclass
class FanvueScenario:
    """What a test needs of one."""

    server: FanvueServer
    http: httpx.AsyncClient
    account: AccountRecord
    fan: StandInFan
    fanvue: FanvueClient

    @property
    def fan_id(self) -> FanId:
        return FanId(self.fan.uuid)

    @property
    def creator(self) -> CreatorId:
        return CreatorId(self.account.uuid)

    def acting(self, lane: RequestLane = RequestLane.REPLY, creator: CreatorId | None = None) -> IdentityApi:
        return self.fanvue.acting(LINK, lane=lane, creator=creator)

    def holds(self, *tokens: str) -> None:
        self.fanvue.tokens = ListedTokenSource(*tokens)

    def port(self) -> FanvueChatAdapter:
        async def identity(creator: CreatorId) -> CallAccount:
            assert creator == self.creator
            return CallAccount(LINK)

        return FanvueChatAdapter(self.fanvue, identity, SystemClock())

    def sign_in(self) -> FanvueOAuth:
        return FanvueOAuth(
            self.http,
            auth_url=self.server.auth_url,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            redirect_uri=REDIRECT,
        )


class ManualPauses:
    """The stand-in's pauses: each is over when a test says so, whatever a clock says."""

    def __init__(self) -> None:
        self._begun: defaultdict[float, asyncio.Event] = defaultdict(asyncio.Event)
        self._over: defaultdict[float, asyncio.Event] = defaultdict(asyncio.Event)

    async def __call__(self, seconds: float) -> None:
        self._begun[seconds].set()
        await self._over[seconds].wait()

    async def begun(self, seconds: float) -> None:
        """Return once somebody is in a pause of this length."""
        async with asyncio.timeout(60):
            await self._begun[seconds].wait()

    def end(self, seconds: float) -> None:
        """Those of this length are over."""
        self._over[seconds].set()


@asynccontextmanager
async def evening_on(
    http: httpx.AsyncClient,
    *,
    prefix: str,
    now: Callable[[], datetime] = utc_now,
    sleep: Sleep = asyncio.sleep,
) -> AsyncIterator[FanvueScenario]:
    """Start a stand-in with one creator, whose one fan has an open chat. `now` is Fanvue's clock."""
    ids = random.Random(7)  # noqa: S311 - ids of a stand-in
    async with FanvueServer(now=now, rng=ids, sleep=sleep) as server:
        server.world.add_app(CLIENT_ID, CLIENT_SECRET, [REDIRECT])
        account = server.world.add_creator("luna", "Luna")
        fan = server.world.add_fan("otter", "Quiet Otter", account)
        tokens = ListedTokenSource(server.world.grant(account).access_token)
        fanvue = FanvueClient(
            http,
            api_url=server.url,
            tokens=tokens,
            budget=RequestBudget(clock=SystemClock()),
            prefix=prefix,
            total=patience.SECONDS,
        )
        evening = FanvueScenario(server, http, account, fan, fanvue)
        await evening.acting().chats.open(evening.fan_id)
        yield evening
        assert server.contract_errors == []
