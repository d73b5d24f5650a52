"""An agent elsewhere has the same tools: the reference client over HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal

import aiohttp
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from bot.features.operations.agent_sign_in.model import MCP_PATH
from bot.features.operations.agent_tools.caller import MOST_BYTES
from bot.features.operations.api_keys.key_pace import A_MINUTE
from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario
from tests.features.operations.api_keys.test_mcp import agent, asked, url_of

pytestmark = pytest.mark.asyncio(loop_scope="package")
Mode = Literal["auto", "legacy"]
_LISTED = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}


@asynccontextmanager
async def remote_agent(program: ApiKeyScenario, key: str, mode: Mode = "auto") -> AsyncIterator[Client]:
    """An agent that knows an address and a key."""
    headers = {"Authorization": f"Bearer {key}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=30) as http,
        Client(streamable_http_client(url_of(program) + MCP_PATH, http_client=http), mode=mode) as client,
    ):
        yield client


async def posted(
    program: ApiKeyScenario, key: str | None, body: bytes | None = None, **headers: str
) -> tuple[int, str, Any]:
    """Status, text and headers of one message."""
    sent = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    sent |= {} if key is None else {"Authorization": f"Bearer {key}"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            url_of(program) + MCP_PATH, data=body or json.dumps(_LISTED).encode(), headers=sent
        ) as answer,
    ):
        return answer.status, await answer.text(), answer.headers


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_the_tools_are_those_of_the_command(program: ApiKeyScenario, mode: Mode) -> None:
    key = await program.made()
    async with agent(program, key) as client:
        near = [tool.model_dump() for tool in (await client.list_tools()).tools]
    async with remote_agent(program, key, mode) as client:
        far = [tool.model_dump() for tool in (await client.list_tools()).tools]

    assert far == near


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_an_agent_reads_and_drafts_as_its_key_may(program: ApiKeyScenario, mode: Mode) -> None:
    fan = program.house.fan(f"Remote {mode}")
    await program.house.greeted(fan, "do you like cats?")
    async with remote_agent(program, await program.made("--scope", "drafts"), mode) as client:
        wrong, told, said = await asked(client, fields=["waiting", "earnings"])
        _, read, _ = await asked(client, "fan_context", fan=fan.uuid)
        newest = read["messages"]["newest"]
        _, made, _ = await asked(client, "draft_reply", fan=fan.uuid, text="I do!", answers=newest, once="a")
        _, same, _ = await asked(client, "draft_reply", fan=fan.uuid, text="I do!", answers=newest, once="a")
        await program.house.shows(fan, "Draft by n8n")
        _, taken_back, _ = await asked(client, "withdraw_draft", draft=made["id"])
        limit = await asked(client, limit=0)
        strange = await asked(client, "fan_context", fan="../../x\x00")

    assert not wrong, said
    assert told["waiting"]["fans"]
    assert (same["id"], taken_back["state"]) == (made["id"], "withdrawn")
    assert (limit[0], "from 1 to 200" in limit[2]) == (True, True)
    assert strange[0]
    assert fan.inbox() == []


async def test_a_narrow_key_is_told_which_scope_it_needs(program: ApiKeyScenario) -> None:
    async with remote_agent(program, await program.made("--role", "viewer")) as client:
        read = await asked(client, "fan_context", fan="x")
        told = (await asked(client, fields=["earnings"]))[1]

    assert (read[0], "scope chats" in read[2]) == (True, True)
    assert told["missing"]["earnings"]["why"] == "not_allowed"


async def test_two_keys_at_once_each_read_their_own(program: ApiKeyScenario) -> None:
    fan = program.house.fan("Both")
    await program.house.greeted(fan)
    wide, narrow = await program.made("--scope", "chats"), await program.made()
    async with remote_agent(program, wide) as one, remote_agent(program, narrow) as other:
        told = await asyncio.gather(
            *(asked(client, "fan_context", fan=fan.uuid) for client in (one, other) for _ in range(2))
        )

    assert [wrong for wrong, _, _ in told] == [False, False, True, True]


async def test_a_key_asks_at_the_same_pace_as_elsewhere(program: ApiKeyScenario) -> None:
    async with remote_agent(program, await program.made()) as client:
        taken = 0
        while not (told := await asked(client, fields=["waiting"]))[0] and taken < 10 * A_MINUTE:
            taken += 1  # on a slow machine more than a minute's

    assert taken >= A_MINUTE
    assert "too often" in told[2]


async def test_each_request_stands_alone(program: ApiKeyScenario) -> None:
    status, text, headers = await posted(program, await program.made())

    assert (status, headers["Content-Type"].partition(";")[0]) == (200, "application/json")
    assert json.loads(text)["result"]["tools"]
    assert "Mcp-Session-Id" not in headers
    assert headers["Cache-Control"] == "no-store"


async def test_what_is_no_message_of_an_agent_is_turned_away(program: ApiKeyScenario) -> None:
    key = await program.made()
    ended = await program.made()
    await program.keys("revoke", ended.split(".")[1])
    deep = b"[" * 100_000
    own = program.house.stage.bridge._settings["PUBLIC_URL"]

    told = {
        "nobody": (await posted(program, None))[0],
        "ended": (await posted(program, ended))[0],
        "guessed": (await posted(program, key[:-1]))[0],
        "another site": (await posted(program, key, Origin="https://evil.example"))[0],
        "no site": (await posted(program, key, Origin="null"))[0],
        "this site": (await posted(program, key, Origin=own))[0],
        "a form": (await posted(program, key, Content_Type="text/plain"))[0],
        "a giant": (await posted(program, key, b"x" * (MOST_BYTES + 1)))[0],
        "no json": (await posted(program, key, b"{"))[0],
        "deep": (await posted(program, key, deep))[0],
        "a list": (await posted(program, key, b"[]"))[0],
        "no version": (await posted(program, key, MCP_Protocol_Version="1999-01-01"))[0],
    }

    assert told == {
        "nobody": 401,
        "ended": 401,
        "guessed": 401,
        "another site": 403,
        "no site": 403,
        "this site": 200,
        "a form": 415,
        "a giant": 413,
        "no json": 400,
        "deep": 400,
        "a list": 400,
        "no version": 400,
    }


async def test_nobody_waits_at_the_address_for_messages(program: ApiKeyScenario) -> None:
    headers = {"Authorization": f"Bearer {await program.made()}", "Accept": "text/event-stream"}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.get(url_of(program) + MCP_PATH) as got:
            pass
        async with session.delete(url_of(program) + MCP_PATH) as deleted:
            pass

    assert (got.status, deleted.status, got.headers["Allow"]) == (405, 405, "POST")
