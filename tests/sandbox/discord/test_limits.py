"""Rate limits are told in headers and kept, and good clients never hit them."""

import aiohttp
import discord

from bot.sandbox.discord.standalone import TOKEN
from tests.sandbox.discord.conftest import (
    DiscordTestClock,
    FurnishedDiscord,
    PlainDiscordApi,
    SandboxDiscordClient,
)


async def test_the_sixth_message_in_five_seconds_waits(
    still: FurnishedDiscord, api: PlainDiscordApi, clock: DiscordTestClock
) -> None:
    still.server.limits.enabled = True
    where = f"/channels/{still.lobby.id}/messages"
    assert [(await api("POST", where, {"content": "x"}))[0] for _ in range(6)] == [200] * 5 + [429]
    other = still.server.world.add_channel(still.guild, "other")
    assert (await api("POST", f"/channels/{other.id}/messages", {"content": "x"}))[0] == 200
    clock.advance(seconds=5)
    assert (await api("POST", where, {"content": "x"}))[0] == 200
    assert still.server.ledger.count("message_created") == 7


async def test_a_refusal_says_how_long_and_comes_through_the_proxy(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    still.server.limits.enabled = True
    where = f"{still.server.api_url}/channels/{still.lobby.id}/messages"
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {TOKEN}"}) as session:
        for left in (4, 3, 2, 1, 0):
            async with session.post(where, json={"content": "x"}) as answer:
                assert answer.headers["X-RateLimit-Remaining"] == str(left)
                assert answer.headers["Content-Type"] == "application/json"
        async with session.post(where, json={"content": "x"}) as answer:
            body = await answer.json()
            assert (answer.status, body["retry_after"], body["global"]) == (429, 5.0, False)
            assert (answer.headers["Via"], answer.headers["Retry-After"]) == ("1.1 google", "5")
            assert answer.headers["X-RateLimit-Scope"] == "user"


async def test_whoever_comes_when_it_was_told_is_not_too_early(
    still: FurnishedDiscord, clock: DiscordTestClock
) -> None:
    """A thousandth of a second is rounded up: rounded down, exact clients would be refused now and then."""
    still.server.limits.enabled = True
    where = f"{still.server.api_url}/channels/{still.lobby.id}/messages"
    statuses = []
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {TOKEN}"}) as session:
        for _ in range(5):
            clock.advance(seconds=0.000175)
            async with session.post(where, json={"content": "x"}) as answer:
                after = float(answer.headers["X-RateLimit-Reset-After"])
        async with session.post(where, json={"content": "x"}) as answer:
            again = float((await answer.json())["retry_after"])
            statuses.append(answer.status)
        clock.advance(seconds=min(after, again))
        async with session.post(where, json={"content": "x"}) as answer:
            statuses.append(answer.status)

    assert statuses == [429, 200]


async def test_fifty_requests_in_a_second_are_the_limit_of_a_bot(
    still: FurnishedDiscord, api: PlainDiscordApi, clock: DiscordTestClock
) -> None:
    still.server.limits.enabled = True
    paths = [f"/guilds/{still.guild.id}/roles", "/users/@me"]
    found = [await api("GET", paths[n % 2]) for n in range(51)]
    assert [status for status, _ in found] == [200] * 50 + [429]
    assert found[-1][1]["global"] is True
    clock.advance(seconds=1)
    assert (await api("GET", "/gateway/bot"))[0] == 200


async def test_the_library_keeps_to_the_limits_by_itself(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    studio.server.world.speed = 50
    channel = client.get_channel(studio.lobby.id)
    assert isinstance(channel, discord.TextChannel)
    for number in range(12):
        await channel.send(str(number))
    assert studio.server.ledger.count("message_created") == 12
    assert studio.server.ledger.count("request", status=429) == 0
