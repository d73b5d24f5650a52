"""The command line's part that sends events to programs."""

import argparse
import sys
from typing import TypeVar

from bot.cli.data import WRONG_SETTINGS, settings_of

P = TypeVar("P", bound=argparse.ArgumentParser)


def add_webhooks(commands: "argparse._SubParsersAction[P]", settings: P) -> None:
    """Add the commands; the actions are in bot.features.operations.program_webhooks.command."""
    webhooks = commands.add_parser("webhooks", help="send events to programs").add_subparsers(
        metavar="COMMAND", required=True
    )
    new = webhooks.add_parser("add", parents=[settings], help="send events to an address")
    new.add_argument("--url", required=True, help="where events go; here also in your own network")
    new.add_argument("--key", required=True, help="the id of the program's key: events tell what it may read")
    new.add_argument("--events", help="which, separated by commas (default: all that the key may hear of)")
    every = webhooks.add_parser("list", parents=[settings], help="a creator's webhooks, and what waits")
    end = webhooks.add_parser("remove", parents=[settings], help="send an address nothing more")
    again = webhooks.add_parser("replay", parents=[settings], help="send events again that no program took")
    again.add_argument("--hours", help="all events of so many hours, also those that were taken")
    for one in (end, again):
        one.add_argument("webhook", help="its id, as the list shows it")
    for one, deed in ((new, "add"), (every, "list"), (end, "remove"), (again, "replay")):
        one.add_argument("--creator", required=True, metavar="@HANDLE", help="a handle, or Fanvue's id")
        one.add_argument("--address", help="host:port of the bridge's ADMIN_LISTEN (default: the setting)")
        one.set_defaults(command=_webhooks, deed=deed)


def _webhooks(options: argparse.Namespace) -> int:
    settings = settings_of(options.env_file)
    if settings is None:
        return WRONG_SETTINGS
    from bot.features.operations.operator_requests.client import OperatorClient
    from bot.features.operations.program_webhooks import command

    client = OperatorClient(settings, options.address)
    if options.deed == "add":
        words = {name: value for name in ("key", "url", "events") if (value := getattr(options, name))}
        code, data, said = command.add(client, options.creator, words)
    elif options.deed == "list":
        code, data, said = command.listed(client, options.creator)
    elif options.deed == "remove":
        code, data, said = command.remove(client, options.creator, options.webhook)
    else:
        code, data, said = command.replay(client, options.creator, options.webhook, options.hours)
    for text, stream in ((data, sys.stdout), (said, sys.stderr)):
        if text:
            print(text, file=stream)
    return code
