"""A pool, a peer, a clock and a client that has a token."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from bot.fanvue.budget import RequestBudget, RequestLane
from bot.fanvue.client import FanvueClient, IdentityApi
from bot.fanvue.transport import open_http
from bot.sandbox import patience
from storage.records import LinkId, Millis
from tests.fanvue.fanvue_scenario import LINK, FanvueScenario, evening_on
from tests.fanvue.peer_stand_in import PeerStandIn, anywhere


@dataclass
class ManualClock:
    """Time that moves only when a test says so."""

    time: Millis = 1_795_521_600_000

    def now(self) -> Millis:
        return self.time

    def forward(self, millis: Millis) -> None:
        self.time += millis


@dataclass
class CountingTokenSource:
    """A token source that counts: one good token, and a fresh one after each refusal."""

    tokens: list[str] = field(default_factory=lambda: ["first", "second", "third"])
    refused: list[str] = field(default_factory=list)

    async def current(self, link: LinkId) -> str:
        assert link == LINK
        return self.tokens[len(self.refused)]

    async def refreshed(self, link: LinkId, rejected: str) -> str:
        self.refused.append(rejected)
        return await self.current(link)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def purse() -> CountingTokenSource:
    return CountingTokenSource()


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with open_http(resolver=anywhere()) as client:
        yield client


@pytest.fixture
async def far() -> AsyncIterator[PeerStandIn]:
    async with PeerStandIn() as side:
        yield side


@pytest.fixture
def fanvue(
    http: httpx.AsyncClient, far: PeerStandIn, clock: ManualClock, purse: CountingTokenSource
) -> FanvueClient:
    return FanvueClient(
        http, api_url=far.url, tokens=purse, budget=RequestBudget(clock=clock), total=patience.SECONDS
    )


@pytest.fixture
def api(fanvue: FanvueClient) -> IdentityApi:
    return fanvue.acting(LINK, lane=RequestLane.REPLY)


@pytest.fixture
def contracts() -> Path:
    """The folder with the contracts; without it the test is skipped."""
    folder = os.environ.get("CONTRACTS_DIR")
    if not folder:
        pytest.skip("CONTRACTS_DIR names no contract folder")
    return Path(folder) / "fanvue"


@pytest.fixture(params=["/v1", ""], ids=["v1", "unversioned"])
async def evening(request: pytest.FixtureRequest, http: httpx.AsyncClient) -> AsyncIterator[FanvueScenario]:
    async with evening_on(http, prefix=request.param) as running:
        yield running
