"""One API request: faults, sign-in, limits, parsing, the deed, the answer."""

import asyncio
import json
import time
from collections.abc import Callable, Coroutine
from contextlib import nullcontext
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox import witness
from bot.sandbox.discord import active_threads
from bot.sandbox.discord.contract import DiscordContract
from bot.sandbox.discord.drafts import MultipartUpload
from bot.sandbox.discord.errors import DiscordApiError, ResourceRateLimited
from bot.sandbox.discord.faults import DiscordFault, DiscordFaults
from bot.sandbox.discord.limits import StandInRouteLimits, refusal, refusal_headers
from bot.sandbox.discord.oauth import DiscordOAuth
from bot.sandbox.discord.routing import RestCall, RestReply, RestRoute, RestRouter
from bot.sandbox.discord.shape import unknown_ignored
from bot.sandbox.discord.world import DiscordWorld

PREFIX = "/api/v10"
_BODIES = {"POST", "PUT", "PATCH"}


@dataclass(frozen=True)
class AdmittedRequest:
    """A request that is signed and was not one too many; the headers tell what is left."""

    route: RestRoute
    headers: dict[str, str]


class RequestPipeline:
    """Answers everything below the API's prefix."""

    def __init__(
        self,
        world: DiscordWorld,
        router: RestRouter,
        oauth: DiscordOAuth,
        limits: StandInRouteLimits,
        faults: DiscordFaults,
        contract: DiscordContract | None,
    ) -> None:
        """Without a contract, only the stand-in's own strict parsing judges."""
        self.strict = True  # off, only the answers are held against the contract
        self._world, self._router, self._oauth = world, router, oauth
        self._limits, self._faults, self._contract = limits, faults, contract
        self._late: set[asyncio.Task[None]] = set()
        self.listeners: list[
            Callable[[RestCall], None]
        ] = []  # told of all that reached this Discord, as it came

    async def close(self) -> None:
        """Give up what is still to be executed late."""
        for task in self._late:
            task.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request, or cut it, as the switchboard says."""
        path = request.path.removeprefix(PREFIX)
        fault = self._faults.take(request.method, path)
        return await (self._answered(request, path) if fault is None else self._faulty(request, path, fault))

    async def _answered(self, request: web.Request, path: str) -> web.StreamResponse:
        if request.method == "POST" and path == "/oauth2/token":
            return await self._oauth.token(request)
        if request.method == "POST" and path == "/oauth2/token/revoke":
            return await self._oauth.revoke(request)
        try:
            call = await self._read(request, path)
        except DiscordApiError as refused:
            return _response(RestReply(refused.status, refused.body()), {})
        return _response(*self._execute(call))

    async def _faulty(self, request: web.Request, path: str, fault: DiscordFault) -> web.StreamResponse:
        self._world.ledger.add("fault", fault=fault.kind, method=request.method, path=path)
        if fault.kind == "rate_limit":
            body = refusal(fault.seconds, everywhere=fault.everywhere)
            return _response(
                RestReply(429, body), refusal_headers(body) if fault.via else {"Retry-After": "1"}
            )
        if fault.kind == "fail" and fault.before:
            return _failed(fault.status)
        if fault.kind == "refuse":
            refused = DiscordApiError(fault.code)
            return _response(RestReply(refused.status, refused.body()), {})
        if fault.kind == "late":
            call = await self._read(request, path)
            let_in = self._let_in(call)  # who is turned away is so at the door, however slow it is inside
            if isinstance(let_in, AdmittedRequest):
                self._start(self._execute_late(call, let_in, fault))
            return _cut(request)
        if fault.hold is not None and not await fault.hold.wait():
            return _cut(request)
        response = await self._answered(request, path)
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        if fault.kind == "fail":
            return _failed(fault.status)
        return _cut(request) if fault.kind == "lose_answer" else response

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _execute_late(self, call: RestCall, let_in: AdmittedRequest, fault: DiscordFault) -> None:
        cut = time.monotonic()
        if fault.hold is None:
            await asyncio.sleep(fault.seconds)
        elif not await fault.hold.wait():
            return
        self._carry_out(call, let_in)
        late = time.monotonic() - cut
        self._world.ledger.add("executed_late", method=call.method, path=call.path, seconds=late)

    async def _read(self, request: web.Request, path: str) -> RestCall:
        call = RestCall(request.method, path, request.query)
        if request.method in _BODIES and request.can_read_body:
            if request.content_type == "multipart/form-data":
                call.body, call.uploads = await _multipart(request)
            else:
                call.body = _json(await request.read())
        witness.heard("Discord", call.body, *(upload.content for upload in call.uploads))
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind == "Bot":
            call.application = next((a for a in self._world.applications.values() if a.token == token), None)
        elif kind == "Bearer":
            call.person = self._oauth.person(token)
        for listener in self.listeners:
            listener(call)
        return call

    def _execute(self, call: RestCall) -> tuple[RestReply, dict[str, str]]:
        let_in = self._let_in(call)
        return self._carry_out(call, let_in) if isinstance(let_in, AdmittedRequest) else let_in

    def _let_in(self, call: RestCall) -> AdmittedRequest | tuple[RestReply, dict[str, str]]:
        """Or why not. From here on it counts for the limits."""
        found = self._router.find(call.method, call.path)
        if found is None:
            self._world.ledger.add("unknown_route", method=call.method, path=call.path)
            status = HTTPStatus.METHOD_NOT_ALLOWED if self._router.knows(call.path) else HTTPStatus.NOT_FOUND
            return RestReply(status, {"message": f"{int(status)}: {status.phrase}", "code": 0}), {}
        route, call.params = found
        signed = call.application is not None or (call.person is not None and call.path == "/users/@me")
        if not route.open and not signed:
            return RestReply(401, DiscordApiError(0).body()), {}
        who = str(call.application.id if call.application else call.person.id if call.person else "token")
        headers, refused = self._limits.take(route, who, call.params)
        if refused is not None:
            self._world.ledger.add(
                "rate_limited", method=call.method, path=call.path, everywhere=refused["global"]
            )
            return RestReply(429, refused), {**headers, **refusal_headers(refused)}
        return AdmittedRequest(route, headers)

    def _carry_out(self, call: RestCall, let_in: AdmittedRequest) -> tuple[RestReply, dict[str, str]]:
        active_threads.archive_idle(self._world)
        reply, more = self._judged(let_in.route, call)
        self._world.ledger.add(
            "request", method=call.method, path=call.path, route=let_in.route.template, status=reply.status
        )
        return reply, {**let_in.headers, **more}

    def _judged(self, route: RestRoute, call: RestCall) -> tuple[RestReply, dict[str, str]]:
        more: dict[str, str] = {}
        try:
            _must_have_body(route, call)
            if self._contract is not None and self.strict:
                self._contract.request(call)
            with nullcontext() if self.strict else unknown_ignored():
                reply = route.handler(call)
        except ResourceRateLimited as slow:
            body = refusal(slow.retry_after, everywhere=False, code=slow.code)
            reply, more = RestReply(429, body), refusal_headers(body)
        except DiscordApiError as refused:
            reply = RestReply(refused.status, refused.body())
        if self._contract is not None:
            self._contract.answer(call, reply)
        return reply, more


_EMPTY = {"typing", "join", "react", "pin", "give"}


def _must_have_body(route: RestRoute, call: RestCall) -> None:
    if call.method in _BODIES and call.body is None and route.handler.__name__ not in _EMPTY:
        raise DiscordApiError(50109)


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        raise DiscordApiError(50109) from None


async def _multipart(request: web.Request) -> tuple[Any, list[MultipartUpload]]:
    body: Any = None
    uploads: list[MultipartUpload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise DiscordApiError(50035)
        raw = bytes(await part.read())
        if part.name == "payload_json":
            body = _json(raw)
            continue
        number = part.name.removeprefix("files[").removesuffix("]")
        if not (part.name == f"files[{number}]" and number.isdecimal()):
            raise DiscordApiError(
                50035,
                {part.name: {"_errors": [{"code": "SANDBOX_UNKNOWN_FIELD", "message": "Unknown part"}]}},
            )
        kind = part.headers.get("Content-Type", "application/octet-stream")
        uploads.append(MultipartUpload(int(number), part.filename or "file", raw, kind))
    return body, uploads


def _response(reply: RestReply, headers: dict[str, str]) -> web.Response:
    if reply.body is None:
        return web.Response(status=reply.status, headers=headers)
    # Exactly this type: with a charset behind it, discord.py reads the answer as text.
    raw = json.dumps(reply.body).encode()
    return web.Response(
        status=reply.status, body=raw, headers={**headers, "Content-Type": "application/json"}
    )


def _failed(status: int) -> web.Response:
    return web.Response(status=status, text="upstream connect error or disconnect/reset before headers")


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
