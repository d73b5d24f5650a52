"""The bridge of a soak as several processes, of which each kill hits one."""

import asyncio
import random

from bot.sandbox.program import Process, Program
from tests.several import GATEWAY, ONE, TWO, WEB, Cluster

_DICE = random.Random(7)  # noqa: S311 - dice


class Several(Cluster):
    """One for the web, one gateway and three workers; each its own program, as an operator starts it."""

    names = (WEB, GATEWAY, ONE, TWO, "worker three")
    program = Program

    @property
    def _process(self) -> Process | None:
        """One that ended by itself, if any did; else the gateway's."""
        found = [part._process for part in self.parts.values() if part._process is not None]
        ended = [process for process in found if process.returncode is not None]
        return next(iter(ended), self.parts[GATEWAY]._process)

    @_process.setter
    def _process(self, _process: Process | None) -> None:
        """Each part has its own."""

    async def kill(self) -> None:
        """One of them, while the others go on."""
        await self.parts[_DICE.choice(self.names)].kill()

    async def killed(self) -> None:
        """All of them."""
        await asyncio.gather(*(part.kill() for part in self.parts.values()))
