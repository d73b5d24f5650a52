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
from bot.features.operations.live_check.service import LiveCheckContext, LiveCheckWish, Tell, check
from bot.features.operations.live_check.terminal_lines import NobodyAnswers, TerminalLines
from bot.settings.loader import SettingsError, load

WRONG_SETTINGS: Final = 78  # as `run` ends
REFUSED: Final = 69  # sysexits.h: something that is needed is not there
INTERRUPTED: Final = 130
_BEGINS: Final = (
    "This only reads, and leaves at least half of Fanvue's limit to the bridge. It takes some minutes. "
    "Ctrl+C stops it; the same command goes on."
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
    said = [page.summary(record)]
    if options.report is not None:
        beside = options.report.with_suffix(".md")
        options.report.write_text(page.as_json(record), encoding="utf-8")
        beside.write_text(page.as_markdown(record), encoding="utf-8")
        said.append(f"Written: {options.report} and {beside}. Read the page whole before you send it.")
    return page.exit_code(record), "\n".join(said)
