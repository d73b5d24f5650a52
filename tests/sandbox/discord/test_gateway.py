"""The gateway keeps its promises: resume without loss, intents, close codes."""

import asyncio
import json
from typing import Any

import aiohttp
import discord
import pytest

from bot.sandbox.discord.standalone import TOKEN
from tests.sandbox.discord.conftest import FurnishedDiscord, SandboxDiscordClient, running


async def _hears(client: SandboxDiscordClient, text: str) -> None:
    # discord.py wakes its own waiters before `on_message` has run, so the client's own event is waited for.
    async with asyncio.timeout(60):
        while text not in [message.content for message in client.seen]:
            client.heard.clear()
            await client.heard.wait()


async def test_no_event_is_lost_when_the_gateway_is_cut_and_resumed(studio: FurnishedDiscord) -> None:
    client = SandboxDiscordClient(discord.Intents(guilds=True, guild_messages=True, message_content=True))
    async with running(studio.server, client):
        maya = studio.person("maya")
        await maya.say(studio.lobby, "one")
        await _hears(client, "one")
        assert studio.server.faults.drop_gateway() == 1
        for text in ("two", "three", "four"):
            await maya.say(studio.lobby, text)
        await _hears(client, "four")
        assert client.resumed == 1
    assert [message.content for message in client.seen] == ["one", "two", "three", "four"]
    assert studio.server.ledger.count("gateway_identified") == 1
    assert studio.server.ledger.of("gateway_resumed")[0].data["missed"] >= 3


async def test_a_request_to_reconnect_is_followed_by_a_resume(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    studio.server.faults.reconnect_gateway()
    await studio.server.world.until(lambda: studio.server.ledger.count("gateway_resumed") == 1)


async def test_a_session_that_is_forgotten_makes_the_client_identify_again(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    studio.server.faults.forget_sessions()
    studio.server.faults.drop_gateway()
    await studio.server.world.until(lambda: studio.server.ledger.count("gateway_identified") == 2, 10)
    assert studio.server.ledger.count("gateway_resume_refused") == 1


async def test_an_invalidated_session_makes_the_client_identify_again(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    studio.server.faults.invalidate_gateway()
    await studio.server.world.until(lambda: studio.server.ledger.count("gateway_identified") == 2, 10)


async def test_a_privileged_intent_that_is_not_switched_on_closes_with_4014(studio: FurnishedDiscord) -> None:
    client = SandboxDiscordClient(discord.Intents(guilds=True, members=True))
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with running(studio.server, client):
            pass
    assert studio.server.ledger.of("gateway_closed")[0].data["code"] == 4014


async def test_a_wrong_token_cannot_sign_in(studio: FurnishedDiscord) -> None:
    client = SandboxDiscordClient()
    async with running(studio.server, client):
        pass
    other = SandboxDiscordClient()
    with pytest.raises(discord.LoginFailure):
        await other.login("wrong")
    await other.close()


async def test_without_message_content_others_messages_are_empty_unless_the_bot_is_named(
    studio: FurnishedDiscord,
) -> None:
    world = studio.server.world
    bot = next(iter(world.applications.values()))
    bot.intents_enabled = frozenset()
    client = SandboxDiscordClient()
    async with running(studio.server, client):
        maya = studio.person("maya")
        await maya.say(studio.lobby, "secret", files={"photo.png": b"abc"})
        await maya.say(studio.lobby, f"<@{bot.id}> look")
        await maya.say(maya.dm(bot), "in private")
        await _hears(client, "in private")
        channel = client.get_channel(studio.lobby.id)
        assert isinstance(channel, discord.TextChannel)
        history = [message.content async for message in channel.history()]
    assert [m.content for m in client.seen] == ["", f"<@{bot.id}> look", "in private"]
    assert client.seen[0].attachments == []
    assert sorted(history) == ["", f"<@{bot.id}> look"]


async def test_a_bot_hears_nothing_of_a_channel_that_it_does_not_see(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    world = studio.server.world
    hidden = world.add_channel(studio.guild, "hidden")
    bot = studio.guild.members[next(iter(world.applications))]
    from bot.sandbox.discord.model import StandInOverwrite  # noqa: PLC0415 - only here

    hidden.overwrites[bot.user.id] = StandInOverwrite(bot.user.id, 1, 0, 1 << 10)
    await studio.person("maya").say(hidden, "unheard")
    await studio.person("maya").say(studio.lobby, f"<@{bot.user.id}> heard")
    await _hears(client, f"<@{bot.user.id}> heard")
    assert len(client.seen) == 1


async def _close_code(studio: FurnishedDiscord, *payloads: Any) -> int | None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(studio.server.gateway_url + "?v=10&encoding=json") as socket,
    ):
        hello = json.loads((await socket.receive()).data)
        assert hello["op"] == 10
        for payload in payloads:
            await socket.send_str(payload if isinstance(payload, str) else json.dumps(payload))
        while (message := await socket.receive(timeout=5)).type is aiohttp.WSMsgType.TEXT:
            continue
        assert message.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED}
        return socket.close_code


def _identify(**other: Any) -> dict[str, Any]:
    data = {"token": TOKEN, "intents": 1, "properties": {"os": "x", "browser": "x", "device": "x"}}
    return {"op": 2, "d": {**data, **other}}


@pytest.mark.parametrize(
    ("payloads", "code"),
    [
        (("no json",), 4002),
        (("x" * 5000,), 4002),
        (({"op": 8, "d": {}},), 4003),
        ((_identify(token="wrong"),), 4004),
        ((_identify(), _identify()), 4005),
        (({"op": 1, "d": None},) * 121, 4008),
        ((_identify(shard=[2, 2]),), 4010),
        ((_identify(intents=1 << 30),), 4013),
        ((_identify(intents=1 << 8),), 4014),
        ((_identify(), {"op": 99}), 4001),
    ],
)
async def test_a_wrong_word_at_the_gateway_closes_it_with_its_code(
    studio: FurnishedDiscord, payloads: tuple[Any, ...], code: int
) -> None:
    assert await _close_code(studio, *payloads) == code


async def test_a_client_that_stops_beating_is_closed_with_4009(studio: FurnishedDiscord) -> None:
    studio.server.gateway.heartbeat_ms = 100
    assert await _close_code(studio) == 4009
