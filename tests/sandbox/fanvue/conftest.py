"""A Fanvue on a socket, a clock to turn, a receiver for webhooks, and a client."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from aiohttp import web
from httpx_aiohttp import HttpxAiohttpClient

from bot.sandbox.fanvue import DEFAULT_SCOPES, FanvueServer, StandInFan
from bot.sandbox.fanvue.records import AccountRecord

CLIENT_ID = "app-1"
CLIENT_SECRET = "secret-1"
REDIRECT_URI = "http://127.0.0.1:9/callback?from=fanvue"
WEBHOOK_SECRET = "whsec_app_wide"
VERSION = {"X-Fanvue-API-Version": "2025-06-26"}


class FanvueTestClock:
    """Time that moves only when a test says so."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@dataclass
class WebhookReceiverStandIn:
    """Somebody's webhook address: keeps what arrives and answers as told."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    arrived: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    get_status: int = 200
    hang_next: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        if request.method == "GET":
            return web.Response(status=self.get_status)
        self.arrived.append((dict(request.headers), await request.read()))
        if self.hang_next > 0:
            self.hang_next -= 1
            await self.released.wait()
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.arrived]

    @property
    def types(self) -> list[str]:
        return [event["type"] for event in self.events]


@dataclass
class FanvueStage:
    """One running Fanvue with one app, one creator, one fan, and a client with her token."""

    server: FanvueServer
    clock: FanvueTestClock
    receiver: WebhookReceiverStandIn
    creator: AccountRecord
    fan: StandInFan
    client: HttpxAiohttpClient

    async def call(self, method: str, path: str, body: object | None = None, **how: Any) -> httpx.Response:
        return await self.client.request(method, path, json=body, **how)

    def token(self, account: AccountRecord, scopes: tuple[str, ...] = DEFAULT_SCOPES) -> dict[str, str]:
        """A header with a fresh token of this account."""
        return {"Authorization": f"Bearer {self.server.world.grant(account, scopes=scopes).access_token}"}

    async def settled(self) -> None:
        """Every webhook has arrived or was given up."""
        await self.server.world.until(lambda: self.server.webhooks.idle)


@pytest.fixture
def clock() -> FanvueTestClock:
    return FanvueTestClock()


@pytest.fixture
async def receiver() -> AsyncIterator[WebhookReceiverStandIn]:
    mailbox = WebhookReceiverStandIn()
    app = web.Application()
    app.router.add_route("*", "/hook", mailbox.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    mailbox.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield mailbox
    mailbox.released.set()
    await runner.cleanup()


@pytest.fixture
async def stage(clock: FanvueTestClock, receiver: WebhookReceiverStandIn) -> AsyncIterator[FanvueStage]:
    chance = random.Random(7)  # noqa: S311 - a test repeats itself with the same ids
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(FanvueServer(now=clock, rng=chance))
        server.switches.webhook_retry_seconds = (0.0, 0.0, 0.0)
        world = server.world
        world.add_app(
            CLIENT_ID,
            CLIENT_SECRET,
            [REDIRECT_URI],
            webhook_url=receiver.url,
            webhook_secret=WEBHOOK_SECRET,
        )
        creator = world.add_creator("example-creator", "Example Creator")
        fan = world.add_fan("quiet-otter", "Quiet Otter", creator)
        token = world.grant(creator).access_token
        headers = {**VERSION, "Authorization": f"Bearer {token}"}
        client = HttpxAiohttpClient(base_url=server.url, headers=headers)
        await stack.enter_async_context(client)
        yield FanvueStage(server, clock, receiver, creator, fan, client)
        # With the contract folder present, no test may make the stand-in answer outside of it.
        assert [one for one in server.contract_errors if one.direction != "request"] == []


def refused(answer: httpx.Response) -> tuple[int, Any]:
    """Status and body, for one comparison."""
    return answer.status_code, answer.json()
