"""A bridge that is started for a stand-in is never left behind."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, Process
from pathlib import Path

import pytest

from bot.sandbox.free_ports import free_port
from bot.sandbox.program import BridgeInstallation, ProgramFailed


class NeverReady(BridgeInstallation):
    """Its program lives and answers nothing."""

    ready_within = 0.0
    made: Process

    async def _spawn(self) -> Process:
        self.made = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            "import signal; signal.pause()",
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=DEVNULL,
        )
        return self.made


async def test_one_that_is_not_ready_in_time_is_ended(tmp_path: Path) -> None:
    bridge = NeverReady({}, admin=f"127.0.0.1:{free_port()}", log=tmp_path / "log")

    with pytest.raises(ProgramFailed, match="not ready in time"):
        async with bridge:
            pass

    assert bridge.made.returncode == -9
