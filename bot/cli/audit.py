"""The command line's part about the audit: whether it is as it was written."""

import argparse
import sys
from pathlib import Path
from typing import TypeVar

from bot.cli.data import WRONG_SETTINGS, settings_of

P = TypeVar("P", bound=argparse.ArgumentParser)


def add_audit(commands: "argparse._SubParsersAction[P]", settings: P) -> None:
    """Add the commands of the audit log; the action is in bot.cli.audit_verification."""
    audit = commands.add_parser("audit", help="the record of who did what").add_subparsers(
        metavar="COMMAND", required=True
    )
    verify = audit.add_parser(
        "verify", parents=[settings], help="is every line as it was written? The bridge may run"
    )
    verify.add_argument("--file", type=Path, help="check this backup instead of the database")
    verify.set_defaults(command=_verify)


def _verify(options: argparse.Namespace) -> int:
    settings = settings_of(options.env_file)
    if settings is None:
        return WRONG_SETTINGS
    from bot.cli import audit_verification

    code, said = audit_verification.verify(
        settings, file=options.file, say=lambda line: print(line, file=sys.stderr)
    )
    print(said, file=sys.stderr if code > 1 else sys.stdout)
    return code
