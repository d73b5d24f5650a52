"""The stand-in alone: everything a demo or a page needs, over HTTP."""

import asyncio
from typing import Any

import aiohttp
import discord
from discord import ui

from bot.sandbox.discord import serve
from bot.sandbox.discord.standalone import APPLICATION_ID, TOKEN
from tests.sandbox.discord.conftest import FurnishedDiscord, PlainDiscordApi, SandboxDiscordClient, running


class StandaloneForm(ui.Modal, title="Say"):
    """A form with one field."""

    words: ui.TextInput[Any] = ui.TextInput(label="Words")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Say it."""
        await interaction.response.send_message(f"you said {self.words.value}")


async def _control(studio: FurnishedDiscord, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, f"{studio.server.url}/_sandbox/{path}", json=body) as answer,
    ):
        return answer.status, await answer.json()


async def test_people_act_and_everything_can_be_seen_through_the_control_page(
    studio: FurnishedDiscord,
) -> None:
    client = SandboxDiscordClient()

    @client.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(StandaloneForm())

    maya, lobby = studio.ids["maya"], str(studio.lobby.id)
    async with running(studio.server, client):
        _, asked = await _control(
            studio, "POST", f"people/{maya}/slash", {"channel": lobby, "command": "ask"}
        )
        assert asked["state"] == "modal"
        body = {"answer": asked["id"], "fields": {"Words": "hello"}}
        _, said = await _control(studio, "POST", f"people/{maya}/submit", body)
        assert (said["state"], said["text"]) == ("shown", "you said hello")
        assert (await _control(studio, "GET", f"people/{maya}/answers/{said['id']}"))[1] == said
    await _control(studio, "POST", f"people/{maya}/say", {"channel": lobby, "text": "typed"})
    world = (await _control(studio, "GET", "world"))[1]
    assert [m["content"] for m in world["messages"][lobby]] == ["you said hello", "typed"]
    kinds = {entry["kind"] for entry in (await _control(studio, "GET", "ledger"))[1]}
    assert {"commands", "interaction", "answer", "message_created"} <= kinds
    seen = (await _control(studio, "GET", f"people/{maya}/channels/{lobby}"))[1]
    assert [m["content"] for m in seen] == ["you said hello", "typed"]


async def test_the_control_page_says_what_is_wrong(studio: FurnishedDiscord) -> None:
    maya, lobby = studio.ids["maya"], str(studio.lobby.id)
    assert (await _control(studio, "GET", "nowhere"))[0] == 404
    assert (await _control(studio, "POST", "faults", {"kind": "earthquake"}))[0] == 400
    assert (await _control(studio, "POST", "people/1/say", {}))[0] == 400
    missing = {"channel": lobby, "command": "missing"}
    assert (await _control(studio, "POST", f"people/{maya}/slash", missing))[0] == 409


async def test_a_fault_set_over_http_hits_the_next_request(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    fault = {"kind": "fail", "method": "GET", "path": "^/users/@me$", "status": 502}
    assert (await _control(still, "POST", "faults", fault))[0] == 200
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {TOKEN}"}) as session:
        async with session.get(still.server.api_url + "/users/@me") as answer:
            assert answer.status == 502
        async with session.get(still.server.api_url + "/users/@me") as answer:
            assert (await answer.json())["id"] == str(APPLICATION_ID)


async def test_serve_says_the_settings_and_runs_until_it_is_cancelled() -> None:
    lines: list[str] = []
    told = asyncio.Event()

    def say(line: str) -> None:
        lines.append(line)
        if line.startswith("# victor"):
            told.set()

    task = asyncio.create_task(serve("127.0.0.1", 0, say))
    await asyncio.wait_for(told.wait(), 60)
    settings = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    headers = {"Authorization": f"Bot {settings['DISCORD_TOKEN']}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(settings["DISCORD_API_URL"] + "/applications/@me") as answer,
    ):
        assert (await answer.json())["id"] == settings["DISCORD_APPLICATION_ID"]
    task.cancel()
    await asyncio.wait([task], timeout=5)
    assert task.cancelled()


async def test_other_paths_and_methods_do_not_exist_and_nothing_works_without_a_token(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    assert await api("GET", "/nowhere") == (404, {"message": "404: Not Found", "code": 0})
    assert await api("DELETE", "/users/@me") == (405, {"message": "405: Method Not Allowed", "code": 0})
    async with aiohttp.ClientSession() as session, session.get(still.server.api_url + "/users/@me") as answer:
        assert (answer.status, await answer.json()) == (401, {"message": "401: Unauthorized", "code": 0})
    async with (
        aiohttp.ClientSession() as session,
        session.get(still.server.url + "/api/v9/users/@me") as answer,
    ):
        assert answer.status == 404


async def test_a_server_and_its_people_can_be_read(still: FurnishedDiscord, api: PlainDiscordApi) -> None:
    guild = f"/guilds/{still.guild.id}"
    assert (await api("GET", guild + "?with_counts=true"))[1]["approximate_member_count"] == 5
    assert {role["name"] for role in (await api("GET", guild + "/roles"))[1]} == {
        "@everyone",
        "Team",
        "Bridge",
    }
    assert (await api("GET", f"{guild}/members/{still.ids['maya']}"))[1]["user"]["username"] == "maya"
    assert (await api("GET", guild + "/members/1"))[1]["code"] == 10007
    status, answer = await api("GET", guild + "/members?limit=10")
    assert (status, answer["code"]) == (403, 50001)
    application = still.server.world.applications[APPLICATION_ID]
    application.intents_enabled |= {"members"}
    assert len((await api("GET", guild + "/members?limit=10"))[1]) == 5
    assert (await api("GET", "/guilds/1"))[1]["code"] == 10004
    still.server.world.remove_member(still.guild, application.user)
    assert (await api("GET", guild))[1]["code"] == 50001


async def test_channels_are_made_changed_and_deleted_only_by_those_who_may(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    guild, lobby = f"/guilds/{still.guild.id}/channels", f"/channels/{still.lobby.id}"
    status, made = await api("POST", guild, {"name": "Alerts Here", "type": 0, "topic": "x"})
    assert (status, made["name"]) == (201, "alerts-here")
    deny = {"type": 0, "allow": "0", "deny": str(1 << 11)}
    assert (await api("PUT", f"{lobby}/permissions/{still.guild.id}", deny))[0] == 204
    assert still.lobby.overwrites[still.guild.id].deny == 1 << 11
    assert (await api("DELETE", f"{lobby}/permissions/{still.guild.id}"))[0] == 204
    ban = {"type": 0, "allow": str(1 << 2), "deny": "0"}
    assert (await api("PUT", f"{lobby}/permissions/{still.guild.id}", ban))[1]["code"] == 50013
    assert (await api("POST", guild, {"name": "x", "colour": 1}))[1]["code"] == 50035
    assert (await api("POST", guild, {"name": "x", "parent_id": made["id"]}))[1]["code"] == 50035
    assert (await api("DELETE", f"/channels/{made['id']}"))[0] == 200
    assert (await api("GET", f"/channels/{made['id']}"))[1]["code"] == 10003
    role = next(role for role in still.guild.roles.values() if role.managed_by)
    role.permissions &= ~(1 << 4)
    assert (await api("POST", guild, {"name": "x"}))[1]["code"] == 50013
    assert (await api("DELETE", lobby))[1]["code"] == 50013
