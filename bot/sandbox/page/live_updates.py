"""Tells every open page what changed: one bell for everything on the stage."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from aiohttp import web

from bot.sandbox.fanvue.pulse import ChangePulse
from bot.sandbox.page.request_guard import HEADERS
from bot.sandbox.stage import DemoStage

View = Mapping[str, Any]
CALM = 0.06  # seconds in which changes are gathered before they are shown
ALIVE = 15.0  # seconds after which a silent connection says that it is there


class ChangeBell:
    """Rings on every change; who asks for the next ring after `count` never misses one."""

    def __init__(self) -> None:
        self.count = 0
        self.closed = False
        self._pulse = ChangePulse()

    def ring(self) -> None:
        self.count += 1
        self._pulse.beat()

    def close(self) -> None:
        """Nobody is told anything any more."""
        self.closed = True
        self.ring()

    async def beyond(self, count: int) -> None:
        """Return as soon as it has rung more often than this."""
        while self.count <= count:
            await self._pulse.next()


@asynccontextmanager
async def listening(stage: DemoStage, bell: ChangeBell) -> AsyncIterator[None]:
    """Ring the bell at every event on this stage while the context lasts."""

    async def follow_discord() -> None:
        while True:
            await stage.discord.world.next_change()
            bell.ring()

    async def follow_fanvue() -> None:
        while True:
            await stage.fanvue.world.pulse.next()
            bell.ring()

    tasks = [asyncio.create_task(follow_discord()), asyncio.create_task(follow_fanvue())]
    stage.bridge.changed = bell.ring
    try:
        yield
    finally:
        stage.bridge.changed = lambda: None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def stream(request: web.Request, bell: ChangeBell, look: Callable[[], View]) -> web.StreamResponse:
    """Server-sent events: the parts of the view that changed, until the page is closed."""
    response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
    await response.prepare(request)
    shown: dict[str, str] = {}
    with suppress(ConnectionError):
        while not bell.closed:
            count = bell.count
            parts = {name: json.dumps(part, ensure_ascii=False) for name, part in look().items()}
            fresh = [f'"{name}": {part}' for name, part in parts.items() if shown.get(name) != part]
            shown = parts
            line = f"data: {{{', '.join(fresh)}}}" if fresh else ":"
            await response.write(f"{line}\n\n".encode())
            with suppress(TimeoutError):
                async with asyncio.timeout(ALIVE):
                    await bell.beyond(count)
            await asyncio.sleep(CALM)
    return response
