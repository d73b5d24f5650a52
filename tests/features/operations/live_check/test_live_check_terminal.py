"""`doctor --live --test-fan` at a real terminal, and Ctrl+C there."""

import asyncio
import os
import pty
import signal
from pathlib import Path

import pytest

from tests.features.operations.live_check.live_check_scenario import LiveCheckScenario
from tests.warm_commands import start_program

pytestmark = pytest.mark.asyncio(loop_scope="package")
_ROOT = Path(__file__).resolve().parents[4]


async def read_until(terminal: int, words: str) -> str:
    """What the program showed, once these words are there."""
    shown = ""
    while words not in shown:
        try:
            shown += (await asyncio.to_thread(os.read, terminal, 4096)).decode(errors="replace")
        except OSError:  # the program has ended
            break
    return shown


async def test_ctrl_c_ends_it_and_says_how_to_go_on(asked: LiveCheckScenario) -> None:
    ours, theirs = pty.openpty()
    program = await start_program(
        *("bot", "doctor", "--live", "--test-fan", "@nobody.there"),
        *("--env-file", str(asked.env_file())),
        cwd=_ROOT,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    try:
        shown = await read_until(ours, "Waiting for ten minutes.")
        program.send_signal(signal.SIGINT)
        shown += await read_until(ours, "the same command goes on.\r\n")
        code = await program.wait()
    finally:
        os.close(ours)

    assert "asks before each stage that writes." in shown
    assert "Now have @nobody.there write " in shown
    assert "Stopped. What was found is kept; the same command goes on." in shown
    assert "Traceback" not in shown
    assert code == 130
