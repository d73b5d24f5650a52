"""The command line's privacy part: kept data as a file; erasing it all."""

import argparse
import sys
from pathlib import Path
from typing import TypeVar

from bot.cli.data import WRONG_SETTINGS, settings_of

P = TypeVar("P", bound=argparse.ArgumentParser)


def add_privacy(commands: "argparse._SubParsersAction[P]", settings: P) -> None:
    """Add privacy commands; see bot.cli.privacy_export and bot.cli.privacy_erasure."""
    privacy = commands.add_parser("privacy", help="what is stored about a person").add_subparsers(
        metavar="COMMAND", required=True
    )
    export = privacy.add_parser(
        "export", parents=[settings], help="write everything stored about a creator, or about one fan"
    )
    export.add_argument("--creator", required=True, help="a handle, or Fanvue's id")
    export.add_argument("--fan", help="only this fan of theirs: a handle, or Fanvue's id")
    export.add_argument("--to", type=Path, required=True, help="a new file; JSON")
    export.set_defaults(command=_export)
    erase = privacy.add_parser(
        "erase", parents=[settings], help="erase everything of a creator, in the background"
    )
    erase.add_argument("--creator", required=True, help="a handle, or Fanvue's id")
    erase.add_argument(
        "--confirm", help=("the creator's handle: start; without it, say what would be erased")
    )
    erase.set_defaults(command=_erase)


def _export(options: argparse.Namespace) -> int:
    settings = settings_of(options.env_file)
    if settings is None:
        return WRONG_SETTINGS
    from bot.cli import privacy_export

    code, said = privacy_export.export(settings, creator=options.creator, fan=options.fan, to=options.to)
    print(said, file=sys.stderr if code else sys.stdout)
    return code


def _erase(options: argparse.Namespace) -> int:
    settings = settings_of(options.env_file)
    if settings is None:
        return WRONG_SETTINGS
    from bot.cli import privacy_erasure

    code, said = privacy_erasure.erase(settings, creator=options.creator, confirm=options.confirm)
    print(said, file=sys.stderr if code else sys.stdout)
    return code
