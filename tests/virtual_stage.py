"""The stage of the test that runs now: in its process where time is virtual."""

import asyncio
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from bot.sandbox.program import BridgeInstallation
from bot.sandbox.stage import DemoStage, staged
from tests.simulation.living import InProcess
from tests.simulation.wires import WiredLoop
from tests.warm_bridge import WarmProgram


def program_here() -> type[BridgeInstallation]:
    """How a bridge begins on the loop that runs: inside this process, or as a fork."""
    return InProcess if isinstance(asyncio.get_running_loop(), WiredLoop) else WarmProgram


def staged_here(
    folder: Path, *, speed: float, seed: int, **more: str
) -> AbstractAsyncContextManager[DemoStage]:
    """`bot.sandbox.stage.staged` for whoever does not say how the bridge begins."""
    loop = asyncio.get_running_loop()
    if isinstance(loop, WiredLoop):
        return staged(folder, InProcess, loop.now, loop.free_port, speed=speed, seed=seed, **more)
    return staged(folder, WarmProgram, speed=speed, seed=seed, **more)
