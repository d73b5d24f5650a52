"""The command line's part that examines an installation, or Fanvue."""

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from bot.cli.doctor_discord import add_live_discord, live_discord
from bot.model.version import version
from bot.settings.typed_command import as_typed

P = TypeVar("P", bound=argparse.ArgumentParser)
_WRONG_USE: Final = 2


def add_doctor(commands: "argparse._SubParsersAction[P]", settings: P) -> None:
    """Add the command."""
    doctor = commands.add_parser("doctor", parents=[settings], help="is everything there that a run needs?")
    doctor.add_argument("--json", action="store_true", help="one line of JSON")
    live = doctor.add_argument_group("what Fanvue really does")
    live.add_argument("--live", action="store_true", help="read from Fanvue whatever the bridge relies on")
    live.add_argument("--creator", metavar="@HANDLE", help="this creator only (default: all linked)")
    live.add_argument("--test-fan", metavar="@HANDLE", help="write to this fan, too; asks before each stage")
    live.add_argument("--report", type=Path, metavar="FILE", help="write FILE (JSON) and a page beside it")
    live.add_argument("--again", action="store_true", help="begin afresh, not where the last one stopped")
    add_live_discord(doctor)
    doctor.set_defaults(command=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    """Print what was found; 0 only if all is well."""
    if options.live_discord:
        return live_discord(options)
    if options.server is not None:
        print("fanvue-bridge doctor: --server goes with --live-discord", file=sys.stderr)
        return _WRONG_USE
    if options.live:
        return _live(options)
    if options.creator or options.report or options.again or options.test_fan:
        said = "--creator, --test-fan, --report and --again go with --live"
        print(f"fanvue-bridge doctor: {said}", file=sys.stderr)
        return _WRONG_USE
    from bot.features.operations.doctor import command

    code, said = command.carry_out(options.env_file, as_json=options.json, version=version())
    print(said if options.json else as_typed(said))
    return code


def _live(options: argparse.Namespace) -> int:
    if options.json:
        print("fanvue-bridge doctor: with --live, --report FILE writes the JSON", file=sys.stderr)
        return _WRONG_USE
    from bot.features.operations.live_check import command, report_file

    wrong = report_file.wrong_report(options.report)
    if wrong is not None:
        print(f"fanvue-bridge doctor: {wrong}", file=sys.stderr)
        return _WRONG_USE
    asked = command.LiveCheckOptions(
        options.env_file, options.creator, options.report, again=options.again, test_fan=options.test_fan
    )
    code, said = command.carry_out(asked, version=version(), tell=partial(print, file=sys.stderr, flush=True))
    print(said)
    return code
