"""The stand-in as a server: one port for API, gateway, sign-in, files and control."""

import asyncio
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.sandbox.discord.contract import FILE, DiscordContract, DiscordContractError
from bot.sandbox.discord.control import DiscordControlPage
from bot.sandbox.discord.faults import DiscordFaults
from bot.sandbox.discord.gateway import StandInGateway
from bot.sandbox.discord.interactions import StandInInteractions
from bot.sandbox.discord.limits import StandInRouteLimits
from bot.sandbox.discord.oauth import DiscordOAuth
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.discord.pipeline import PREFIX, RequestPipeline
from bot.sandbox.discord.rest_channels import ChannelRoutes
from bot.sandbox.discord.rest_commands import CommandRoutes
from bot.sandbox.discord.rest_guilds import GuildRoutes
from bot.sandbox.discord.rest_interactions import InteractionRoutes
from bot.sandbox.discord.rest_marks import MarkRoutes
from bot.sandbox.discord.rest_messages import MessageRoutes
from bot.sandbox.discord.rest_roles import RoleRoutes
from bot.sandbox.discord.rest_threads import ThreadRoutes
from bot.sandbox.discord.routing import RestCall, RestRouter
from bot.sandbox.discord.standalone import APPLICATION_ID, CALLBACK, SECRET, TOKEN, furnish
from bot.sandbox.discord.world import DiscordWorld

_TOKEN_PATHS = {"/oauth2/token", "/oauth2/token/revoke"}  # Discord answers them with and without the prefix
MAX_REQUEST_BYTES = 30 * 1024 * 1024


def _now() -> datetime:
    return datetime.now(UTC)


class DiscordServer:
    """A Discord that listens while its `async with` lasts.

    `speed` divides every window that a rule names (3 s, 15 min, rates, archive times). The contract is
    checked when `contracts` (by default the environment's CONTRACTS_DIR) names a folder with Discord's file.
    `strict` refuses fields that Discord would ignore: a typo of ours is found. Foreign clients have it off.
    """

    def __init__(  # noqa: PLR0913 - what a test or a demo sets, each by name
        self,
        port: int = 0,
        *,
        host: str = "127.0.0.1",
        clock: Callable[[], datetime] = _now,
        seed: int = 0,
        speed: float = 1.0,
        contracts: Path | None = None,
        heartbeat_ms: int = 41_250,
        strict: bool = True,
    ) -> None:
        self._host, self._port = host, port
        self.world = DiscordWorld(clock, seed, speed)
        self._strict = strict
        self.ledger = self.world.ledger
        self.gateway = StandInGateway(self.world, heartbeat_ms)
        self.interactions = StandInInteractions(self.world)
        self.oauth = DiscordOAuth(self.world)
        self.limits = StandInRouteLimits(self.world)
        self.faults = DiscordFaults(self.gateway)
        self.contract_errors: list[DiscordContractError] = []
        self.listeners: list[Callable[[RestCall], None]] = []  # told of every request, as it came
        self._contracts = contracts or (
            Path(os.environ["CONTRACTS_DIR"]) if os.environ.get("CONTRACTS_DIR") else None
        )
        self._runner: web.AppRunner | None = None
        self._pipeline: RequestPipeline | None = None
        self.url = self.api_url = self.gateway_url = self.authorize_url = self.token_url = ""

    def person(self, user_id: int) -> DiscordPerson:
        """The person's Discord client."""
        return DiscordPerson(self.world, self.interactions, user_id)

    async def __aenter__(self) -> Self:
        """Listen; the addresses are known from here on."""
        app = web.Application(client_max_size=MAX_REQUEST_BYTES)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0, handler_cancellation=False)
        # The addresses need the port, which is known only when the socket is open: one route for all.
        self._runner = runner
        app.router.add_route("*", "/{tail:.*}", self._dispatch)
        await runner.setup()
        site = web.TCPSite(runner, self._host, self._port)
        await site.start()
        port = runner.addresses[0][1]
        self.url = self.world.base_url = f"http://{self._host}:{port}"
        self.api_url, self.authorize_url = self.url + PREFIX, self.url + "/oauth2/authorize"
        self.token_url = self.api_url + "/oauth2/token"
        self.gateway_url = self.gateway.url = f"ws://{self._host}:{port}/gateway"
        self._pipeline = self._build()
        self._control = DiscordControlPage(self.world, self.faults, self.contract_errors, self.person)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening, cut every connection, forget what was still to be done."""
        self.faults.clear()
        self.interactions.close()
        await self.gateway.close()
        if self._pipeline is not None:
            await self._pipeline.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def _build(self) -> RequestPipeline:
        routes = [
            *GuildRoutes(self.world, self.gateway).routes(),
            *ChannelRoutes(self.world).routes(),
            *RoleRoutes(self.world).routes(),
            *CommandRoutes(self.world).routes(),
            *MarkRoutes(self.world).routes(),
            *ThreadRoutes(self.world).routes(),
            *MessageRoutes(self.world).routes(),
            *InteractionRoutes(self.world, self.interactions).routes(),
        ]
        contract = None
        if self._contracts is not None and (self._contracts / FILE).is_file():
            contract = DiscordContract(self._contracts, self.contract_errors)
        made = RequestPipeline(self.world, RestRouter(routes), self.oauth, self.limits, self.faults, contract)
        made.strict = self._strict
        made.listeners = self.listeners
        return made

    async def _dispatch(self, request: web.Request) -> web.StreamResponse:
        path = request.path
        if path == "/gateway":
            return await self.gateway.handle(request)
        if path in {"/oauth2/authorize", PREFIX + "/oauth2/authorize"} and request.method in {"GET", "POST"}:
            return await self.oauth.page(request)
        if path.startswith("/attachments/"):
            return self._file(request)
        if path.startswith("/_sandbox/"):
            return await self._control.handle(request)
        if (path.startswith(PREFIX + "/") or path in _TOKEN_PATHS) and self._pipeline is not None:
            return await self._pipeline.handle(request)
        return web.json_response({"message": "404: Not Found", "code": 0}, status=404)

    def _file(self, request: web.Request) -> web.Response:
        """The whole of it, or those bytes that are asked for."""
        parts = request.path.split("/")
        file = self.world.attachments.get(int(parts[3])) if len(parts) > 3 and parts[3].isdecimal() else None  # noqa: PLR2004 - /attachments/channel/id
        if file is None:
            return web.Response(status=404)
        kind, length, asked = {"Content-Type": file.content_type}, len(file.content), request.http_range
        if asked.start is None:
            return web.Response(body=file.content, headers=kind)
        begin, end = asked.start, min(asked.stop or length, length)
        if begin >= length:
            return web.Response(status=416)
        said = {**kind, "Content-Range": f"bytes {begin}-{end - 1}/{length}"}
        return web.Response(status=206, body=file.content[begin:end], headers=said)


def _say(line: str) -> None:
    # Flushed at once: who starts the stand-in through a pipe waits for these lines.
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def serve(host: str, port: int, say: Callable[[str], None] = _say) -> None:
    """Run alone with a small world until cancelled; says the settings for the bridge first."""
    async with DiscordServer(port, host=host, strict=False) as server:
        ids = furnish(server.world)
        say(f"DISCORD_TOKEN={TOKEN}")
        say(f"DISCORD_APPLICATION_ID={APPLICATION_ID}")
        say(f"DISCORD_CLIENT_SECRET={SECRET}")
        say(f"DISCORD_REDIRECT_URI={CALLBACK}")
        say(f"DISCORD_API_URL={server.api_url}")
        say(f"DISCORD_GATEWAY_URL={server.gateway_url}")
        say(f"DISCORD_AUTHORIZE_URL={server.authorize_url}")
        say(f"# control page: {server.url}/_sandbox/world")
        for name, number in ids.items():
            say(f"# {name}: {number}")
        await asyncio.Event().wait()
