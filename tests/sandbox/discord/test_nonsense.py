"""Nonsense in a body is refused with Discord's errors; it never breaks the server."""

from typing import Any

import pytest

from bot.sandbox.discord.interactions import COMMAND
from bot.sandbox.discord.model import FORUM
from bot.sandbox.discord.standalone import APPLICATION_ID
from tests.sandbox.discord.conftest import PlainDiscordApi

FIELDS: list[Any] = [
    *([], "x", 1, None, True, {}, [1], [[]], [None]),
    {"content": {}},
    {"content": "x", "flags": "x"},
    {"content": "x", "flags": -1},
    {"content": "x", "nonce": []},
    {"content": "x", "message_reference": []},
    {"content": "x", "message_reference": {"message_id": "x"}},
    {"content": "x", "attachments": [{"id": "x"}]},
    {"content": "x", "allowed_mentions": {"parse": "users"}},
    {"content": "x", "allowed_mentions": {"parse": [None], "users": [None]}},
    {"components": 1},
    {"components": [1]},
    {"components": [{}]},
    {"components": [{"type": "1"}]},
    {"components": [{"type": True}]},
    {"components": [{"type": 1, "components": [1]}]},
    {"components": [{"type": 1, "components": [{"type": 2}]}]},
    {"flags": 1 << 15, "components": [{"type": 17, "components": [{"type": 9, "components": []}]}]},
    {"flags": 1 << 15, "components": [{"type": 10, "content": None}]},
    {"flags": 1 << 15, "components": [{"type": 12, "items": [{"media": None}]}]},
    {"embeds": [1]},
    {"embeds": [{"fields": [{}], "footer": 1, "image": 1}]},
    {"embeds": [{"image": {"url": 1}}]},
    {"embeds": [{"image": {}}]},
    {"name": "x", "message": 1},
    {"name": "x", "message": {"content": "x"}, "applied_tags": ["x"]},
    {"name": 1, "type": "x"},
    {"name": "x", "parent_id": "x"},
    {"name": "x", "permission_overwrites": [{}]},
    {"name": "x", "permission_overwrites": [{"id": "1", "type": 0, "allow": "x"}]},
    {"name": "x", "available_tags": [{}]},
    {"name": "x", "default_reaction_emoji": 1},
    {"messages": ["x", "y"]},
    {"recipient_id": None},
    {"type": 4},
    {"type": 4, "data": []},
    {"type": 5, "data": "x"},
    {"type": 8, "data": {"choices": [1]}},
    {"type": 9, "data": {"custom_id": "x", "title": "x", "components": [{"type": 18}]}},
    [{"name": "x", "description": "x", "options": [1]}],
    [
        {
            "name": "x",
            "description": "x",
            "options": [{"type": 1, "name": "x", "description": "x", "options": [{}]}],
        }
    ],
    [
        {
            "name": "x",
            "description": "x",
            "options": [{"type": 3, "name": "y", "description": "y", "choices": [{}]}],
        }
    ],
]


def _routes(plain: PlainDiscordApi, message: int, forum: int) -> list[tuple[str, str]]:
    world = plain.server.world
    guild = next(iter(world.guilds.values()))
    maya = next(user for user in world.users.values() if user.name == "maya")
    lobby, application = world.channels[plain.lobby], world.applications[APPLICATION_ID]
    made = plain.server.interactions.begin(COMMAND, application, maya, lobby, {}, name="x")
    return [
        ("POST", f"/channels/{lobby.id}/messages"),
        ("PATCH", f"/channels/{lobby.id}/messages/{message}"),
        ("POST", f"/channels/{lobby.id}/messages/bulk-delete"),
        ("PATCH", f"/channels/{lobby.id}"),
        ("PUT", f"/channels/{lobby.id}/permissions/{guild.id}"),
        ("POST", f"/channels/{lobby.id}/threads"),
        ("POST", f"/channels/{forum}/threads"),
        ("POST", f"/guilds/{guild.id}/channels"),
        ("PUT", f"/applications/{APPLICATION_ID}/commands"),
        ("POST", "/users/@me/channels"),
        ("POST", f"/interactions/{made.id}/{made.token}/callback"),
        ("POST", f"/webhooks/{APPLICATION_ID}/{made.token}"),
        ("PATCH", f"/webhooks/{APPLICATION_ID}/{made.token}/messages/@original"),
    ]


@pytest.mark.parametrize("body", FIELDS, ids=lambda body: str(body)[:40])
async def test_nonsense_is_refused_everywhere_and_breaks_nothing(plain: PlainDiscordApi, body: Any) -> None:
    world = plain.server.world
    forum = world.add_channel(next(iter(world.guilds.values())), "luna", FORUM)
    message = (await plain("POST", f"/channels/{plain.lobby}/messages", {"content": "x"}))[1]
    for method, path in _routes(plain, int(message["id"]), forum.id):
        status, answer = await plain(method, path, body)
        assert status < 500, (method, path)
        assert status < 300 or {"code", "message"} <= answer.keys()


@pytest.mark.parametrize(
    "path", ["/channels/x", "/channels/x/messages", "/guilds/%20", "/users/x", "/channels/1/messages/x"]
)
async def test_an_id_that_is_none_is_refused(plain: PlainDiscordApi, path: str) -> None:
    assert (await plain("GET", path))[0] in {400, 404}


async def test_a_body_that_is_no_json_is_refused(plain: PlainDiscordApi) -> None:
    for how in ({"data": b"{"}, {"data": b""}, {"data": b"\xff"}):
        status, answer = await plain("POST", f"/channels/{plain.lobby}/messages", **how)
        assert (status, answer["code"]) == (400, 50109)
