"""A program's server: checks each event as Standard Webhooks says."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import web
from standardwebhooks import Webhook, WebhookVerificationError

OK = 200


@dataclass(frozen=True)
class ReceivedEvent:
    """One request that was signed rightly, and how it was answered."""

    id: str
    event: dict[str, Any]
    status: int

    @property
    def text(self) -> str | None:
        """Of a message."""
        found: str | None = self.event["data"]["message"]["text"]
        return found


@dataclass
class ProgramServer:
    """Answers `status` to all, or what `answers` says of one event. Nothing unsigned counts as received."""

    url: str = ""
    secret: str = ""
    status: int = OK
    answers: Callable[[dict[str, Any]], int | None] = lambda _event: None
    received: list[ReceivedEvent] = field(default_factory=list)
    unsigned: int = 0
    hanging: asyncio.Event | None = None  # until it is set nobody is answered
    hung: asyncio.Event = field(default_factory=asyncio.Event)  # so many were not
    most: int = 1
    held: int = 0
    any_secret: bool = False  # of many addresses this is one server
    checks_age: bool = True  # a clock that stands still signs for its own day

    async def answer(self, request: web.Request) -> web.Response:
        raw = await request.read()
        if not self.secret:
            return web.Response(status=503)  # whoever made the webhook is still being told how it signs
        if not self._is_signed(raw, request.headers):
            self.unsigned += 1
            return web.Response(status=401)
        if (hanging := self.hanging) is not None:
            self.held += 1
            if self.held == self.most:
                self.hung.set()
            await hanging.wait()
            return web.Response(status=503)
        status = self.answers(json.loads(raw)) or self.status
        self.received.append(ReceivedEvent(request.headers["webhook-id"], json.loads(raw), status))
        return web.Response(status=status, headers={"Location": "http://127.0.0.1:1/"})

    def _is_signed(self, raw: bytes, headers: Mapping[str, str]) -> bool:
        webhook = Webhook(self.secret)
        if self.any_secret:
            return "webhook-signature" in headers
        if not self.checks_age:
            at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
            return headers["webhook-signature"] == webhook.sign(headers["webhook-id"], at, raw.decode())
        try:
            webhook.verify(raw, dict(headers))
        except WebhookVerificationError:
            return False
        return True

    def taken(self, kind: str) -> list[ReceivedEvent]:
        """The events of this type that were answered well."""
        return [one for one in self.received if one.event["type"] == kind and one.status // 100 == 2]


@asynccontextmanager
async def receiving(*, checks_age: bool = True) -> AsyncIterator[ProgramServer]:
    """It listens on the loopback."""
    made = ProgramServer(checks_age=checks_age)
    app = web.Application()
    app.router.add_post("/hook", made.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield made
    finally:
        await runner.cleanup()
