"""What may be posted, what is refused, and who is notified."""

import io
from typing import Any

import aiohttp
import discord
import pytest

from bot.sandbox.discord.model import StandInOverwrite
from tests.sandbox.discord.conftest import (
    DiscordTestClock,
    FurnishedDiscord,
    PlainDiscordApi,
    SandboxDiscordClient,
)

V2 = 1 << 15


def _text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


def _button(number: int) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "x", "custom_id": f"b{number}"}


def _row(*children: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(children)}


def _codes(errors: Any) -> list[str]:
    found: list[str] = []
    for name, value in errors.items():
        found += [item["code"] for item in value] if name == "_errors" else _codes(value)
    return found


_SELECT = {"type": 3, "custom_id": "s", "options": [{"label": "a", "value": "a"}]}
_FIELDS = [{"name": "n" * 256, "value": "v" * 1024} for _ in range(4)]
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"content": "x" * 2001}, "BASE_TYPE_MAX_LENGTH"),
    ({"content": 5}, "STRING_TYPE_CONVERT"),
    ({"content": "x", "colour": 1}, "SANDBOX_UNKNOWN_FIELD"),
    ({"content": "x", "nonce": "n" * 26}, "BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"title": "t" * 257}]}, "BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"description": "d" * 3000}, {"fields": _FIELDS}]}, "MAX_EMBED_SIZE_EXCEEDED"),
    ({"embeds": [{}] * 11}, "BASE_TYPE_BAD_LENGTH"),
    ({"components": [_text("only with the flag")]}, "UNION_TYPE_CHOICES"),
    ({"components": [_row(*map(_button, range(6)))]}, "BASE_TYPE_BAD_LENGTH"),
    ({"components": [_row(_button(n)) for n in range(6)]}, "BASE_TYPE_BAD_LENGTH"),
    ({"components": [_row(_button(1) | {"custom_id": "x" * 101})]}, "BASE_TYPE_BAD_LENGTH"),
    ({"components": [_row(_button(1) | {"custom_id": ""})]}, "BASE_TYPE_BAD_LENGTH"),
    ({"components": [_row(_button(1) | {"label": "x" * 81})]}, "BASE_TYPE_MAX_LENGTH"),
    ({"components": [_row(_button(1), _button(1))]}, "COMPONENT_CUSTOM_ID_DUPLICATED"),
    ({"components": [_row(_SELECT, _button(1))]}, "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    ({"components": [_row({"type": 2, "style": 1, "label": "x"})]}, "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED"),
    ({"components": [_row({"type": 2, "style": 5, "label": "x"})]}, "BUTTON_COMPONENT_INVALID"),
    ({"components": [_row({"type": 2, "style": 1, "custom_id": "x"})]}, "BUTTON_COMPONENT_INVALID_LABEL"),
    (
        {"flags": V2, "content": "x", "components": [_text("x")]},
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    ({"flags": V2, "components": [_text("x")] * 41}, "BASE_TYPE_BAD_LENGTH"),
    (
        {"flags": V2, "components": [{"type": 17, "components": [_text("x")] * 40}]},
        "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    ),
    (
        {"flags": V2, "components": [_text("x" * 2001), _text("x" * 2000)]},
        "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ),
    ({"flags": V2, "components": [{"type": 13, "file": {"url": "attachment://no"}}]}, "ATTACHMENT_NOT_FOUND"),
    (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
]


@pytest.mark.parametrize(
    ("body", "code"), REFUSED, ids=[code + str(n) for n, (_, code) in enumerate(REFUSED)]
)
async def test_a_message_against_the_rules_is_refused_and_does_not_exist(
    plain: PlainDiscordApi, body: dict[str, Any], code: str
) -> None:
    status, answer = await plain("POST", f"/channels/{plain.lobby}/messages", body)
    assert (status, answer["code"]) == (400, 50035)
    assert code in _codes(answer["errors"])
    assert plain.server.ledger.count("message_created") == 0


@pytest.mark.parametrize("body", [{}, {"content": "   "}, {"content": None, "embeds": []}])
async def test_an_empty_message_is_refused(
    still: FurnishedDiscord, api: PlainDiscordApi, body: dict[str, Any]
) -> None:
    status, answer = await api("POST", f"/channels/{still.lobby.id}/messages", body)
    assert (status, answer["code"]) == (400, 50006)


async def test_the_limits_themselves_are_allowed(still: FurnishedDiscord, api: PlainDiscordApi) -> None:
    where = f"/channels/{still.lobby.id}/messages"
    assert (await api("POST", where, {"content": "x" * 2000}))[0] == 200
    layout = [{"type": 17, "components": [_text("x" * 100)] * 38}, {"type": 14}]
    assert (await api("POST", where, {"flags": V2, "components": layout}))[0] == 200


async def test_an_enforced_nonce_gives_the_first_message_again_until_its_window_ends(
    still: FurnishedDiscord, api: PlainDiscordApi, clock: DiscordTestClock
) -> None:
    where = f"/channels/{still.lobby.id}/messages"
    body = {"content": "once", "nonce": "n1", "enforce_nonce": True}
    first, second = (await api("POST", where, body))[1], (await api("POST", where, body))[1]
    assert first["id"] == second["id"]
    assert still.server.ledger.count("message_created") == 1
    assert (await api("POST", where, {**body, "enforce_nonce": False}))[1]["id"] != first["id"]
    clock.advance(seconds=181)
    assert (await api("POST", where, body))[1]["id"] != first["id"]


async def test_only_allowed_mentions_notify(still: FurnishedDiscord, api: PlainDiscordApi) -> None:
    where = f"/channels/{still.lobby.id}/messages"
    maya, noah, team = still.ids["maya"], still.ids["noah"], still.ids["team"]
    text = f"<@{maya}> <@{noah}> <@&{team}> @everyone"

    async def rings(allowed: dict[str, Any] | None) -> list[int]:
        since = len(still.server.ledger)
        body = {"content": text} | ({} if allowed is None else {"allowed_mentions": allowed})
        assert (await api("POST", where, body))[0] == 200
        return [person for entry in still.server.ledger.of("ping", since) for person in entry.data["people"]]

    assert await rings({"parse": []}) == []
    assert await rings({"parse": [], "users": [str(maya)]}) == [maya]
    assert await rings({"parse": ["users"]}) == sorted([maya, noah])
    assert await rings({"parse": ["roles"]}) == sorted([maya, noah])
    assert still.server.ledger.count("mentions_allowed") == 2  # those that let the text decide
    assert len(await rings({"parse": ["everyone"]})) == 4
    assert len(await rings(None)) == 4
    assert still.server.ledger.count("mentions_allowed") == 4


async def test_text_displays_mention_as_content_does_and_an_edit_notifies_nobody(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    where = f"/channels/{still.lobby.id}/messages"
    named = [_text(f"<@{still.ids['maya']}>")]
    made = (await api("POST", where, {"flags": V2, "components": named}))[1]
    assert still.server.ledger.of("ping")[0].data["people"] == [still.ids["maya"]]
    other = [_text(f"<@{still.ids['noah']}>")]
    assert (await api("PATCH", f"{where}/{made['id']}", {"components": other}))[0] == 200
    assert still.server.ledger.count("ping") == 1


async def test_a_role_without_the_right_cannot_ring_everyone(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    still.guild.roles[still.guild.id].permissions &= ~(1 << 17)
    body = {"content": f"@everyone <@&{still.ids['team']}>"}
    assert (await api("POST", f"/channels/{still.lobby.id}/messages", body))[1]["mention_everyone"] is False
    assert still.server.ledger.count("ping") == 0


async def test_missing_sight_and_missing_rights_have_different_answers(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    own = next(iter(still.server.world.applications))
    where = f"/channels/{still.lobby.id}/messages"
    still.lobby.overwrites[own] = StandInOverwrite(own, 1, 0, 1 << 11)
    status, answer = await api("POST", where, {"content": "x"})
    assert (status, answer["code"]) == (403, 50013)
    still.lobby.overwrites[own] = StandInOverwrite(own, 1, 0, 1 << 10)
    status, answer = await api("GET", where)
    assert (status, answer["code"]) == (403, 50001)
    assert (await api("GET", "/channels/1/messages"))[1]["code"] == 10003


async def test_only_ones_own_message_is_edited_and_what_is_gone_is_unknown(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    where = f"/channels/{still.lobby.id}/messages"
    hers = await still.person("maya").say(still.lobby, "mine")
    assert (await api("PATCH", f"{where}/{hers.id}", {"content": "x"}))[1]["code"] == 50005
    assert (await api("DELETE", f"{where}/{hers.id}"))[0] == 204
    assert (await api("GET", f"{where}/{hers.id}"))[1]["code"] == 10008


async def test_an_edit_that_empties_a_message_changes_nothing(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    where = f"/channels/{still.lobby.id}/messages"
    made = (await api("POST", where, {"content": "full"}))[1]
    assert (await api("PATCH", f"{where}/{made['id']}", {"content": ""}))[1]["code"] == 50006
    assert (await api("GET", f"{where}/{made['id']}"))[1]["content"] == "full"


async def test_a_message_becomes_components_only_when_its_content_goes(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    where = f"/channels/{still.lobby.id}/messages"
    made = (await api("POST", where, {"content": "old"}))[1]
    layout = {"flags": V2, "components": [_text("new")]}
    assert (await api("PATCH", f"{where}/{made['id']}", layout))[1]["code"] == 50035
    status, answer = await api("PATCH", f"{where}/{made['id']}", {**layout, "content": None})
    assert (status, answer["content"], answer["components"][0]["content"]) == (200, "", "new")


async def test_files_arrive_and_can_be_fetched(
    studio: FurnishedDiscord, client: SandboxDiscordClient
) -> None:
    channel = client.get_channel(studio.lobby.id)
    assert isinstance(channel, discord.TextChannel)
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://a.png")))
    sent = await channel.send(file=discord.File(io.BytesIO(b"picture"), "a.png"), view=view)
    async with aiohttp.ClientSession() as session, session.get(sent.attachments[0].url) as answer:
        assert await answer.read() == b"picture"
    shown = studio.server.world.messages[studio.lobby.id][sent.id].components[0]["items"][0]["media"]
    assert shown["url"] == sent.attachments[0].url


async def test_history_is_paged_from_new_to_old(still: FurnishedDiscord, api: PlainDiscordApi) -> None:
    where = f"/channels/{still.lobby.id}/messages"
    made = [(await api("POST", where, {"content": str(n)}))[1]["id"] for n in range(5)]
    newest = (await api("GET", where + "?limit=2"))[1]
    assert [m["content"] for m in newest] == ["4", "3"]
    older = (await api("GET", f"{where}?limit=2&before={made[3]}"))[1]
    assert [m["content"] for m in older] == ["2", "1"]
    newer = (await api("GET", f"{where}?limit=2&after={made[0]}"))[1]
    assert [m["content"] for m in newer] == ["2", "1"]
    assert (await api("GET", where + "?limit=101"))[1]["code"] == 50035


async def test_direct_messages_need_a_shared_server_and_an_open_door(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    world = still.server.world
    stranger = world.add_user("stranger")

    async def write(user_id: int) -> int:
        channel = (await api("POST", "/users/@me/channels", {"recipient_id": str(user_id)}))[1]
        status, answer = await api("POST", f"/channels/{channel['id']}/messages", {"content": "hello"})
        return status if status == 200 else int(answer["code"])

    assert await write(still.ids["maya"]) == 200
    assert await write(stranger.id) == 50007
    world.users[still.ids["maya"]].dms_open = False
    assert await write(still.ids["maya"]) == 50007
