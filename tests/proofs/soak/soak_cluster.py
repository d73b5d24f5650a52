"""The bridge of a soak as several processes, of which each kill hits one."""

import asyncio
import random
import signal

from bot.app.exit_codes import IN_USE
from bot.sandbox.program import BridgeInstallation, BridgeProcess
from storage.engine.cluster_members import LEASE
from tests.bridge_cluster import GATEWAY, ONE, TWO, WEB, BridgeCluster

_DICE = random.Random(7)  # noqa: S311 - dice
_STANDS_STILL = 0.2  # of all that are hit
_TOO_LONG = LEASE + 5.0  # seconds, after which whatever it had to do for all is another's
_NOTICES = 15.0  # by then whoever was struck out has heard of it


class SoakProcess(BridgeInstallation):
    """Seven that load their code at once, on a machine with two cores that does other work, take long."""

    ready_within = 120.0
    # A stand-in that gets no processor takes at once, afterwards, what came to it in turns.
    niceness = 10


class SoakCluster(BridgeCluster):
    """Two for the web, two gateways, three workers; each its own program, as an operator starts it."""

    names = (WEB, "web two", GATEWAY, "gateway two", ONE, TWO, "worker three")
    program = SoakProcess

    @property
    def _process(self) -> BridgeProcess | None:
        """One that ended by itself, if any did; else the gateway's."""
        found = [part._process for part in self.parts.values() if part._process is not None]
        ended = [process for process in found if process.returncode is not None]
        return next(iter(ended), self.parts[GATEWAY]._process)

    @_process.setter
    def _process(self, _process: BridgeProcess | None) -> None:
        """Each part has its own."""

    async def kill(self) -> None:
        """One of them, while the others go on: by SIGKILL, or it stands still until it is struck out."""
        part = self.parts[_DICE.choice(self.names)]
        if _DICE.random() < _STANDS_STILL:
            await self._stand_still(part)
        else:
            await part.kill()

    async def killed(self) -> None:
        """All of them."""
        await self.balancer.close()
        await asyncio.gather(*(part.kill() for part in self.parts.values()))

    async def _stand_still(self, part: BridgeInstallation) -> None:
        """When it goes on, it ends by itself if others have struck it out, or took what it held."""
        process = part._process
        assert process is not None
        process.send_signal(signal.SIGSTOP)
        try:
            await asyncio.sleep(_TOO_LONG)
            there = await self.asked(self.member(part))
        finally:
            process.send_signal(signal.SIGCONT)
        try:
            async with asyncio.timeout(_NOTICES):
                code = await process.wait()
        except TimeoutError:
            assert there, "whoever was struck out goes on"
        else:
            assert code == IN_USE, f"whoever stood still ended with {code}"
