"""Listens in the bridge's place, takes no event, and notes how each request came."""

import json
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import web

from bot.fanvue.signature import HEADER, SignatureMatch, SignatureRefusal, verify
from bot.features.operations.live_check.shapes import fields_of
from bot.model.ports import Clock
from bot.settings.value_rules import WEBHOOK_PATH
from storage.records import Millis

QUERY: Final = "check"  # marks what comes for the check's own subscription
_LARGEST: Final = 256 * 1024  # bytes, as the bridge reads
_MOST: Final = 500  # requests that are kept: anybody may knock at the address
_GOOD, _LATER = 200, 503
_DIGEST: Final = re.compile(r"\b[0-9a-fA-F]{64}\b")
_NAMED: Final = ("x-fanvue", "webhook-", "svix-")  # headers that may say something; no other is told


@dataclass(frozen=True)
class CaughtRequest:
    """One request. `raw` stays in memory only."""

    method: str
    at: Millis
    mark: str  # of the subscription that it came for; "": the app's own
    header: str | None  # the signature
    headers: Sequence[str]  # names of those that may say something
    raw: bytes

    @property
    def values(self) -> int:
        """How many signatures its header has."""
        return len(_DIGEST.findall(self.header or ""))

    @property
    def body(self) -> Any:
        try:
            return json.loads(self.raw)
        except ValueError:
            return None

    @property
    def event(self) -> str:
        """Its id; "" where it has none."""
        body = self.body
        return str(body.get("id", "")) if isinstance(body, dict) else ""

    @property
    def fields(self) -> Mapping[str, str]:
        """The names of its fields with the kinds of their values."""
        return fields_of(self.body)

    def signed_by(self, secret: str) -> bool:
        """Whether this secret made its signature, however old that is."""
        said = verify(self.header, self.raw, [secret], self.at)
        return isinstance(said, SignatureMatch) or said is SignatureRefusal.STALE


@dataclass(frozen=True)
class EventCatcher:
    """Answers a look as the bridge does, and every signed event with 503, so that none counts as taken."""

    clock: Clock
    caught: list[CaughtRequest] = field(default_factory=list)

    @asynccontextmanager
    async def listening(self, host: str, port: int) -> AsyncIterator[None]:
        """Raises OSError where something else listens."""
        app = web.Application(client_max_size=_LARGEST)
        app.router.add_route("*", WEBHOOK_PATH, self._answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
            yield
        finally:
            await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        raw = await request.read()
        header = request.headers.get(HEADER)
        told = sorted({name.lower() for name in request.headers if name.lower().startswith(_NAMED)})
        mark = request.query.get(QUERY, "")
        if len(self.caught) < _MOST:
            kept = b"" if header is None else raw
            self.caught.append(CaughtRequest(request.method, self.clock.now(), mark, header, told, kept))
        return web.Response(status=_GOOD if header is None else _LATER)
