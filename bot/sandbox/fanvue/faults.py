"""The fault switchboard: faults, the requests they hit, their number."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox.fanvue.ledger import FanvueLedger
from bot.sandbox.request_hold import RequestHold

Kind = Literal[
    "delay",  # wait, then answer as usual
    "hold",  # wait until it is let go, then answer as usual
    "lose_answer",  # execute, then cut the connection
    "execute_late",  # cut the connection now, execute some seconds later
    "too_many",  # 429 without executing
    "error_before",  # 5xx without executing
    "error_after",  # execute, then 5xx
    "broken_json",  # execute, then 200 with half a document
    "behind",  # execute, then answer as the last time: a list that is one read behind
]

_OK = 200


@dataclass
class FanvueFault:
    """One thing that goes wrong on matching requests, `count` times (None: until cleared)."""

    kind: Kind
    method: str = ".*"
    path: str = ".*"
    count: int | None = 1
    seconds: float = 0.0
    status: int = 500
    retry_after: int = 1
    held: RequestHold | None = None
    answered: dict[str, bytes] = field(default_factory=dict)  # by address, the last answer

    def __post_init__(self) -> None:
        if (self.kind == "hold") != isinstance(self.held, RequestHold):
            raise ValueError("Who holds requests must be able to let them go.")
        if self.kind not in get_args(Kind):
            raise ValueError(f"There is no fault {self.kind!r}; there are {', '.join(get_args(Kind))}.")

    def matches(self, method: str, path: str) -> bool:
        return re.fullmatch(self.method, method) is not None and re.search(self.path, path) is not None


@dataclass
class WebhookFaults:
    """The faults of webhooks; the `next` ones count down to zero."""

    off: bool = False
    drop_next: int = 0
    certain: frozenset[str] = frozenset()  # kinds that are never dropped, and tried until they arrive
    duplicate_next: int = 0
    reorder_next: int = 0
    delay: float = 0.0


@dataclass
class Switchboard:
    """Every fault that is switched on; `down` cuts every connection without an answer."""

    down: bool = False
    webhooks: WebhookFaults = field(default_factory=WebhookFaults)
    waiting: list[FanvueFault] = field(default_factory=list)
    holds: list[RequestHold] = field(default_factory=list)

    def add(self, kind: Kind, method: str = ".*", path: str = ".*", **how: Any) -> FanvueFault:
        """Switch a fault on; `how` takes count, seconds, status, retry_after."""
        fault = FanvueFault(kind, method, path, **how)
        self.waiting.append(fault)
        return fault

    def hold(self, method: str, path: str) -> RequestHold:
        """Keep the next such request waiting, not yet executed, until the hold is released."""
        held = RequestHold()
        self.holds.append(held)
        self.add("hold", method, path, held=held)
        return held

    def clear(self) -> None:
        """Nothing goes wrong any more; requests that are held go on."""
        for held in self.holds:
            held.release()
        self.holds.clear()
        self.down = False
        self.webhooks = WebhookFaults()
        self.waiting.clear()

    def take(self, method: str, path: str) -> FanvueFault | None:
        """The first fault that matches, used up once."""
        for fault in self.waiting:
            if fault.matches(method, path):
                if fault.count is not None:
                    fault.count -= 1
                    if fault.count <= 0:
                        self.waiting.remove(fault)
                return fault
        return None


Sleep = Callable[[float], Awaitable[None]]


class Saboteur:
    """Carries the faults out on the way between socket and routes."""

    def __init__(
        self, faults: Switchboard, ledger: FanvueLedger, sleep: Sleep, now: Callable[[], datetime]
    ) -> None:
        self._faults = faults
        self._now = now
        self._ledger = ledger
        self._sleep = sleep
        self._late: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Forget what was still to be executed late; nothing is held any more."""
        self._faults.clear()
        for task in self._late:
            task.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)

    async def pass_on(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith("/_sandbox/"):
            return await handler(request)
        if self._faults.down:
            self._ledger.record("fault", fault="down", method=request.method, path=request.path)
            return _cut(request)
        fault = self._faults.take(request.method, request.path)
        if fault is None:
            return await handler(request)
        await request.read()
        self._ledger.record("fault", fault=fault.kind, method=request.method, path=request.path)
        return await self._carry_out(fault, request, handler)

    async def _carry_out(
        self, fault: FanvueFault, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        if fault.kind == "too_many":
            return self._too_many(fault)
        if fault.kind == "error_before":
            return web.json_response({"message": "Internal error"}, status=fault.status)
        if fault.kind == "execute_late":
            self._run_late(fault.seconds, request, handler)
            return _cut(request)
        if fault.kind == "delay":
            await self._sleep(fault.seconds)
            return await handler(request)
        if fault.held is not None:
            # It may meet another fault then.
            return await self.pass_on(request, handler) if await fault.held.wait() else _cut(request)
        answer = await handler(request)
        if fault.kind == "behind":
            return _behind(fault, request.path_qs, answer)
        if fault.kind == "lose_answer":
            return _cut(request)
        if fault.kind == "error_after":
            return web.json_response({"message": "Internal error"}, status=fault.status)
        return web.Response(text='{"data": [', content_type="application/json")

    def _too_many(self, fault: FanvueFault) -> web.Response:
        """As a bucket that somebody else has emptied would answer."""
        headers = {
            "Retry-After": str(fault.retry_after),
            "X-RateLimit-Limit": "200",
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": str(int(self._now().timestamp()) + fault.retry_after),
        }
        return web.json_response({"error": "Too many requests"}, status=429, headers=headers)

    def _run_late(self, seconds: float, request: web.Request, handler: Handler) -> None:
        cut = time.monotonic()

        async def run() -> None:
            await self._sleep(seconds)
            await handler(request)
            late = time.monotonic() - cut
            self._ledger.record("executed_late", method=request.method, path=request.path, seconds=late)

        task = asyncio.get_running_loop().create_task(run())
        self._late.add(task)
        task.add_done_callback(self._late.discard)


def _behind(fault: FanvueFault, address: str, answer: web.StreamResponse) -> web.StreamResponse:
    """What was there at the read before; the first one is told as it is."""
    if answer.status != _OK or not isinstance(answer, web.Response) or not isinstance(answer.body, bytes):
        return answer
    before = fault.answered.get(address)
    fault.answered[address] = answer.body
    return answer if before is None else web.Response(body=before, content_type="application/json")


def _cut(request: web.Request) -> web.Response:
    """Reset the connection; the response that aiohttp wants is never seen by anyone."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
