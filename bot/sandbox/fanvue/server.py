"""The stand-in as a server: API, authorization, media and back door on one port."""

import asyncio
import random
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox.fanvue import contract, files, routes_uploads
from bot.sandbox.fanvue.control import BackDoor
from bot.sandbox.fanvue.default_world import BRIDGE_URL, furnish, settings
from bot.sandbox.fanvue.faults import Saboteur, Sleep, Switchboard
from bot.sandbox.fanvue.gate import ApiGate, IncomingRequest
from bot.sandbox.fanvue.ledger import FanvueLedger
from bot.sandbox.fanvue.oauth import AuthorizationServer
from bot.sandbox.fanvue.routes import all_routes
from bot.sandbox.fanvue.state import WebhookEvent
from bot.sandbox.fanvue.switches import FanvueSwitches
from bot.sandbox.fanvue.webhooks import WebhookPostRoom, envelope_of
from bot.sandbox.fanvue.world import FanvueWorld

_LARGEST_BODY = 8 * 1024 * 1024


def utc_now() -> datetime:
    return datetime.now(UTC)


class FanvueServer:
    """`async with FanvueServer(...) as server:` is a Fanvue on a real socket.

    `speed` divides every window of Fanvue's; the clock, the randomness and the waiting are passed in.
    """

    def __init__(
        self,
        port: int = 0,
        now: Callable[[], datetime] = utc_now,
        rng: random.Random | None = None,
        speed: float = 1.0,
        *,
        host: str = "127.0.0.1",
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._host, self._port = host, port
        self.listens = False
        chance = rng or random.Random()  # noqa: S311 - a stand-in's ids are no secrets
        self.world = FanvueWorld(now, chance, FanvueSwitches(speed=speed))
        self.switches = self.world.switches
        self.faults = Switchboard()
        self.contract_errors: list[contract.ContractMismatch] = []
        self._contract = contract.from_environment()
        self._saboteur = Saboteur(self.faults, self.world.ledger, sleep, self.world.now)
        self.webhooks = WebhookPostRoom(self.world, self.world.tokens, self.faults, sleep)
        routes = all_routes(self.webhooks.probe)
        self._gate = ApiGate(self.world, self.world.tokens, routes, self._contract, self.contract_errors)
        self._stack = AsyncExitStack()
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None

    @property
    def ledger(self) -> FanvueLedger:
        return self.world.ledger

    @property
    def url(self) -> str:
        """The base of the API."""
        return self.world.base_url

    @property
    def auth_url(self) -> str:
        """The base of the authorization server; here it is the same host."""
        return self.world.base_url

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            await self.webhooks.open()
            stack.push_async_callback(self.webhooks.close)
            stack.push_async_callback(self._saboteur.close)
            self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=0.2)
            await self._runner.setup()
            stack.push_async_callback(self._runner.cleanup)
            await self.accept()
            self.world.listeners += [self._check_event, self.webhooks.post]
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def accept(self) -> None:
        """Listen (again, on the same port)."""
        assert self._runner is not None
        self.listens = True
        self._site = web.TCPSite(self._runner, self._host, self._port)
        await self._site.start()
        self._port = self._runner.addresses[0][1]
        self.world.base_url = f"http://{self._host}:{self._port}"

    async def refuse(self) -> None:
        """Stop listening: connections are refused and open ones are cut, as when a host is down."""
        assert self._site is not None
        assert self._runner is not None
        self.listens = False
        await self._site.stop()
        for connection in self._runner.server.connections if self._runner.server else ():
            connection.force_close()

    def _application(self) -> web.Application:
        @web.middleware
        async def sabotage(request: web.Request, handler: Handler) -> web.StreamResponse:
            return await self._saboteur.pass_on(request, handler)

        app = web.Application(middlewares=[sabotage], client_max_size=_LARGEST_BODY)
        app.add_routes(AuthorizationServer(self.world, self.world.tokens).routes())
        app.add_routes(BackDoor(self.world, self.faults, self.contract_errors).routes())
        app.router.add_get("/_media/{uuid}/{variant}", self._file)
        app.router.add_put(routes_uploads.PUT, self._part)
        app.router.add_route("*", "/{anything:(?s:.*)}", self._api)
        return app

    async def _api(self, request: web.Request) -> web.Response:
        incoming = IncomingRequest(
            method=request.method,
            raw_path=request.rel_url.raw_path,
            query=list(request.query.items()),
            headers=request.headers,
            body=await request.read(),
        )
        answer = await self._gate.answer(incoming)
        if answer.text is not None:
            return web.Response(status=answer.status, text=answer.text, headers=answer.headers)
        if answer.body is None:
            return web.Response(status=answer.status, headers=answer.headers)
        return web.json_response(answer.body, status=answer.status, headers=answer.headers)

    async def _file(self, request: web.Request) -> web.Response:
        query = request.query
        found = files.open_file(
            self.world,
            request.match_info["uuid"],
            request.match_info["variant"],
            query.get("expires", ""),
            query.get("signature", ""),
        )
        self.ledger.record("file", given=found is not None, **request.match_info)
        if found is None:
            return web.Response(status=403, text="AccessDenied")
        if found.moved_to:
            return web.Response(status=302, headers={"Location": found.moved_to})
        return web.Response(body=found.content, content_type=found.content_type)

    async def _part(self, request: web.Request) -> web.Response:
        return await routes_uploads.take_part(self.world, request)

    def _check_event(self, event: WebhookEvent) -> None:
        if self._contract is not None:
            body: dict[str, Any] = envelope_of(event)
            wrong = self._contract.event(event.type, body)
            self.contract_errors.extend(contract.ContractMismatch("event", event.type, one) for one in wrong)


def _say(line: str) -> None:
    print(line, flush=True)


async def serve(
    host: str = "127.0.0.1", port: int = 0, bridge_url: str = BRIDGE_URL, say: Callable[[str], None] = _say
) -> None:
    """Serve the default world until cancelled; the bridge is expected at `bridge_url`."""
    async with FanvueServer(port=port, host=host) as server:
        furnish(server.world, bridge_url)
        say(f"Fanvue stand-in on {server.url}. Settings for the bridge:")
        for name, value in settings(server.url, bridge_url).items():
            say(f"{name}={value}")
        for fan in server.world.fans.values():
            say(f"fan @{fan.handle} {fan.uuid}")
        await asyncio.Event().wait()
