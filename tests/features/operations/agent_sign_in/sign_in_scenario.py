"""An agent that signs in, the browser that it opens, and the owner on Discord."""

import base64
import hashlib
import re
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import aiohttp

from bot.features.operations.agent_sign_in.model import MCP_PATH
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.people import DiscordPerson
from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario
from tests.proofs.faults.live_bridge import PATIENCE

BACK: Final = "http://127.0.0.1:33418/callback"
WEB: Final = "https://agents.example/callback"
CODE: Final = re.compile(r"code:([A-Z]{4}-[A-Z]{4})")


@dataclass(frozen=True)
class OAuthAnswer:
    """What an address answered."""

    status: int
    text: str
    body: Any
    headers: Mapping[str, str]

    @property
    def where(self) -> str:
        """Where it sends a browser."""
        return self.headers.get("Location", "")

    @property
    def told(self) -> dict[str, str]:
        """What it tells an agent on the way."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.where).query).items()}


@dataclass
class Pkce:
    """What only the agent knows."""

    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


@dataclass
class SignInScenario:
    """Everything that the two of them do, step by step."""

    program: ApiKeyScenario
    address: str
    pkce: Pkce = field(default_factory=Pkce)

    @property
    def url(self) -> str:
        return self.program.house.setting("PUBLIC_URL")

    @property
    def resource(self) -> str:
        return self.url + MCP_PATH

    @asynccontextmanager
    async def browser(self) -> AsyncIterator["AgentBrowser"]:
        """A browser without any cookie."""
        jar, headers = aiohttp.CookieJar(unsafe=True), {"X-Forwarded-For": self.address}
        async with aiohttp.ClientSession(cookie_jar=jar, headers=headers) as session:
            yield AgentBrowser(self.url, session)

    async def registered(self, redirect: str = BACK, **more: Any) -> str:
        """The id of a new app."""
        answer = await self.post(
            "/oauth/register", json={"client_name": "Helper", "redirect_uris": [redirect], **more}
        )
        assert answer.status == 201, answer.text
        return str(answer.body["client_id"])

    def asked(self, client: str, **changes: str | None) -> dict[str, str]:
        """What an agent puts into the address of the page."""
        words = {
            "response_type": "code",
            "client_id": client,
            "redirect_uri": BACK,
            "state": "its own state",
            "code_challenge": self.pkce.challenge,
            "code_challenge_method": "S256",
            "resource": self.resource,
            "scope": "data chats drafts",
            **changes,
        }
        return {name: value for name, value in words.items() if value is not None}

    async def types(self, code: str, *, by: DiscordPerson | None = None) -> InteractionAnswer:
        """Somebody, the owner unless named, types the code on Discord."""
        stage = self.program.house.stage
        asked = await (by or stage.owner).slash(stage.guild, stage.lobby, "settings keys connect", code=code)
        return await asked.done(PATIENCE)

    async def refuses(self, question: InteractionAnswer) -> str:
        """The owner presses No; the words that are there then."""
        asked = question.text
        await self.presses(question, "No, connect nothing")
        await self.program.house.until(lambda: question.text != asked)
        return question.text

    async def presses(
        self, question: InteractionAnswer, label: str, *, by: DiscordPerson | None = None
    ) -> InteractionAnswer:
        pressed = await (by or self.program.house.stage.owner).click(question.message, label)
        return await pressed.done(PATIENCE)

    async def connects(self, question: InteractionAnswer, options: Mapping[str, str] | None = None) -> str:
        """The owner presses Connect, and sends the window; the words that are there then."""
        asked, opened = question.text, await self.presses(question, "Connect")
        fields = {"role": ["manager"], "scope": ["data"], "days": ["90"]}
        fields |= {name: [value] for name, value in (options or {}).items()}
        sent = await self.program.house.stage.owner.submit(opened, fields)
        await sent.done(PATIENCE)
        await self.program.house.until(lambda: {question.text, sent.text} != {asked})
        return sent.text

    async def allowed(self, browser: "AgentBrowser", client: str, **options: str) -> str:
        """A whole sign-in up to the code in the agent's hands."""
        page = await browser.opens(self.asked(client))
        await self.connects(await self.types(browser.code(page)), options)
        return (await browser.looks()).told["code"]

    async def exchanged(self, client: str, code: str, **changes: str) -> OAuthAnswer:
        """What the agent is given for a code."""
        words = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": client,
            "redirect_uri": BACK,
            "code_verifier": self.pkce.verifier,
            "resource": self.resource,
        }
        return await self.post("/oauth/token", data={**words, **changes})

    async def refreshed(self, client: str, token: str, **changes: str) -> OAuthAnswer:
        words = {"grant_type": "refresh_token", "refresh_token": token, "client_id": client}
        return await self.post("/oauth/token", data={**words, **changes})

    async def calls(self, token: str, tool: str = "creator_context", **words: Any) -> OAuthAnswer:
        """One tool, by one message."""
        message = {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "tools/call",
            "params": {"name": tool, "arguments": words},
        }
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json, text/event-stream"}
        return await self.post(MCP_PATH, json=message, headers=headers)

    async def post(self, path: str, **given: Any) -> OAuthAnswer:
        async with (
            aiohttp.ClientSession(headers={"X-Forwarded-For": self.address}) as session,
            session.post(self.url + path, allow_redirects=False, **given) as answer,
        ):
            return await _read(answer)

    async def get(self, path: str, **given: Any) -> OAuthAnswer:
        async with (
            aiohttp.ClientSession(headers={"X-Forwarded-For": self.address}) as session,
            session.get(self.url + path, allow_redirects=False, **given) as answer,
        ):
            return await _read(answer)


@dataclass
class AgentBrowser:
    """One person's browser."""

    url: str
    session: aiohttp.ClientSession

    async def opens(self, asked: Mapping[str, str]) -> OAuthAnswer:
        """The page that an agent opens, up to where it waits."""
        first = await self.visits("/oauth/authorize", params=asked)
        return await self.looks() if first.status == 303 and first.where == "/oauth/consent" else first

    async def looks(self) -> OAuthAnswer:
        """The page anew."""
        return await self.visits("/oauth/consent")

    async def visits(self, path: str, **given: Any) -> OAuthAnswer:
        async with self.session.get(self.url + path, allow_redirects=False, **given) as answer:
            return await _read(answer)

    def code(self, page: OAuthAnswer) -> str:
        """The code on the page."""
        (found,) = CODE.findall(page.text)
        return str(found)


async def _read(answer: aiohttp.ClientResponse) -> OAuthAnswer:
    body = await answer.json() if answer.content_type == "application/json" else None
    return OAuthAnswer(answer.status, await answer.text(), body, answer.headers)
