"""Sessions that divide a bot's servers: who is told what, how they begin."""

import json
from contextlib import AsyncExitStack

import aiohttp
import pytest

from bot.sandbox.discord.standalone import TOKEN
from tests.sandbox.discord.conftest import FurnishedDiscord, PlainDiscordApi, SandboxDiscordClient, running
from tests.sandbox.discord.test_gateway import _hears

IDENTIFY = {"token": TOKEN, "intents": 1, "properties": {"os": "x", "browser": "x", "device": "x"}}


async def test_a_server_is_told_of_to_its_own_shard_and_private_messages_to_the_first(
    studio: FurnishedDiscord,
) -> None:
    own = (studio.guild.id >> 22) % 2
    bot = next(iter(studio.server.world.applications.values()))
    async with AsyncExitStack() as stack:
        clients = [SandboxDiscordClient(shard_id=number, shard_count=2) for number in range(2)]
        for client in clients:
            await stack.enter_async_context(running(studio.server, client))
        maya = studio.person("maya")
        await maya.say(studio.lobby, f"<@{bot.id}> on the server")
        await maya.say(maya.dm(bot), "in private")
        await _hears(clients[0], "in private")
        await _hears(clients[own], f"<@{bot.id}> on the server")
        heard = [[message.content for message in client.seen] for client in clients]

    expected: list[list[str]] = [[], []]
    expected[own].append(f"<@{bot.id}> on the server")
    expected[0].append("in private")
    assert heard == expected
    assert [len(client.guilds) for client in clients] == [int(own == number) for number in range(2)]


async def test_it_says_how_many_sessions_and_how_many_at_a_time(api: PlainDiscordApi) -> None:
    api.server.gateway.shards, api.server.gateway.starts.concurrency = 3, 16

    status, told = await api("GET", "/gateway/bot")

    assert (status, told["shards"], told["session_start_limit"]["max_concurrency"]) == (200, 3, 16)


@pytest.mark.parametrize(
    ("shard", "ops"),
    [(0, [0, 9]), (1, [0, 0]), (2, [0, 9])],
    ids=["the same", "another", "the same rest"],
)
async def test_a_session_that_begins_too_soon_is_refused(
    still: FurnishedDiscord, shard: int, ops: list[int]
) -> None:
    still.server.gateway.starts.concurrency, still.server.gateway.starts.every = 2, 5.0

    assert [await _begins(still, number) for number in (0, shard)] == ops


async def _begins(studio: FurnishedDiscord, number: int) -> int:
    """The first word after an IDENTIFY: 0 is READY, 9 is a refusal."""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(studio.server.gateway_url + "?v=10&encoding=json") as socket,
    ):
        await socket.receive()
        await socket.send_str(json.dumps({"op": 2, "d": {**IDENTIFY, "shard": [number, 4]}}))
        op: int = json.loads((await socket.receive()).data)["op"]
        return op
