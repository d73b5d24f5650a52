"""Kills the bridge at random moments and starts it again."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.soak.town import Town

# Discord allows 200 sign-ins a day, and the bridge keeps count in a file. A soak is many days in an hour.
_SIGN_INS_A_DAY = 150


class EndedByItself(AssertionError):
    """Raised when the bridge was found dead before anybody killed it."""


@dataclass
class Killer:
    """`progress` says how much of the script is played, 0 to 1."""

    town: Town
    rng: random.Random
    kills: int
    progress: Callable[[], float]
    say: Callable[[str], None]
    killed: int = 0

    async def run(self) -> None:
        """Kill when the script has come to each of the drawn moments; returns after the last one."""
        for moment in sorted(self.rng.uniform(0.03, 0.97) for _ in range(self.kills)):
            while self.progress() < moment:  # noqa: ASYNC110 - progress is a figure that nobody announces
                await asyncio.sleep(0.01)
            await asyncio.sleep(self.rng.uniform(0, 0.5))
            await self.kill()

    async def kill(self) -> None:
        """SIGKILL, and a fresh start."""
        process = self.town.bridge._process
        if process is None or process.returncode is not None:
            raise EndedByItself(self.town.bridge.last_words())
        await self.town.bridge.kill()
        self.killed += 1
        if self.killed % _SIGN_INS_A_DAY == 0:
            (self.town.folder / "identify.json").unlink(missing_ok=True)
        await self.town.bridge.start()
        self.say(f"killed and back, {self.killed} of {self.kills}")
