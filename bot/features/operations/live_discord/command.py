"""The command `doctor --live-discord`: tries, asks, and writes the report."""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.engine.clock import SystemClock
from bot.features.operations.live_check.report_file import CANNOT_CREATE, not_written, write_report
from bot.features.operations.live_check.terminal_lines import NobodyAnswers, TerminalLines
from bot.features.operations.live_discord import page
from bot.features.operations.live_discord.operator import Tell
from bot.features.operations.live_discord.place import RECORD
from bot.features.operations.live_discord.service import (
    LiveDiscordContext,
    LiveDiscordRefused,
    check,
    exit_code,
)
from bot.settings.loader import SettingsError, load

WRONG_SETTINGS: Final = 78  # as `run` ends
REFUSED: Final = 69  # sysexits.h: something that is needed is not there
INTERRUPTED: Final = 130
_BEGINS: Final = (
    "This looks first, and asks before it makes anything. It opens no gateway session: the bridge may go on "
    "running. Ctrl+C stops it; the same command goes on."
)
_NOBODY: Final = "It asks questions, and nobody answers here: run it in a terminal. What was found is kept."


@dataclass(frozen=True)
class LiveDiscordOptions:
    """What was asked for on the shell."""

    env_file: Path
    server: int | None = None  # None: the only one that the bot is on
    report: Path | None = None
    again: bool = False


def carry_out(options: LiveDiscordOptions, *, version: str, answers: int, tell: Tell) -> tuple[int, str]:
    """The exit code, and what to print in the end. `answers`: the descriptor that a person types into."""
    try:
        settings = load(os.environ, options.env_file)
    except SettingsError as error:
        return WRONG_SETTINGS, str(error)

    def say(line: str) -> None:
        tell("".join(letter if letter.isprintable() else " " for letter in line))

    ask = TerminalLines(answers, say).ask
    context = LiveDiscordContext(settings, version, SystemClock(), os.urandom, asyncio.sleep, say, ask)
    say(_BEGINS)
    try:
        record = asyncio.run(check(context, server=options.server, again=options.again))
    except LiveDiscordRefused as error:
        return REFUSED, str(error)
    except NobodyAnswers:
        return REFUSED, _NOBODY
    except KeyboardInterrupt:
        return INTERRUPTED, "Stopped. What was found is kept; the same command goes on."
    said, code = page.summary(record), exit_code(record)
    if options.report is None:
        return code, said
    try:
        written = write_report(options.report, as_json=page.as_json(record), page=page.as_markdown(record))
    except OSError as error:
        return CANNOT_CREATE, f"{said}\n{not_written(error, settings.state_folder() / RECORD)}"
    return code, f"{said}\n{written}"
