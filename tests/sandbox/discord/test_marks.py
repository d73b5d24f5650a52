"""Reactions and pins: by Discord's rules, and as discord.py uses them."""

from urllib.parse import quote

import discord
import pytest

from bot.sandbox.discord import reactions
from tests.sandbox.discord.conftest import FurnishedDiscord, PlainDiscordApi, SandboxDiscordClient, running

THUMB = quote("👍")


async def _posted(studio: FurnishedDiscord, api: PlainDiscordApi) -> str:
    sent = await api("POST", f"/channels/{studio.lobby.id}/messages", {"content": "hello"})
    return f"/channels/{studio.lobby.id}/messages/{sent[1]['id']}"


async def test_reactions_are_counted_and_listed_and_taken_back(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    message = await _posted(still, api)
    one = f"{message}/reactions/{THUMB}"
    found = still.server.world.messages[still.lobby.id][int(message.rsplit("/", 1)[1])]

    assert (await api("PUT", f"{one}/@me"))[0] == 204
    assert (await api("PUT", f"{one}/@me"))[0] == 204  # a second time changes nothing
    reactions.add(still.server.world, found, still.ids["maya"], "👍")
    [told] = (await api("GET", message))[1]["reactions"]
    assert (told["emoji"]["name"], told["count"], told["me"]) == ("👍", 2, True)
    assert {user["id"] for user in (await api("GET", one))[1]} == {
        str(still.ids["maya"]),
        str(found.author.id),
    }
    assert (await api("DELETE", f"{one}/@me"))[0] == 204
    assert not (await api("GET", message))[1]["reactions"][0]["me"]
    assert (await api("DELETE", f"{one}/{still.ids['maya']}"))[0] == 204
    assert "reactions" not in (await api("GET", message))[1]


@pytest.mark.parametrize("emoji", ["thumbsup", "luna:123456789", "1"])
async def test_what_is_no_emoji_is_refused(still: FurnishedDiscord, api: PlainDiscordApi, emoji: str) -> None:
    message = await _posted(still, api)
    status, answer = await api("PUT", f"{message}/reactions/{emoji}/@me")
    assert (status, answer["code"]) == (400, 10014)


async def test_a_message_takes_twenty_kinds_of_reactions(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    message = await _posted(still, api)
    kinds = [quote(chr(0x1F600 + number)) for number in range(21)]
    codes = [(await api("PUT", f"{message}/reactions/{kind}/@me"))[0] for kind in kinds]
    assert codes == [204] * 20 + [400]


async def test_pins_are_told_with_their_time_and_leave_a_line(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    message = await _posted(still, api)
    pin = message.replace("/messages/", "/messages/pins/")

    assert (await api("PUT", pin))[0] == 204
    new = (await api("GET", f"/channels/{still.lobby.id}/messages/pins"))[1]
    old = (await api("GET", f"/channels/{still.lobby.id}/pins"))[1]
    assert [item["message"]["id"] for item in new["items"]] == [item["id"] for item in old]
    assert old[0]["pinned"]
    assert not new["has_more"]
    assert [m.type for m in still.person("maya").read(still.lobby)] == [0, 6]
    assert (await api("DELETE", pin))[0] == 204
    assert (await api("GET", f"/channels/{still.lobby.id}/pins"))[1] == []


async def test_who_may_not_pin_is_told_so(still: FurnishedDiscord, api: PlainDiscordApi) -> None:
    message = await _posted(still, api)
    for role in still.guild.roles.values():
        role.permissions &= ~(1 << 51)
    status, answer = await api("PUT", message.replace("/messages/", "/messages/pins/"))
    assert (status, answer["code"]) == (403, 50013)


async def test_discord_py_reacts_pins_and_hears_it(studio: FurnishedDiscord) -> None:
    client = SandboxDiscordClient(discord.Intents(guilds=True, guild_messages=True, guild_reactions=True))
    async with running(studio.server, client):
        lobby = client.get_channel(studio.lobby.id)
        assert isinstance(lobby, discord.TextChannel)
        message = await lobby.send("hello")
        heard = client.wait_for("reaction_add", timeout=5)
        await message.add_reaction("🎉")
        await heard
        await message.pin()

        assert [m.id async for m in lobby.pins()] == [message.id]
        assert (await lobby.fetch_message(message.id)).reactions[0].me
        await message.clear_reactions()
        await message.unpin()
