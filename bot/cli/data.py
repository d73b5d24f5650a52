"""The command line's part that looks after data: backups, restores, moves."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from bot.settings.model import Settings

WRONG_SETTINGS: Final = 78
_UNSEEN: Final = "- reads it from stdin"
_DIGITS: Final = 9  # int() refuses thousands of them
P = TypeVar("P", bound=argparse.ArgumentParser)
STOPPED: Final = 130  # what a shell gives for Ctrl-C


def settings_of(env_file: Path) -> "Settings | None":
    from bot.settings.loader import SettingsError, load

    try:
        return load(os.environ, env_file)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return None


def add_keeping(commands: "argparse._SubParsersAction[P]", settings: P) -> None:
    """Add database file commands; the actions are in bot.app.maintenance."""
    backup = commands.add_parser(
        "backup", parents=[settings], help="copy the database, also of a running bridge"
    )
    backup.add_argument(
        "--to", type=Path, help="a new file or a folder (default: backups beside the database)"
    )
    backup.add_argument("--keep", type=_count, help="delete all but the newest KEEP dated backups there")
    backup.set_defaults(command=_keeping, deed="backup")

    restore = commands.add_parser(
        "restore", parents=[settings], help="restore a backup; the bridge is stopped"
    )
    restore.add_argument("file", type=Path)
    restore.set_defaults(command=_keeping, deed="restore")

    door = commands.add_parser(
        "door", parents=[settings], help="who was turned away at the webhooks' address"
    )
    door.set_defaults(command=_keeping, deed="door")

    restored = commands.add_parser("restored", parents=[settings], help="what a restored database waits for")
    restored.add_argument("word", nargs="?", choices=["accept"], help="accept: let it continue")
    restored.set_defaults(command=_keeping, deed="restored")


def add_moving(commands: "argparse._SubParsersAction[P]", settings: P) -> None:
    """Add database move commands; the actions are in bot.cli.database_move."""
    moving = commands.add_parser("db", help="move to another database").add_subparsers(
        metavar="COMMAND", required=True
    )
    copy = moving.add_parser(
        "copy", parents=[settings], help="copy everything to a new database, prove it, and change over"
    )
    copy.add_argument(
        "--from", dest="source", required=True, metavar="URL", help=f"the bridge is stopped; {_UNSEEN}"
    )
    copy.add_argument(
        "--to", dest="target", required=True, metavar="URL", help=f"an empty database; {_UNSEEN}"
    )
    copy.set_defaults(command=_moving, deed="copy")
    back = moving.add_parser(
        "reopen",
        parents=[settings],
        help=("give up a move: continue with the old database, as a restored one"),
    )
    back.add_argument("--from", dest="source", required=True, metavar="URL", help=_UNSEEN)
    back.set_defaults(command=_moving, deed="reopen")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS and int(text) > 0):
        raise argparse.ArgumentTypeError("a number of backups, at least 1")
    return int(text)


def _url(typed: str) -> str:
    """The address, or the next line of stdin where a dash was typed: `ps` shows arguments to every user."""
    return sys.stdin.readline().strip() if typed == "-" else typed


def _keeping(options: argparse.Namespace) -> int:
    """Print the sentences of a deed of bot.app.maintenance, or the one that says why it could not be done."""
    import asyncio

    settings = settings_of(options.env_file)
    if settings is None:
        return WRONG_SETTINGS
    from bot.app import maintenance

    code, said = asyncio.run(maintenance.carry_out(settings, options))
    print(said, file=sys.stderr if code else sys.stdout)
    return code


def _moving(options: argparse.Namespace) -> int:
    import asyncio

    from bot.cli import database_move
    from bot.settings.loader import SettingsError, check_databases

    options.source = _url(options.source)
    urls = {"--from": options.source}
    if options.deed == "copy":
        options.target = _url(options.target)
        urls["--to"] = options.target
    try:
        check_databases(urls, os.environ, options.env_file)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return WRONG_SETTINGS
    try:
        code, said = asyncio.run(database_move.carry_out(options))
    except KeyboardInterrupt:
        code, said = (
            STOPPED,
            "Stopped. The old database is as it was; the same command starts the copy again.",
        )
    print(said, file=sys.stderr if code else sys.stdout)
    return code
