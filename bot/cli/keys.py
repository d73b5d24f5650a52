"""The command line's part about keys: make one, check them, go over to the newest."""

import argparse
import sys
from pathlib import Path
from typing import TypeVar

from bot.cli.data import WRONG_SETTINGS, settings_of

P = TypeVar("P", bound=argparse.ArgumentParser)


def add_keys(commands: "argparse._SubParsersAction[P]", settings: P) -> None:
    """Add the key commands; the actions are in bot.features.operations.keys."""
    keys = commands.add_parser("keys", help="encryption keys").add_subparsers(
        metavar="COMMAND", required=True
    )
    new = keys.add_parser("new", help="print a fresh encryption key")
    new.add_argument(
        "--file", type=Path, help="put it first into this file of keys, which is made if missing"
    )
    new.set_defaults(command=_new)
    check = keys.add_parser("check", parents=[settings], help="which key made what is stored")
    check.add_argument("--open", action="store_true", help="open every value, too")
    check.set_defaults(command=_check)
    rotate = keys.add_parser(
        "rotate",
        parents=[settings],
        help=("encrypt everything again with the newest key; the bridge may run"),
    )
    rotate.set_defaults(command=_rotate)


def _new(options: argparse.Namespace) -> int:
    import secrets

    from bot.features.operations.keys import key_file

    line = key_file.new_line(secrets.token_bytes)
    if options.file is None:
        print(line)  # alone on stdout, so that it can be appended to a file of keys
        print(
            (
                "Put this line first in ENCRYPTION_KEYS (newest first, with commas) or in the file "
                "that ENCRYPTION_KEYS_FILE names, and keep a copy away from the database: without "
                "it nobody can read it."
            ),
            file=sys.stderr,
        )
        return 0
    number = line.partition(":")[0]
    try:
        key_file.put_first(options.file, line)
    except OSError as error:
        print(f"{options.file} cannot be written: “{error.strerror}”.", file=sys.stderr)
        return 1
    print(
        f"Key {number} is the first in {options.file}. Keep a copy away from the database.\n"
        "Next, if there is already a database: fanvue-bridge keys rotate"
    )
    return 0


def _check(options: argparse.Namespace) -> int:
    settings = settings_of(options.env_file)
    if settings is None:
        return WRONG_SETTINGS
    from bot.features.operations.keys import command

    return _said(*command.check(settings, everything=options.open))


def _rotate(options: argparse.Namespace) -> int:
    settings = settings_of(options.env_file)
    if settings is None:
        return WRONG_SETTINGS
    from bot.features.operations.keys import command

    return _said(*command.rotate(settings, say=lambda line: print(line, file=sys.stderr)))


def _said(code: int, text: str) -> int:
    print(text, file=sys.stderr if code > 1 else sys.stdout)
    return code
