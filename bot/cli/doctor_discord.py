"""The command line's part that tries on a server what Discord really does."""

import argparse
import sys
from functools import partial
from typing import Final

from bot.model.version import version

_WRONG_USE: Final = 2
_STDIN: Final = 0  # its number
_DIGITS: Final = 20  # int() refuses thousands of them


def add_live_discord(doctor: argparse.ArgumentParser) -> None:
    """Add the options of `doctor` that are about this."""
    live = doctor.add_argument_group("what Discord really does")
    live.add_argument("--live-discord", action="store_true", help="try on a test server what the bridge does")
    live.add_argument(
        "--server", type=_server, metavar="ID", help="this server (default: the bot's only one)"
    )


def _server(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise argparse.ArgumentTypeError("a server's ID is a number of at most 20 digits")
    return int(text)


def live_discord(options: argparse.Namespace) -> int:
    """`doctor --live-discord`."""
    wrong = _wrong_use(options)
    if wrong is not None:
        print(f"fanvue-bridge doctor: {wrong}", file=sys.stderr)
        return _WRONG_USE
    from bot.features.operations.live_discord import command

    asked = command.LiveDiscordOptions(options.env_file, options.server, options.report, again=options.again)
    tell = partial(print, file=sys.stderr, flush=True)
    code, said = command.carry_out(asked, version=version(), answers=_STDIN, tell=tell)
    print(said)
    return code


def _wrong_use(options: argparse.Namespace) -> str | None:
    if options.live or options.creator:
        return "--live-discord is about Discord alone: leave --live and --creator away"
    if options.json:
        return "with --live-discord, --report FILE writes the JSON"
    from bot.features.operations.live_check.report_file import wrong_report

    return wrong_report(options.report)
