"""Wakes everyone who waits for the world to change; nobody polls."""

import asyncio
from collections.abc import Callable

from bot.sandbox import patience


class ChangePulse:
    """A heartbeat that beats on every change."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def beat(self) -> None:
        self._next.set()
        self._next = asyncio.Event()

    async def next(self) -> None:
        """Return at the next beat."""
        await self._next.wait()

    async def until(self, predicate: Callable[[], object], within: float = patience.SECONDS) -> None:
        """Return as soon as the predicate holds; raise TimeoutError after `within` seconds."""
        async with asyncio.timeout(within):
            while not predicate():
                await self._next.wait()
