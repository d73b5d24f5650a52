"""A Discord stand-in, its small world, and a real discord.py bot that talks to it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.sandbox.discord import DiscordServer, furnish
from bot.sandbox.discord.model import StandInChannel, StandInGuild
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.discord.standalone import APPLICATION_ID, TOKEN


class DiscordTestClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        """It starts on an ordinary day."""
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        """What time it is."""
        return self.now

    def advance(self, **how: float) -> None:
        """Move it; the arguments are those of timedelta."""
        self.now += timedelta(**how)


class PlainDiscordApi:
    """The API as a bot without a library uses it; answers with status and JSON."""

    def __init__(self, server: DiscordServer, session: aiohttp.ClientSession, *, lobby: int = 0) -> None:
        """Requests are signed with the bot's token."""
        self.server, self.lobby = server, lobby
        self._session = session

    async def __call__(self, method: str, path: str, body: Any = None, **more: Any) -> tuple[int, Any]:
        """One request; the body goes as JSON."""
        headers = {"Authorization": f"Bot {TOKEN}"}
        if body is not None:
            more["json"] = body
        url = self.server.api_url + path
        async with self._session.request(method, url, headers=headers, **more) as answer:
            return answer.status, None if answer.status == 204 else await answer.json()


@dataclass
class FurnishedDiscord:
    """The furnished world, with names for what is in it."""

    server: DiscordServer
    guild: StandInGuild
    lobby: StandInChannel
    ids: dict[str, int]

    def person(self, name: str) -> DiscordPerson:
        """One of olivia (owner), maya and noah (team), victor (outsider)."""
        return self.server.person(self.ids[name])


@pytest.fixture
async def studio() -> AsyncIterator[FurnishedDiscord]:
    """A running stand-in whose every request and answer was known to the contract, where there is one."""
    async with DiscordServer(seed=7) as server:
        ids = furnish(server.world)
        yield FurnishedDiscord(
            server, server.world.guilds[ids["guild"]], server.world.channels[ids["lobby"]], ids
        )
        assert [error for error in server.contract_errors if error.side == "answer"] == []


class SandboxDiscordClient(discord.Client):
    """An unmodified discord.py client with a command tree; READY does not wait two seconds."""

    def __init__(self, intents: discord.Intents | None = None, **options: Any) -> None:
        """Guild events and messages, nothing privileged."""
        chosen = intents or discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        super().__init__(intents=chosen, guild_ready_timeout=0.1, **options)
        self.tree = app_commands.CommandTree(self)
        self.seen: list[discord.Message] = []
        self.heard = asyncio.Event()
        self.resumed = 0

    async def on_message(self, message: discord.Message) -> None:
        """Keep what arrives."""
        self.seen.append(message)
        self.heard.set()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """No five seconds of waiting before a second sign-in."""

    async def on_resumed(self) -> None:
        """Count resumes."""
        self.resumed += 1


def point_at(server: DiscordServer) -> None:
    """Tell discord.py where Discord is; these two are class attributes of the library."""
    Route.BASE = server.api_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)


@contextlib.asynccontextmanager
async def running(
    server: DiscordServer, client: SandboxDiscordClient, *, sync: bool = True
) -> AsyncIterator[SandboxDiscordClient]:
    """The client signed in and ready, its commands registered; closed at the end."""
    point_at(server)
    await client.login(TOKEN)
    if sync and client.tree.get_commands():
        await client.tree.sync()
    task = asyncio.create_task(client.connect())
    try:
        ready = asyncio.create_task(client.wait_until_ready())
        await asyncio.wait({task, ready}, timeout=5, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if task.done():
            task.result()
        yield client
    finally:
        await client.close()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def clock() -> DiscordTestClock:
    """A clock that stands still."""
    return DiscordTestClock()


@pytest.fixture
async def still(clock: DiscordTestClock) -> AsyncIterator[FurnishedDiscord]:
    """A stand-in whose time moves only when the test says so; rate limits are off."""
    async with DiscordServer(seed=7, clock=clock) as server:
        ids = furnish(server.world)
        server.limits.enabled = False
        yield FurnishedDiscord(
            server, server.world.guilds[ids["guild"]], server.world.channels[ids["lobby"]], ids
        )
        assert [error for error in server.contract_errors if error.side == "answer"] == []


@pytest.fixture
async def plain(clock: DiscordTestClock) -> AsyncIterator[PlainDiscordApi]:
    """Plain requests to a stand-in without the contract: only its own parsing judges."""
    async with (
        DiscordServer(clock=clock, contracts=Path("there is none")) as server,
        aiohttp.ClientSession() as session,
    ):
        ids = furnish(server.world)
        server.limits.enabled = False
        yield PlainDiscordApi(server, session, lobby=ids["lobby"])


@pytest.fixture
async def api(still: FurnishedDiscord) -> AsyncIterator[PlainDiscordApi]:
    """Plain requests to the stand-in whose time stands still."""
    async with aiohttp.ClientSession() as session:
        yield PlainDiscordApi(still.server, session)


@pytest.fixture
async def client(studio: FurnishedDiscord) -> AsyncIterator[SandboxDiscordClient]:
    """A bot that is signed in and ready."""
    made = SandboxDiscordClient()
    async with running(studio.server, made):
        yield made


__all__ = [
    "APPLICATION_ID",
    "DiscordTestClock",
    "FurnishedDiscord",
    "PlainDiscordApi",
    "SandboxDiscordClient",
    "point_at",
    "running",
]
