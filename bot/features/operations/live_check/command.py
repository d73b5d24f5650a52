"""The command `doctor --live`: looks, says what it finds, and writes the report."""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.engine.clock import SystemClock
from bot.features.operations.live_check import page
from bot.features.operations.live_check.opening import LiveCheckRefused
from bot.features.operations.live_check.record import NAME
from bot.features.operations.live_check.report_file import CANNOT_CREATE, not_written, write_report
from bot.features.operations.live_check.service import LiveCheckContext, LiveCheckWish, Tell, check
from bot.features.operations.live_check.terminal_lines import NobodyAnswers, TerminalLines
from bot.settings.loader import SettingsError, load

WRONG_SETTINGS: Final = 78  # as `run` ends
REFUSED: Final = 69  # sysexits.h: something that is needed is not there
INTERRUPTED: Final = 130
_BEGINS: Final = (
    "This only reads, and removes what an earlier check left. Half of Fanvue's limit stays free. "
    "It takes minutes; Ctrl+C stops it, the same command goes on."
)
_BEGINS_WRITING: Final = (
    "This reads first, and asks before each stage that writes. Half of the limit stays free. "
    "Ctrl+C stops it and removes what it made; the same command goes on."
)
_NOBODY: Final = "--test-fan asks before it writes: run it in a terminal where you can answer."


async def _nobody(_question: str) -> str:
    raise NobodyAnswers


@dataclass(frozen=True)
class LiveCheckOptions:
    """What was asked for on the shell."""

    env_file: Path
    creator: str | None = None  # a handle; None: all that are linked
    report: Path | None = None
    again: bool = False
    test_fan: str | None = None  # a handle; None: it only reads


def carry_out(options: LiveCheckOptions, *, version: str, tell: Tell) -> tuple[int, str]:
    """The exit code, and what to print in the end; `tell` gets a line for each step."""
    try:
        settings = load(os.environ, options.env_file)
    except SettingsError as error:
        return WRONG_SETTINGS, str(error)

    def say(line: str) -> None:
        tell("".join(letter if letter.isprintable() else " " for letter in line))

    if options.test_fan is not None and not sys.stdin.isatty():
        return REFUSED, _NOBODY
    ask = TerminalLines(sys.stdin.fileno(), say).ask if sys.stdin.isatty() else _nobody
    context = LiveCheckContext(settings, version, SystemClock(), os.urandom, asyncio.sleep, say, ask)
    say(_BEGINS if options.test_fan is None else _BEGINS_WRITING)
    wish = LiveCheckWish(options.creator, options.again, options.test_fan)
    try:
        record = asyncio.run(check(context, wish))
    except LiveCheckRefused as error:
        return REFUSED, str(error)
    except NobodyAnswers:
        return REFUSED, _NOBODY
    except KeyboardInterrupt:
        return INTERRUPTED, "Stopped. What was found is kept; the same command goes on."
    said, code = page.summary(record), page.exit_code(record)
    if options.report is None:
        return code, said
    try:
        written = write_report(options.report, as_json=page.as_json(record), page=page.as_markdown(record))
    except OSError as error:
        return CANNOT_CREATE, f"{said}\n{not_written(error, settings.state_folder() / NAME)}"
    return code, f"{said}\n{written}"
