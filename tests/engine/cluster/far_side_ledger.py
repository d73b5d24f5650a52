"""A far side: what arrived, from whom; it can keep an answer back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

_LIMIT = 60.0  # seconds; reached only when a test fails


@dataclass
class FarSideLedger:
    """Everything that arrived: the effect, its stream, and which process sent it."""

    url: str = ""
    arrived: list[tuple[str, str, str]] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)
    hold: Callable[[str], bool] = lambda _who: False  # whether this process gets no answer for now
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    held: set[str] = field(default_factory=set)

    async def send(self, request: web.Request) -> web.Response:
        """It arrives; then the answer, or none until the line is cut."""
        said = await request.json()
        who = said["who"]
        self.arrived.append((said["effect"], said["stream"], who))
        if self.hold(who):
            self.held.add(said["effect"])
            await self._tell()
            await asyncio.Event().wait()  # nobody sets it: it ends when the other side hangs up
        await self._tell()
        return web.json_response({})

    async def look(self, request: web.Request) -> web.Response:
        """Whether an effect has arrived."""
        effect = request.query["effect"]
        self.looked.append(effect)
        return web.json_response({"there": effect in {one for one, _, _ in self.arrived}})

    async def until(self, reached: Callable[[], bool]) -> None:
        """Return when something is true of what arrived."""
        async with asyncio.timeout(_LIMIT), self._changed:
            await self._changed.wait_for(reached)

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


@asynccontextmanager
async def ledger() -> AsyncIterator[FarSideLedger]:
    """One that listens on this machine for as long as this lasts."""
    made = FarSideLedger()
    app = web.Application()
    app.router.add_post("/send", made.send)
    app.router.add_get("/look", made.look)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    made.url = f"http://{host}:{port}"
    try:
        yield made
    finally:
        await runner.cleanup()
