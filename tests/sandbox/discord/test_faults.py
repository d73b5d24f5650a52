"""Each switch of the switchboard does what it says, for a real client."""

import asyncio

import aiohttp
import discord
import pytest

from bot.sandbox.discord.model import FORUM
from bot.sandbox.discord.standalone import TOKEN
from tests.sandbox.discord.conftest import FurnishedDiscord, SandboxDiscordClient, running

LOST = (aiohttp.ClientError, OSError)


def _channel(client: SandboxDiscordClient, studio: FurnishedDiscord) -> discord.TextChannel:
    channel = client.get_channel(studio.lobby.id)
    assert isinstance(channel, discord.TextChannel)
    return channel


async def test_a_lost_answer_was_executed_and_a_nonce_finds_it(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    studio.server.faults.lose_answer("POST", "/messages$")
    with pytest.raises(LOST):
        await _channel(client, studio).send("once", nonce="n1")
    assert studio.server.ledger.count("message_created") == 1
    again = await _channel(client, studio).send("once", nonce="n1")
    assert studio.server.ledger.count("message_created") == 1
    assert studio.server.ledger.count("nonce_repeated") == 1
    assert again.id in studio.server.world.messages[studio.lobby.id]


async def test_a_late_request_is_cut_now_and_executed_later(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    held = studio.server.faults.late_until("POST", "/messages$")
    with pytest.raises(LOST):
        await _channel(client, studio).send("late")
    assert studio.server.ledger.count("message_created") == 0
    await held.reached()
    held.release()
    await studio.server.world.until(lambda: studio.server.ledger.count("message_created") == 1)


async def test_late_by_seconds_executes_by_itself(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    studio.server.faults.late("POST", "/messages$", 0.05)
    with pytest.raises(LOST):
        await _channel(client, studio).send("late")
    await studio.server.world.until(lambda: studio.server.ledger.count("message_created") == 1)


async def test_a_late_request_counts_for_the_limits_when_it_came(studio: FurnishedDiscord) -> None:
    held = studio.server.faults.late_until("POST", "/messages$")
    url = f"{studio.server.api_url}/channels/{studio.lobby.id}/messages"
    answers: list[int] = []
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {TOKEN}"}) as session:
        with pytest.raises(LOST):
            await session.post(url, json={"content": "late"})
        for number in range(5):
            async with session.post(url, json={"content": str(number)}) as answer:
                answers.append(answer.status)
    held.release()
    await studio.server.world.until(lambda: studio.server.ledger.count("executed_late") == 1)

    assert answers == [200, 200, 200, 200, 429]
    assert studio.server.ledger.count("message_created") == 5
    assert studio.server.ledger.count("rate_limited") == 1


async def test_a_held_request_waits_and_then_goes_on(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    hold = studio.server.faults.hold("POST", "/messages$")
    sending = asyncio.create_task(_channel(client, studio).send("held"))
    await hold.reached()
    assert studio.server.ledger.count("message_created") == 0
    hold.release()
    assert (await sending).content == "held"


async def test_a_429_is_waited_out_by_the_library(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    studio.server.faults.rate_limit("POST", "/messages$", 0.05, times=2)
    assert (await _channel(client, studio).send("patience")).content == "patience"
    assert studio.server.ledger.count("fault", fault="rate_limit") == 2
    assert studio.server.ledger.count("message_created") == 1


async def test_a_429_without_via_is_an_error_for_the_library(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    studio.server.faults.rate_limit("POST", "/messages$", 0.05, via=False)
    with pytest.raises(discord.HTTPException) as caught:
        await _channel(client, studio).send("banned")
    assert caught.value.status == 429


async def test_a_503_is_not_repeated_whether_it_was_executed_or_not(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    for before, made in ((True, 0), (False, 1)):
        studio.server.faults.fail("POST", "/messages$", 503, before=before)
        with pytest.raises(discord.DiscordServerError):
            await _channel(client, studio).send("x")
        assert studio.server.ledger.count("message_created") == made


async def test_a_500_after_executing_is_repeated_by_the_library_and_only_messages_have_a_nonce(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    """The library gives each message a nonce, so its repetition is harmless; a forum post has none."""
    studio.server.faults.fail("POST", "/messages$", 500, before=False)
    await _channel(client, studio).send("message")
    assert studio.server.ledger.count("message_created", text="message") == 1
    studio.server.world.add_channel(studio.guild, "luna", FORUM)
    forum = discord.utils.get(await _channel(client, studio).guild.fetch_channels(), name="luna")
    assert isinstance(forum, discord.ForumChannel)
    studio.server.faults.fail("POST", "/threads$", 500, before=False)
    await forum.create_thread(name="post", content="card")
    assert studio.server.ledger.count("thread_created", name="post") == 2


async def test_a_delayed_answer_is_executed_at_once(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    studio.server.faults.delay("POST", "/messages$", 0.2)
    sending = asyncio.create_task(_channel(client, studio).send("slow"))
    await studio.server.world.until(lambda: studio.server.ledger.count("message_created") == 1)
    assert not sending.done()
    await sending


async def test_a_fault_hits_only_what_it_names_and_only_as_often_as_it_says(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    studio.server.faults.fail("PATCH", "/messages/", 503)
    sent = await _channel(client, studio).send("untouched")
    with pytest.raises(discord.DiscordServerError):
        await sent.edit(content="x")
    assert (await sent.edit(content="y")).content == "y"


async def test_clearing_the_switchboard_lets_everything_go(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    hold = studio.server.faults.hold("POST", "/messages$")
    sending = asyncio.create_task(_channel(client, studio).send("held"))
    await hold.reached()
    studio.server.faults.fail("POST", "/messages$", 503, times=99)
    studio.server.faults.clear()
    await sending
    await _channel(client, studio).send("free")


async def test_a_refused_gateway_is_tried_again(studio: FurnishedDiscord) -> None:
    async with running(studio.server, SandboxDiscordClient()):
        studio.server.faults.refuse_gateway(1)
        studio.server.faults.drop_gateway()
        await studio.server.world.until(lambda: studio.server.ledger.count("gateway_resumed") == 1, 15)
