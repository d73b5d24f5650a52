"""The command line's part that gives programs keys."""

import argparse
import sys
from typing import TypeVar

from bot.cli.data import WRONG_SETTINGS, settings_of

P = TypeVar("P", bound=argparse.ArgumentParser)


def add_api_keys(commands: "argparse._SubParsersAction[P]", settings: P) -> None:
    """Add the commands; the actions are in bot.features.operations.api_keys.command."""
    keys = commands.add_parser(
        "api-keys", help="keys with which programs read a creator's data"
    ).add_subparsers(metavar="COMMAND", required=True)
    new = keys.add_parser("new", parents=[settings], help="make a key, and show it this once")
    new.add_argument("--name", required=True, help="what uses it, for example n8n")
    new.add_argument("--role", help="as what it reads: viewer, chatter, manager, owner (default: manager)")
    new.add_argument(
        "--scope", help="data: lists and figures (default); chats: and chats; drafts: and writes drafts"
    )
    new.add_argument("--days", help="how long it lasts, at most 365 (default: 90)")
    every = keys.add_parser("list", parents=[settings], help="a creator's keys, and when each was last used")
    end = keys.add_parser("revoke", parents=[settings], help="end a key: it opens nothing from then on")
    end.add_argument("key", help="its id, as the list shows it")
    for one, deed in ((new, "new"), (every, "list"), (end, "revoke")):
        one.add_argument("--creator", required=True, metavar="@HANDLE", help="a handle, or Fanvue's id")
        one.add_argument("--address", help="host:port of the bridge's ADMIN_LISTEN (default: the setting)")
        one.set_defaults(command=_api_keys, deed=deed)


def _api_keys(options: argparse.Namespace) -> int:
    settings = settings_of(options.env_file)
    if settings is None:
        return WRONG_SETTINGS
    from bot.features.operations.api_keys import command
    from bot.features.operations.operator_requests.client import OperatorClient

    client = OperatorClient(settings, options.address)
    if options.deed == "new":
        words = {
            name: value for name in ("name", "role", "scope", "days") if (value := getattr(options, name))
        }
        code, data, said = command.new(client, options.creator, words)
    elif options.deed == "list":
        code, data, said = command.listed(client, options.creator)
    else:
        code, data, said = command.end(client, options.creator, options.key)
    for text, stream in ((data, sys.stdout), (said, sys.stderr)):
        if text:
            print(text, file=stream)
    return code
