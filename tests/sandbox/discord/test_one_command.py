"""Commands one by one, and what a client may say that no form knows."""

import base64
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox.discord import DiscordServer, furnish
from bot.sandbox.discord.standalone import APPLICATION_ID, TOKEN
from tests.sandbox.discord.conftest import FurnishedDiscord, PlainDiscordApi

ECHO = {"name": "echo", "description": "Say it"}


@pytest.fixture
async def lenient() -> AsyncIterator[PlainDiscordApi]:
    """A stand-in as it is when it runs alone: what Discord ignores is ignored."""
    async with DiscordServer(strict=False) as server, aiohttp.ClientSession() as session:
        yield PlainDiscordApi(server, session, lobby=furnish(server.world)["lobby"])
        assert server.contract_errors == []


@pytest.mark.parametrize("everywhere", [True, False])
async def test_one_command_is_added_changed_and_removed_beside_the_others(
    still: FurnishedDiscord, api: PlainDiscordApi, *, everywhere: bool
) -> None:
    where = "" if everywhere else f"/guilds/{still.guild.id}"
    many = f"/applications/{APPLICATION_ID}{where}/commands"
    await api("PUT", many, [{"name": "other", "description": "Something else"}])

    made, again = await api("POST", many, ECHO), await api("POST", many, {**ECHO, "description": "Say"})
    assert (made[0], again[0]) == (201, 200)
    assert made[1]["id"] == again[1]["id"]
    one = f"{many}/{made[1]['id']}"
    changed = (await api("PATCH", one, {"name": "say"}))[1]
    assert (changed["id"], changed["name"], changed["description"]) == (made[1]["id"], "say", "Say")
    assert (await api("GET", one))[1] == changed
    assert (await api("DELETE", one))[0] == 204
    assert (await api("GET", one))[1]["code"] == 10063
    assert [command["name"] for command in (await api("GET", many))[1]] == ["other"]


async def test_a_stand_in_that_runs_alone_ignores_fields_that_discord_ignores(
    lenient: PlainDiscordApi,
) -> None:
    where = f"/channels/{lenient.lobby}"
    sent = await lenient("POST", f"{where}/messages", {"content": "x", "colour": 1, "sticker_ids": []})
    made = await lenient("POST", f"/applications/{APPLICATION_ID}/commands", {**ECHO, "handler": 1})
    wrong = await lenient("POST", f"{where}/messages", {"content": 7, "colour": 1})

    assert (sent[0], made[0]) == (200, 201)
    assert list(wrong[1]["errors"]) == ["content"]


def test_the_token_has_discords_form() -> None:
    first, *rest = TOKEN.split(".")
    assert base64.b64decode(first + "=" * (-len(first) % 4)).decode() == str(APPLICATION_ID)
    assert [len(part) for part in rest] == [6, 27]
