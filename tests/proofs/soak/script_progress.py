"""How far a script is played, and moments at random on the way."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass


@dataclass
class ScriptProgress:
    """Shared by all who act along a script; `stop` ends it early, and what was begun is still counted."""

    steps: int = 0
    done: int = 0
    stopped: bool = False

    def stop(self) -> None:
        """Begin nothing new."""
        self.stopped = True

    async def moments(self, rng: random.Random, count: int) -> AsyncIterator[None]:
        """Yields when the script has come to each of so many moments, drawn from its whole length."""
        for moment in sorted(rng.uniform(0.03, 0.97) for _ in range(count)):
            while self.done < moment * self.steps:
                if self.stopped:
                    return
                await asyncio.sleep(0.01)  # how far it is, nobody announces
            yield
