"""The command line's part that gives a creator's context to programs."""

import argparse
import sys
from typing import TypeVar

from bot.cli.data import WRONG_SETTINGS, settings_of

P = TypeVar("P", bound=argparse.ArgumentParser)
_OPTIONS = ("fields", "variants", "period", "limit", "search", "role")
_SECTIONS = (
    "media,subscribers,top_spenders,earnings,waiting,campaigns,calendar; "
    "with --fan card,messages (default: all of them)"
)


def add_context(commands: "argparse._SubParsersAction[P]", settings: P) -> None:
    """Add the command; the action is in bot.features.operations.creator_context.command."""
    context = commands.add_parser(
        "context", parents=[settings], help="a creator as JSON: media, subscribers, earnings, what waits"
    )
    context.add_argument("--creator", metavar="@HANDLE", help="a handle, or Fanvue's id")
    context.add_argument("--fan", metavar="ID", help="one fan of the creator instead: their card and chat")
    context.add_argument("--fields", help=_SECTIONS)
    context.add_argument(
        "--variants", help="main,thumbnail,blurred: short-lived addresses of media (default: none)"
    )
    context.add_argument("--search", help="words that media must have in their name or caption")
    context.add_argument("--period", help="days, as in /money earnings (default: the last 30)")
    context.add_argument(
        "--limit", help="items or people of each section (50, at most 200); messages (30, at most 50)"
    )
    context.add_argument(
        "--role", help="as this role may see it: chatter, manager, owner, … (default: owner)"
    )
    context.add_argument("--address", help="host:port of the bridge's ADMIN_LISTEN (default: the setting)")
    context.add_argument("--schema", action="store_true", help="print the JSON Schema and end")
    context.set_defaults(command=_context)


def _context(options: argparse.Namespace) -> int:
    if options.schema:
        print(_schema(of_fan=options.fan is not None), end="")
        return 0
    if options.creator is None:
        print("fanvue-bridge context: say whose: --creator @HANDLE", file=sys.stderr)
        return 2
    settings = settings_of(options.env_file)
    if settings is None:
        return WRONG_SETTINGS
    from bot.features.operations.creator_context.command import carry_out
    from bot.features.operations.operator_requests.client import OperatorClient

    asked = {name: value for name in _OPTIONS if (value := getattr(options, name)) is not None}
    client = OperatorClient(settings, options.address)
    code, data, said = carry_out(client, *_page(options), asked)
    if data:
        print(data)
    if said:
        print(said, file=sys.stderr)
    return code


def _page(options: argparse.Namespace) -> tuple[str, dict[str, str]]:
    """The address that answers, and what stands in it."""
    from bot.features.operations.creator_context.pages import OPERATOR_PATH
    from bot.features.operations.fan_context.pages import OPERATOR_FAN_PATH

    creator = options.creator.strip().lstrip("@")
    if options.fan is None:
        return OPERATOR_PATH, {"creator": creator}
    return OPERATOR_FAN_PATH, {"creator": creator, "fan": options.fan}


def _schema(*, of_fan: bool) -> str:
    if of_fan:
        from bot.features.operations.fan_context.model import schema as of_fans

        return of_fans()
    from bot.features.operations.creator_context.model import schema

    return schema()
