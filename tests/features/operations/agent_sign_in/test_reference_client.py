"""The reference client signs in, reads, asks for more, and renews its tokens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal

import httpx2
import pytest
from mcp import Client
from mcp.client.auth import OAuthClientProvider, TokenStorage
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import (
    AuthorizationCodeResult,
    OAuthClientInformationFull,
    OAuthClientMetadata,
    OAuthToken,
)
from pydantic import AnyUrl
from yarl import URL

from tests.features.operations.agent_sign_in.sign_in_scenario import BACK, AgentBrowser, SignInScenario
from tests.features.operations.api_keys.test_mcp import asked

pytestmark = pytest.mark.asyncio(loop_scope="package")


@dataclass
class KeptTokens(TokenStorage):
    """What an agent keeps between two starts."""

    tokens: OAuthToken | None = None
    client: OAuthClientInformationFull | None = None
    given: int = 0

    async def get_tokens(self) -> OAuthToken | None:
        return self.tokens

    async def set_tokens(self, tokens: OAuthToken) -> None:
        self.tokens = tokens
        self.given += 1

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return self.client

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        self.client = client_info


@dataclass
class Consent:
    """The owner, who lets the agent in with these options, one set for each time that it asks."""

    signing: SignInScenario
    browser: AgentBrowser
    options: list[dict[str, str]]
    pages: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    auth: OAuthClientProvider = field(init=False)
    back: AuthorizationCodeResult = field(default_factory=lambda: AuthorizationCodeResult(code=""))

    async def opened(self, url: str) -> None:
        page = await self.browser.opens(dict(URL(url).query))
        self.pages.append(page.text)
        question = await self.signing.types(self.browser.code(page))
        self.questions.append(question.text.replace("\\", ""))
        connected = await self.signing.connects(question, self.options.pop(0))
        self.questions.append(connected)
        answer = await self.browser.looks()
        assert answer.where.startswith(BACK)
        self.back = AuthorizationCodeResult(**answer.told)

    async def came_back(self) -> AuthorizationCodeResult:
        return self.back


@asynccontextmanager
async def agent(
    signing: SignInScenario,
    kept: KeptTokens,
    *options: dict[str, str],
    mode: Literal["auto", "legacy"] = "auto",
) -> AsyncIterator[tuple[Client, Consent]]:
    """An agent that knows the address and nothing else."""
    async with signing.browser() as browser:
        owner = Consent(signing, browser, list(options))
        owner.auth = OAuthClientProvider(
            signing.resource,
            OAuthClientMetadata(client_name="Reference", redirect_uris=[AnyUrl(BACK)]),
            kept,
            owner.opened,
            owner.came_back,
        )
        async with (
            httpx2.AsyncClient(auth=owner.auth, timeout=60) as http,
            Client(streamable_http_client(signing.resource, http_client=http), mode=mode) as client,
        ):
            yield client, owner


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_it_knows_an_address_and_is_let_in_by_the_owner(
    signing: SignInScenario, mode: Literal["auto", "legacy"]
) -> None:
    kept = KeptTokens()
    async with agent(signing, kept, {"role": "viewer"}, mode=mode) as (client, owner):
        wrong, told, said = await asked(client, fields=["waiting", "earnings"])

    assert not wrong, said
    assert told["waiting"]["fans"]
    assert told["missing"]["earnings"]["why"] == "not_allowed"
    assert "Reference" in owner.pages[0]
    told_first = [words in owner.questions[0] for words in ("Reference", "127.0.0.1:33418", "yourself")]
    assert told_first == [True, True, True], owner.questions[0]
    assert "as viewer until" in owner.questions[1]
    assert kept.tokens is not None
    assert (kept.tokens.scope, kept.given) == ("data", 1)


async def test_it_asks_its_person_for_more_when_a_tool_needs_more(signing: SignInScenario) -> None:
    fan = signing.program.house.fan("Greta")
    await signing.program.house.greeted(fan, "how are you?")
    kept = KeptTokens()
    async with agent(signing, kept, {}, {"scope": "drafts"}) as (client, owner):
        read = await asked(client, "fan_context", fan=fan.uuid)
        drafted = await asked(client, "draft_reply", fan=fan.uuid, text="Fine!")
        await signing.program.house.shows(fan, "Draft by Reference")

    assert (read[0], drafted[0], len(owner.pages)) == (False, False, 2), (read, drafted)
    assert kept.tokens is not None
    assert kept.tokens.scope == "data chats drafts"
    assert fan.inbox() == []


async def test_it_renews_its_token_without_asking_anybody(signing: SignInScenario) -> None:
    kept = KeptTokens()
    async with agent(signing, kept, {}) as (client, owner):
        await asked(client, fields=["waiting"])
        assert kept.tokens is not None
        first = kept.tokens
        owner.auth.context.token_expiry_time = 1.0  # as it is an hour later
        renewed = await asked(client, fields=["waiting"])
        before = await signing.calls(first.access_token)

    assert (renewed[0], kept.given, len(owner.pages)) == (False, 2, 1)
    assert kept.tokens.access_token != first.access_token
    assert kept.tokens.refresh_token != first.refresh_token
    assert before.status == 401


async def test_the_owner_sees_it_among_the_keys_and_ends_it(signing: SignInScenario) -> None:
    kept, stage = KeptTokens(), signing.program.house.stage
    async with agent(signing, kept, {"days": "7"}) as (client, _):
        await asked(client)
        shown = await (await stage.owner.slash(stage.guild, stage.lobby, "settings keys show")).done(60)
        assert kept.tokens is not None
        key = kept.tokens.access_token.split(".")[1]
        await (await stage.owner.slash(stage.guild, stage.lobby, "settings keys revoke", key=key)).done(60)
        after = await signing.calls(kept.tokens.access_token)

    assert "agent that signed in" in shown.text
    assert (after.status, "invalid_token" in after.headers["WWW-Authenticate"]) == (401, True)
