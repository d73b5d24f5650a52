"""The windows and rules of interactions, and what a client lets people do."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import discord
import pytest
from discord import app_commands, ui

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.client_input import NotPossible
from bot.sandbox.discord.model import StandInOverwrite
from bot.sandbox.discord.standalone import APPLICATION_ID
from tests.sandbox.discord.conftest import (
    DiscordTestClock,
    FurnishedDiscord,
    PlainDiscordApi,
    SandboxDiscordClient,
    running,
)


async def _register(api: PlainDiscordApi, **more: Any) -> None:
    command = {"name": "ping", "description": "Ping", **more}
    status, answer = await api("PUT", f"/applications/{APPLICATION_ID}/commands", [command])
    assert status == 200, answer


async def _asked(still: FurnishedDiscord, api: PlainDiscordApi) -> InteractionAnswer:
    await _register(api)
    return await still.person("maya").slash(still.guild, still.lobby, "ping")


def _callback(answer: InteractionAnswer) -> str:
    return f"/interactions/{answer.id}/{answer.interaction.token}/callback"


def _hook(answer: InteractionAnswer) -> str:
    return f"/webhooks/{APPLICATION_ID}/{answer.interaction.token}"


REPLY = {"type": 4, "data": {"content": "pong"}}


async def test_a_first_answer_is_possible_for_three_seconds(
    still: FurnishedDiscord, api: PlainDiscordApi, clock: DiscordTestClock
) -> None:
    answer = await _asked(still, api)
    clock.advance(seconds=3)
    assert (await api("POST", _callback(answer), REPLY))[0] == 204
    late = await still.person("maya").slash(still.guild, still.lobby, "ping")
    clock.advance(seconds=3.001)
    assert (await api("POST", _callback(late), REPLY))[1]["code"] == 10062


async def test_an_interaction_is_answered_once(still: FurnishedDiscord, api: PlainDiscordApi) -> None:
    answer = await _asked(still, api)
    status, body = await api("POST", _callback(answer) + "?with_response=true", REPLY)
    assert (status, body["resource"]["message"]["content"]) == (200, "pong")
    assert (await api("POST", _callback(answer), REPLY))[1]["code"] == 40060
    assert still.server.ledger.count("answer") == 1


async def test_a_wait_that_ends_in_vain_tells_what_the_person_sees(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    answer = await _asked(still, api)
    await api("POST", _callback(answer), REPLY)
    with pytest.raises(TimeoutError, match=r"after 0\.01 s the answer is \w+: 'pong'"):
        await answer.says("ping", 0.01)


async def test_the_token_lives_fifteen_minutes_and_only_after_a_first_answer(
    still: FurnishedDiscord, api: PlainDiscordApi, clock: DiscordTestClock
) -> None:
    answer = await _asked(still, api)
    assert (await api("POST", _hook(answer), {"content": "too early"}))[1]["code"] == 10015
    await api("POST", _callback(answer), {"type": 5})
    assert answer.state == "thinking"
    clock.advance(minutes=15)
    assert (await api("PATCH", _hook(answer) + "/messages/@original", {"content": "done"}))[0] == 200
    clock.advance(seconds=1)
    status, body = await api("PATCH", _hook(answer) + "/messages/@original", {"content": "late"})
    assert (status, body["code"]) == (401, 50027)
    assert answer.text == "done"


async def test_a_first_follow_up_takes_the_place_of_the_deferral(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    answer = await _asked(still, api)
    await api("POST", _callback(answer), {"type": 5, "data": {"flags": 64}})
    await api("POST", _hook(answer), {"content": "first"})
    await api("POST", _hook(answer), {"content": "second", "flags": 64})
    assert (answer.text, answer.ephemeral) == ("first", True)
    assert [message.text for message in answer.followups] == ["second"]
    second = answer.followups[0].id
    assert (await api("DELETE", f"{_hook(answer)}/messages/{second}"))[0] == 204
    assert (await api("GET", f"{_hook(answer)}/messages/{second}"))[1]["code"] == 10008
    assert (await api("DELETE", _hook(answer) + "/messages/@original"))[0] == 204
    assert answer.state == "deleted"


async def test_an_ephemeral_answer_is_in_no_channel(still: FurnishedDiscord, api: PlainDiscordApi) -> None:
    answer = await _asked(still, api)
    await api("POST", _callback(answer), {"type": 4, "data": {"content": "psst", "flags": 64}})
    assert answer.message is not None
    where = f"/channels/{still.lobby.id}/messages"
    assert (await api("GET", where))[1] == []
    assert (await api("GET", f"{where}/{answer.message.id}"))[1]["code"] == 10008
    assert [m.text for m in still.person("maya").read(still.lobby)] == ["psst"]
    assert still.person("noah").read(still.lobby) == []


@pytest.mark.parametrize(
    "body",
    [
        {"type": 7, "data": {"content": "no message to change"}},
        {"type": 6},
        {"type": 8, "data": {"choices": []}},
        {"type": 3},
        {"type": 4, "data": {"content": "x", "unknown": True}},
        {"type": 4, "data": {"content": "x" * 2001}},
        {"type": 9, "data": {"custom_id": "m", "title": "t" * 46, "components": []}},
    ],
)
async def test_an_answer_that_does_not_fit_is_refused_and_leaves_the_interaction_open(
    still: FurnishedDiscord, api: PlainDiscordApi, body: dict[str, Any]
) -> None:
    answer = await _asked(still, api)
    assert (await api("POST", _callback(answer), body))[1]["code"] == 50035
    assert (await api("POST", _callback(answer), REPLY))[0] == 204


async def test_when_nobody_answers_the_person_is_told(studio: FurnishedDiscord) -> None:
    studio.server.world.speed = 100
    client = SandboxDiscordClient()

    @client.tree.command(description="Never answers")
    async def silent(interaction: discord.Interaction) -> None:
        await asyncio.Event().wait()

    async with running(studio.server, client):
        answer = await studio.person("maya").slash(studio.guild, studio.lobby, "silent")
        await answer.done()
    assert answer.state == "failed"


def _panel() -> ui.View:
    view = ui.View(timeout=None)

    def on(item: Any, deed: Callable[[discord.Interaction], Awaitable[Any]]) -> None:
        item.callback = deed
        view.add_item(item)

    async def change(interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(content="changed")

    async def keep(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await interaction.followup.send("more", ephemeral=True)

    choice: ui.Select[Any] = ui.Select(
        placeholder="pick",
        max_values=2,
        options=[discord.SelectOption(label=x.upper(), value=x) for x in "abc"],
    )

    async def picked(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(",".join(choice.values), ephemeral=True)

    on(ui.Button(label="Change", custom_id="change"), change)
    on(ui.Button(label="Keep", custom_id="keep"), keep)
    on(ui.Button(label="Off", custom_id="off", disabled=True), keep)
    on(choice, picked)
    return view


async def test_buttons_change_or_keep_their_message_and_selects_bring_values(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    channel = client.get_channel(studio.lobby.id)
    assert isinstance(channel, discord.TextChannel)
    sent = await channel.send("panel", view=_panel())
    message = studio.server.world.messages[studio.lobby.id][sent.id]
    maya = studio.person("maya")
    changed = await (await maya.click(message, "Change")).done()
    assert (changed.state, changed.text) == ("updated", "changed")
    await (await maya.click(message, "keep")).says("more")
    picked = await maya.choose(message, "pick", "A", "c")
    await picked.says("a,c")
    with pytest.raises(NotPossible, match="disabled"):
        await maya.click(message, "Off")
    with pytest.raises(NotPossible, match="values"):
        await maya.choose(message, "pick", "a", "b", "c")
    with pytest.raises(NotPossible, match="someone else"):
        await studio.person("noah").click(picked.message, "x")


async def test_what_stands_beside_a_message_stays_when_that_is_deleted(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    channel = client.get_channel(studio.lobby.id)
    assert isinstance(channel, discord.TextChannel)
    sent = await channel.send("panel", view=_panel())
    message = studio.server.world.messages[studio.lobby.id][sent.id]
    kept = await (await studio.person("maya").click(message, "Keep")).says("more")
    await sent.delete()
    await kept.until(lambda answer: answer.state == "deleted")

    assert (kept.text, kept.ephemeral) == ("more", True)


async def test_a_client_refuses_what_the_command_does_not_offer(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    options = [
        {"type": 3, "name": "text", "description": "Text", "required": True, "max_length": 5},
        {"type": 4, "name": "price", "description": "Price", "min_value": 3},
        {"type": 3, "name": "kind", "description": "Kind", "choices": [{"name": "A", "value": "a"}]},
    ]
    await _register(api, options=options)
    maya = still.person("maya")
    for values in (
        {},
        {"text": "123456"},
        {"text": "x", "price": 2},
        {"text": "x", "kind": "b"},
        {"txt": "x"},
    ):
        with pytest.raises(NotPossible):
            await maya.slash(still.guild, still.lobby, "ping", **values)
    assert still.server.ledger.count("interaction") == 0
    await maya.slash(still.guild, still.lobby, "ping", text="x", price=3, kind="a")
    assert still.server.ledger.count("interaction") == 1


async def test_commands_are_offered_only_to_those_who_may_use_them_here(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    await _register(api, default_member_permissions=str(1 << 5))
    with pytest.raises(NotPossible, match="not offered"):
        await still.person("maya").slash(still.guild, still.lobby, "ping")
    await still.person("olivia").slash(still.guild, still.lobby, "ping")
    await _register(api, contexts=[1])
    with pytest.raises(NotPossible, match="in this place"):
        await still.person("olivia").slash(still.guild, still.lobby, "ping")
    await _register(api, nsfw=True)
    with pytest.raises(NotPossible, match="age-restricted"):
        await still.person("olivia").slash(still.guild, still.lobby, "ping")
    still.lobby.overwrites[still.guild.id] = StandInOverwrite(still.guild.id, 0, 0, 1 << 31)
    with pytest.raises(NotPossible, match="cannot do that"):
        await still.person("maya").slash(still.guild, still.lobby, "ping")


async def test_groups_menus_and_things_of_the_server_reach_the_bot(studio: FurnishedDiscord) -> None:
    client = SandboxDiscordClient()
    group = app_commands.Group(name="creator", description="Creators")

    @group.command(description="Add")
    async def add(interaction: discord.Interaction, who: discord.Member, where: discord.TextChannel) -> None:
        await interaction.response.send_message(f"{who.name} in {where.name}", ephemeral=True)

    client.tree.add_command(group)

    @client.tree.context_menu(name="Quote")
    async def quote(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"quoted {message.content}")

    async with running(studio.server, client):
        maya = studio.person("maya")
        added = await maya.slash(
            studio.guild, studio.lobby, "creator add", who=studio.ids["noah"], where=studio.lobby
        )
        await added.says("noah in lobby")
        said = await maya.say(studio.lobby, "words")
        quoted = await (await maya.menu(said, "Quote")).says("quoted words")
    assert not quoted.ephemeral


@pytest.mark.parametrize(
    "command",
    [
        {"name": "Upper", "description": "x"},
        {"name": "with space", "description": "x"},
        {"name": "n" * 33, "description": "x"},
        {"name": "nodescription"},
        {"name": "long", "description": "x" * 101},
        {"name": "unknown", "description": "x", "colour": 1},
        {"name": "types", "description": "x", "options": [{"type": 99, "name": "a", "description": "a"}]},
        {
            "name": "order",
            "description": "x",
            "options": [
                {"type": 3, "name": "a", "description": "a"},
                {"type": 3, "name": "b", "description": "b", "required": True},
            ],
        },
        {
            "name": "both",
            "description": "x",
            "options": [
                {
                    "type": 3,
                    "name": "a",
                    "description": "a",
                    "autocomplete": True,
                    "choices": [{"name": "x", "value": "x"}],
                }
            ],
        },
        {"name": "menu", "type": 3, "description": "menus have none"},
    ],
    ids=lambda command: str(command["name"])[:12],
)
async def test_a_command_against_the_rules_is_not_registered(
    still: FurnishedDiscord, api: PlainDiscordApi, command: dict[str, Any]
) -> None:
    status, answer = await api("PUT", f"/applications/{APPLICATION_ID}/commands", [command])
    assert (status, answer["code"]) == (400, 50035)
    assert still.server.world.commands == {}


async def test_a_command_keeps_its_id_and_belongs_to_its_application(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    await _register(api)
    first = still.server.world.commands[APPLICATION_ID, None][0]["id"]
    await _register(api, description="Ping again")
    assert still.server.world.commands[APPLICATION_ID, None][0]["id"] == first
    assert (await api("PUT", "/applications/42/commands", []))[1]["code"] == 20012
    body = [{"name": "ping", "description": "Here"}]
    where = f"/applications/{APPLICATION_ID}/guilds/{still.guild.id}/commands"
    assert (await api("PUT", where, body))[1][0]["guild_id"] == str(still.guild.id)


async def test_a_form_that_a_command_opened_may_just_close(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    asked = await _asked(still, api)
    field = {"type": 4, "custom_id": "words", "label": "Words", "style": 1}
    form = {"title": "Say", "custom_id": "form", "components": [{"type": 1, "components": [field]}]}
    await api("POST", _callback(asked), {"type": 9, "data": form})
    sent = await still.person("maya").submit(asked, {"words": "x"})

    assert (await api("POST", _callback(sent), {"type": 7, "data": {"content": "x"}}))[0] == 400
    assert (await api("POST", _callback(sent), {"type": 6}))[0] == 204
    assert (await api("PATCH", f"{_hook(sent)}/messages/@original", {"content": "x"}))[1]["code"] == 10008
    assert (await api("POST", _hook(sent), {"content": "thanks"}))[0] == 200
