"""A request that a stand-in keeps waiting until a test lets it go."""

import asyncio
from dataclasses import dataclass, field

from bot.sandbox import patience


@dataclass(slots=True)
class RequestHold:
    """A place where a request waits until it is let go."""

    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    let_go: asyncio.Event = field(default_factory=asyncio.Event)
    carried_out: bool = True

    async def reached(self, timeout: float = patience.SECONDS) -> None:  # noqa: ASYNC109 - the limit is part of the question
        """Return when a request waits here."""
        async with asyncio.timeout(timeout):
            await self.arrived.wait()

    async def wait(self) -> bool:
        """A request has arrived here, and waits; then whether it is carried out, or only cut."""
        self.arrived.set()
        await self.let_go.wait()
        return self.carried_out

    def release(self, *, carried_out: bool = True) -> None:
        """Let the request, and all later ones, go on; what was released already stays as it was."""
        if not self.let_go.is_set():
            self.carried_out = carried_out
        self.let_go.set()
