"""The page on a whole stage, somebody who looks at it, and somebody who clicks."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest_asyncio

from bot.sandbox import patience
from bot.sandbox.page.launcher import invite_outsider
from bot.sandbox.page.live_updates import ChangeBell
from bot.sandbox.page.server import served
from bot.sandbox.page.story import EveningStory
from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import DemoStage, staged
from tests.warm_bridge import WarmProgram

PATIENCE = patience.SECONDS
Json = dict[str, Any]


class DemoPageScenario:
    """The demo as somebody has it open: its stage, its story, its address."""

    def __init__(self, stage: DemoStage, story: EveningStory, url: str, http: aiohttp.ClientSession) -> None:
        """`http`: a client without cookies; it sends what a browser on this page would send."""
        self.stage, self.story, self.url, self._http = stage, story, url, http
        self.luna = str(stage.owner.user.id)
        self.mara = str(stage.members["mara"].user.id)
        members = stage.guild.members.values()
        self.nina = next(str(member.user.id) for member in members if member.user.name == "nina")

    async def post(self, path: str, body: object, **headers: str) -> tuple[int, Json]:
        """One click: the status and what came back."""
        sent = {"Origin": self.url.rstrip("/"), **headers}
        async with self._http.post(self.url + path, json=body, headers=sent) as answer:
            kind = answer.content_type
            return answer.status, await answer.json() if kind == "application/json" else {}

    async def get(self, path: str = "", **headers: str) -> tuple[int, str, dict[str, str]]:
        """One file: status, text and headers."""
        async with self._http.get(self.url + path, headers=headers) as answer:
            return answer.status, await answer.text(), dict(answer.headers)

    async def sees(self, true: Callable[[Json], object], **who: str) -> Json:
        """The first view in which something is true; `who`: as, channel, fan."""
        view: Json = {}
        async with asyncio.timeout(PATIENCE), self._http.get(self.url + "events", params=who) as stream:
            async for line in stream.content:
                if line.startswith(b"data: "):
                    view |= json.loads(line[6:])
                    if true(view):
                        return view
        raise AssertionError("the stream ended")

    def forum(self) -> str:
        """The id of the creator's forum."""
        channels = [self.stage.discord.world.channels[number] for number in self.stage.guild.channel_ids]
        return next(str(channel.id) for channel in channels if channel.name.endswith("-fans"))

    def fan(self, handle: str) -> str:
        """A fan's id."""
        return self.stage.fans[handle].uuid


@asynccontextmanager
async def opened(folder: Path, *, pace: float = 0.0, grace: float = 0.0) -> AsyncIterator[DemoPageScenario]:
    """The demo with its page, nothing set up yet."""
    async with staged(folder, WarmProgram, speed=2.0, seed=7, SWEEP_SECONDS="8") as stage:
        invite_outsider(stage)
        bell = ChangeBell()
        story = EveningStory(stage, bell.ring, pace=pace, grace=grace)
        async with served(stage, story, bell) as url, aiohttp.ClientSession() as http:
            yield DemoPageScenario(stage, story, url, http)
        assert stage.discord.contract_errors == []
        assert stage.discord.ledger.of("mentions_allowed") == []
        assert stage.fanvue.contract_errors == []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: Any) -> AsyncIterator[DemoPageScenario]:
    """Luna has set up her server and linked her account; one stage for all tests of a module."""
    async with opened(tmp_path_factory.mktemp("house")) as made:
        await EveningPlay(made.stage, lambda _seconds: asyncio.sleep(0), lambda _line: None).open_house()
        yield made
