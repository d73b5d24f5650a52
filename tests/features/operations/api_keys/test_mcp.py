"""An agent reads the context through MCP: the reference client, the real command."""

import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from bot.cli import main
from bot.cli.mcp import KEY
from tests.architecture.source_tree import TOP
from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario

pytestmark = pytest.mark.asyncio(loop_scope="package")


def url_of(program: ApiKeyScenario) -> str:
    return f"http://{program.house.stage.bridge._settings['LISTEN']}"


@asynccontextmanager
async def agent(program: ApiKeyScenario, key: str, creator: str | None = None) -> AsyncIterator[Client]:
    """An agent that has started the command."""
    words = ["-m", "bot", "mcp", "--url", url_of(program), "--creator", creator or program.handle]
    server = StdioServerParameters(
        command=sys.executable, args=words, env={KEY: key, "PYTHONPATH": str(TOP)}, cwd=TOP
    )
    async with Client(server) as client:
        yield client


async def asked(
    client: Client, tool: str = "creator_context", **words: Any
) -> tuple[bool, Mapping[str, Any], str]:
    """Whether it went wrong, the structured answer, and its text."""
    found = await client.call_tool(tool, words)
    text = "".join(getattr(part, "text", "") for part in found.content)
    return bool(found.is_error), found.structured_content or {}, text


async def test_an_agent_finds_tools_that_read_and_tools_that_draft(program: ApiKeyScenario) -> None:
    async with agent(program, await program.made()) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}

    reads = {name for name, tool in tools.items() if tool.annotations and tool.annotations.read_only_hint}
    assert reads == {"creator_context", "fan_context", "draft_outcome"}
    assert set(tools) - reads == {
        *("draft_reply", "draft_mass_message", "draft_post", "draft_template"),
        "withdraw_draft",
    }
    assert not any(tool.annotations is None or tool.annotations.destructive_hint for tool in tools.values())
    tool = tools["creator_context"]
    assert tool.output_schema is not None
    assert {"media", "subscribers", "missing"} <= set(tool.output_schema["properties"])
    assert set(tool.input_schema["properties"]) == {"fields", "variants", "period", "limit", "search"}


async def test_an_agent_reads_what_its_key_may_see(program: ApiKeyScenario) -> None:
    async with agent(program, await program.made("--role", "viewer")) as client:
        wrong, told, _ = await asked(client, fields=["waiting", "earnings"])

    assert not wrong
    assert [fan["name"] for fan in told["waiting"]["fans"]] == ["Annabelle"]
    assert (told["earnings"], told["missing"]["earnings"]["why"]) == (None, "not_allowed")


async def test_an_agent_reads_a_fan_and_drafts_an_answer_that_nobody_gets(program: ApiKeyScenario) -> None:
    fan = program.house.fan("Agnes")
    await program.house.greeted(fan, "do you like cats?")
    async with agent(program, await program.made("--scope", "drafts")) as client:
        _, read, _ = await asked(client, "fan_context", fan=fan.uuid)
        newest = read["messages"]["newest"]
        wrong, made, said = await asked(client, "draft_reply", fan=fan.uuid, text="I do!", answers=newest)
        await program.house.shows(fan, "Draft by n8n")
        _, waits, _ = await asked(client, "draft_outcome", draft=made["id"])
        _, taken_back, _ = await asked(client, "withdraw_draft", draft=made["id"])
        priced = await asked(client, "draft_reply", fan=fan.uuid, text="buy", price_cents=500)

    assert read["messages"]["messages"][-1]["text"] == "do you like cats?"
    assert (wrong, made["state"], waits["state"], taken_back["state"]) == (
        False,
        "waiting",
        "waiting",
        "withdrawn",
    ), said
    assert (priced[0], "needs media" in priced[2]) == (True, True)
    assert fan.inbox() == []


async def test_an_agent_drafts_a_mass_message_and_takes_it_back(program: ApiKeyScenario) -> None:
    async with agent(program, await program.made("--scope", "drafts")) as client:
        wrong, made, said = await asked(
            client, "draft_mass_message", to=["Subscribers"], text="hi", at="2020-01-01T00:00:00Z"
        )
        _, kept, _ = await asked(client, "draft_mass_message", to=["Subscribers"], text="hi", once="a")
        _, same, _ = await asked(client, "draft_mass_message", to=["Subscribers"], text="hi", once="a")
        _, gone, _ = await asked(client, "withdraw_draft", draft=kept["id"], kind="mass_message")
        _, told, _ = await asked(client, "draft_outcome", draft=kept["id"], kind="mass_message")

    assert (wrong, made) == (True, {})
    assert "it must lie ahead" in said
    assert (kept["state"], same["id"]) == ("waiting", kept["id"])
    assert (gone["state"], told["state"]) == ("withdrawn", "withdrawn")


async def test_an_agent_drafts_a_post_and_takes_it_back(program: ApiKeyScenario) -> None:
    async with agent(program, await program.made("--scope", "drafts")) as client:
        wrong, made, said = await asked(client, "draft_post", text="hi", price_cents=500)
        _, kept, _ = await asked(
            client, "draft_post", text="hi", audience="followers-and-subscribers", once="a"
        )
        elsewhere = await asked(client, "draft_outcome", draft=kept["id"], kind="mass_message")
        _, gone, _ = await asked(client, "withdraw_draft", draft=kept["id"], kind="post")
        _, told, _ = await asked(client, "draft_outcome", draft=kept["id"], kind="post")

    assert (wrong, made) == (True, {})
    assert "A price needs media to buy" in said
    assert (elsewhere[0], "wrote no mass message with that id" in elsewhere[2]) == (True, True)
    assert (kept["state"], gone["state"], told["state"]) == ("waiting", "withdrawn", "withdrawn")


async def test_an_agent_drafts_a_template_and_takes_it_back(program: ApiKeyScenario) -> None:
    async with agent(program, await program.made("--scope", "drafts")) as client:
        wrong, _, said = await asked(client, "draft_template", name="n", text="Dear {boss}")
        _, kept, _ = await asked(client, "draft_template", name="n", text="Dear {fan_name}", once="a")
        _, gone, _ = await asked(client, "withdraw_draft", draft=kept["id"], kind="template")
        _, told, _ = await asked(client, "draft_outcome", draft=kept["id"], kind="template")

    assert (wrong, "{boss}" in said) == (True, True)
    assert (kept["state"], gone["state"], told["state"]) == ("waiting", "withdrawn", "withdrawn")


async def test_an_agent_with_a_narrow_key_reads_no_chat_and_drafts_nothing(program: ApiKeyScenario) -> None:
    fan = program.house.fan("Norah")
    await program.house.greeted(fan)
    async with agent(program, await program.made()) as client:
        read = await asked(client, "fan_context", fan=fan.uuid)
        drafted = await asked(client, "draft_reply", fan=fan.uuid, text="hi")

    assert (read[0], "scope chats" in read[2]) == (True, True)
    assert (drafted[0], "scope drafts" in drafted[2]) == (True, True)


async def test_an_agent_is_told_in_words_what_went_wrong(program: ApiKeyScenario) -> None:
    key = await program.made()
    async with agent(program, key) as client:
        period = await asked(client, fields=["earnings"], period="the day after")
        limit = await asked(client, limit=0)
        field = await asked(client, fields=["secrets"])
        await program.keys("revoke", key.split(".")[1])
        ended = await asked(client)

    assert [one[0] for one in (period, limit, field, ended)] == [True] * 4
    assert "last week" in period[2]
    assert "from 1 to 200" in limit[2]
    assert "Send a valid key" in ended[2]
    assert key not in "".join(one[2] for one in (period, limit, field, ended))


@pytest.mark.parametrize(
    ("url", "key", "code", "says"),
    [
        ("https://bridge.example.com", "", 78, "api-keys new"),
        ("http://bridge.example.com", "fbk.a.b", 2, "Use https"),
        ("ftp://127.0.0.1", "fbk.a.b", 2, "Use https"),
    ],
)
async def test_the_command_does_not_start_without_a_key_or_in_clear(  # the words, the key, the outcome
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    url: str,
    key: str,
    code: int,
    says: str,
) -> None:
    monkeypatch.setenv(KEY, key)

    assert main.main(["mcp", "--url", url, "--creator", "@x"]) == code
    assert says in capsys.readouterr().err
