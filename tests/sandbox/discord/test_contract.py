"""The judge by Discord's own file finds what does not fit, on both sides."""

import os
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.discord.contract import FILE, DiscordContract, DiscordContractError
from bot.sandbox.discord.errors import DiscordApiError
from bot.sandbox.discord.routing import RestCall, RestReply
from tests.sandbox.discord.conftest import FurnishedDiscord, PlainDiscordApi

FOLDER = Path(os.environ.get("CONTRACTS_DIR", "there is none"))
pytestmark = [
    pytest.mark.contract,
    pytest.mark.skipif(
        not (FOLDER / FILE).is_file(), reason="CONTRACTS_DIR names no folder with Discord's file"
    ),
]


@pytest.fixture
def errors() -> list[DiscordContractError]:
    """What the judge finds."""
    return []


@pytest.fixture
def judge(errors: list[DiscordContractError]) -> DiscordContract:
    """A judge."""
    return DiscordContract(FOLDER, errors)


def _call(method: str, path: str, body: Any = None) -> RestCall:
    return RestCall(method, path, {}, body)


GOOD: list[tuple[str, str, Any]] = [
    ("POST", "/channels/1/messages", {"content": "x", "tts": False, "nonce": "1", "enforce_nonce": True}),
    ("POST", "/channels/1/messages", {"embeds": [{"type": "rich", "title": "x", "flags": 0}]}),
    ("PATCH", "/channels/1/messages/2", {"content": "x", "tts": False, "attachments": [{"id": 5}]}),
    ("POST", "/channels/1/threads", {"name": "x", "type": 11, "message": {"content": "x", "tts": False}}),
    ("PATCH", "/channels/1", {"permission_overwrites": [{"id": 1, "type": 0, "allow": "8", "deny": "0"}]}),
    ("POST", "/channels/1/messages/bulk-delete", {"messages": [1, 2]}),
    ("POST", "/interactions/1/t/callback", {"type": 7, "data": {"tts": False, "content": "x"}}),
    ("POST", "/users/@me/channels", {"recipient_id": 1}),
]


@pytest.mark.parametrize(("method", "path", "body"), GOOD)
def test_what_discord_py_sends_is_known(
    judge: DiscordContract, errors: list[DiscordContractError], method: str, path: str, body: Any
) -> None:
    judge.request(_call(method, path, body))
    assert errors == []


BAD: list[tuple[str, str, Any]] = [
    ("POST", "/channels/1/messages", {"content": "x", "colour": 1}),
    ("POST", "/channels/1/messages", {"content": 1}),
    ("POST", "/channels/1/messages", {"components": [{"type": 1, "components": [{"type": 2, "styl": 1}]}]}),
    ("POST", "/channels/1/threads", {"name": "x", "message": {"content": "x", "nonce": "1"}}),
    ("PATCH", "/channels/1", {"nmae": "x"}),
    ("POST", "/interactions/1/t/callback", {"type": 4, "data": {"content": "x", "flagz": 1}}),
    ("PUT", "/applications/1/commands", [{"name": "x", "description": "x", "option": []}]),
]


@pytest.mark.parametrize(("method", "path", "body"), BAD)
def test_an_unknown_or_mistyped_field_is_refused_and_recorded(
    judge: DiscordContract, errors: list[DiscordContractError], method: str, path: str, body: Any
) -> None:
    with pytest.raises(DiscordApiError, match="50035"):
        judge.request(_call(method, path, body))
    assert [(error.side, error.path) for error in errors] == [("request", path)]


async def test_a_bad_answer_of_the_stand_in_is_recorded(
    still: FurnishedDiscord, api: PlainDiscordApi, judge: DiscordContract, errors: list[DiscordContractError]
) -> None:
    good = (await api("GET", f"/channels/{still.lobby.id}"))[1]
    call = _call("GET", f"/channels/{still.lobby.id}")
    judge.answer(call, RestReply(200, good))
    assert errors == []
    judge.answer(call, RestReply(200, {**good, "colour": 1}))
    judge.answer(call, RestReply(200, {**good, "position": "first"}))
    judge.answer(call, RestReply(200, {k: v for k, v in good.items() if k != "id"}))
    judge.answer(_call("GET", "/nowhere"), RestReply(200, {}))
    assert len(errors) == 4
    judge.answer(call, RestReply(403, DiscordApiError(50001).body()))
    judge.answer(call, RestReply(403, {"message": "x"}))
    assert len(errors) == 5


async def test_a_refused_request_of_a_client_is_kept_by_the_server(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    status, answer = await api("POST", f"/channels/{still.lobby.id}/messages", {"content": "x", "colour": 1})
    assert (status, answer["code"]) == (400, 50035)
    assert [error.side for error in still.server.contract_errors] == ["request"]
    assert still.server.ledger.count("message_created") == 0
