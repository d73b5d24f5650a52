"""The command line: run it, look after its data and keys, start stand-ins.

Each command imports what it needs when it is called: `health` runs every few seconds in a container and must
not load Discord, pydantic or aiohttp.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NoReturn

from bot.cli.api_keys import add_api_keys
from bot.cli.audit import add_audit
from bot.cli.context import add_context
from bot.cli.data import WRONG_SETTINGS, add_keeping, add_moving, settings_of
from bot.cli.doctor import add_doctor
from bot.cli.keys import add_keys
from bot.cli.mcp import add_mcp
from bot.cli.media import add_media
from bot.cli.privacy import add_privacy
from bot.cli.setup import add_setup, settings_or_setup
from bot.cli.verify import add_verify
from bot.cli.version import VersionAction
from bot.cli.webhooks import add_webhooks

# sysexits.h; a supervisor need not restart what only a person can mend.
WRONG_USE: Final = 2
INTERRUPTED: Final = 130
HIGHEST_PORT, PORT_DIGITS, SNOWFLAKE_DIGITS = 65535, 5, 20  # int() refuses thousands of digits
UNAVAILABLE: Final = 69  # sysexits.h: something that is needed is not there
ADMIN_DEFAULT: Final = "127.0.0.1:9090"
_ROLES: Final = (
    "gateway, web or worker, or several with commas, where processes share the work on PostgreSQL "
    "(default: all, one process alone)"
)
_SHARED: Final = "--take-over-from is for one process alone: leave --role away"
PORTS: Final = {"fanvue": 8081, "discord": 8082}


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; the answer is the exit code."""
    parser = _parser()
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        parser.error(f"unknown: {' '.join(unknown)}")
    if options.command is None:
        parser.error("say what to do, for example: fanvue-bridge run")
    try:
        code: int = options.command(options)
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


class _Parser(argparse.ArgumentParser):
    """Answers wrong use with one line instead of the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"{self.prog}: {message} (see {self.prog} --help)\n")


@cache
def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="fanvue-bridge", description="A Discord bridge for Fanvue creator teams.")
    parser.add_argument("--version", action=VersionAction, nargs=0, help="say it and end")
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    settings = _Parser(add_help=False)
    settings.add_argument(
        "--env-file", type=Path, default=Path(".env"), help="settings beside the environment"
    )
    _add_running(commands, settings)
    add_setup(commands, settings, _live)
    add_keeping(commands, settings)
    add_moving(commands, settings)
    add_keys(commands, settings)
    add_privacy(commands, settings)
    add_audit(commands, settings)
    add_media(commands, settings)
    add_context(commands, settings)
    add_api_keys(commands, settings)
    add_webhooks(commands, settings)
    add_mcp(commands)
    add_verify(commands)
    _add_stand_ins(commands)
    return parser


def _add_running(commands: "argparse._SubParsersAction[_Parser]", settings: _Parser) -> None:
    """The bridge itself, and whether it is well."""
    run = commands.add_parser("run", parents=[settings], help="run the bridge until it is stopped")
    run.add_argument("--role", action="append", metavar="ROLE", help=_ROLES)
    run.add_argument(
        "--take-over-from",
        type=_application,
        metavar="APPLICATION_ID",
        help="this bot replaces that one: its servers become this bot's (only without --role)",
    )
    run.set_defaults(command=_live, deed="run")

    add_doctor(commands, settings)

    health = commands.add_parser("health", help="ask a running bridge whether it is well")
    health.add_argument("--address", help=f"host:port of ADMIN_LISTEN (default: that, or {ADMIN_DEFAULT})")
    health.set_defaults(command=_health)

    migrate = commands.add_parser(
        "migrate", parents=[settings], help="bring the database up to date and stop"
    )
    migrate.set_defaults(command=_live, deed="migrate")


def _add_stand_ins(commands: "argparse._SubParsersAction[_Parser]") -> None:
    sandbox = commands.add_parser("sandbox", help="a Fanvue or a Discord to develop against")
    sandbox.add_argument("which", choices=sorted(PORTS))
    sandbox.add_argument("--host", default="127.0.0.1")
    sandbox.add_argument("--port", type=_port, help="0 takes any free one (default: %(default)s)")
    sandbox.set_defaults(command=_sandbox)

    demo = commands.add_parser("demo", help="the bridge on both stand-ins, as a page to click; no account")
    demo.add_argument("--text", action="store_true", help="play the evening in the terminal, without a page")
    demo.add_argument("--script", action="store_true", help="play the scripted evening at full speed and end")
    demo.add_argument("--json", action="store_true", help="end with one line of JSON")
    demo.add_argument("--database", metavar="URL", help="an empty PostgreSQL database instead of a file")
    gone = ("v1", "unversioned")
    demo.add_argument("--without", choices=gone, help="as a script, on a Fanvue that gave these paths up")
    demo.set_defaults(command=_demo)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= PORT_DIGITS and int(text) <= HIGHEST_PORT):
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _application(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= SNOWFLAKE_DIGITS):
        raise argparse.ArgumentTypeError("an application ID is a number of at most 20 digits")
    return int(text)


def _live(options: argparse.Namespace) -> int:
    """One of the two deeds of bot.app.lifetime, once settings are right and logs go where they belong."""
    import asyncio

    from bot.engine.process_roles import WrongProcessRole, roles_of

    try:
        roles = roles_of(getattr(options, "role", None) or ())
    except WrongProcessRole as error:
        print(f"fanvue-bridge run: {error}", file=sys.stderr)
        return WRONG_USE
    replaces = getattr(options, "take_over_from", None)
    if replaces is not None and not roles.alone:
        print(f"fanvue-bridge run: {_SHARED}", file=sys.stderr)
        return WRONG_USE
    known = settings_or_setup if options.deed == "run" else settings_of
    settings = known(options.env_file)
    if settings is None:
        return WRONG_SETTINGS
    if options.deed == "run":
        from bot.app.preload import load
        from bot.cli.environment_lock import hold_environment

        hold_environment(Path(sys.prefix))
        load()
    from bot.app import lifetime, logs

    logs.configure(settings.log_level, salt=settings.log_salt(), stream=sys.stderr)
    if options.deed == "run":
        code: int = asyncio.run(lifetime.run(settings, roles, replaces=replaces))
        return code
    return asyncio.run(lifetime.migrate(settings))


def _health(options: argparse.Namespace) -> int:
    """One sentence and 0 when the bridge says that it is well, 1 for anything else."""
    import http.client

    address = options.address or os.environ.get("ADMIN_LISTEN") or ADMIN_DEFAULT
    try:
        host, port = _reachable(address)
        connection = http.client.HTTPConnection(host, port, timeout=3)
        connection.request("GET", "/healthz")
        status = connection.getresponse().status
        connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        print(f"The bridge does not answer at {address}: {error}.")
        return 1
    if status != http.client.OK:
        print(f"The bridge at {address} answers {status}: it is not well.")
        return 1
    print(f"The bridge at {address} is well.")
    return 0


def _reachable(address: str) -> tuple[str, int]:
    from bot.settings.own_address import reached_at

    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    if not (port.isascii() and port.isdigit() and len(port) <= PORT_DIGITS):
        raise ValueError("the address must be host:port")
    return reached_at(host), int(port)


def _no_stand_ins() -> bool:
    """Say so where they were left out, as of a container's image."""
    missing = find_spec("bot.sandbox") is None
    if missing:
        print("The stand-ins are not in this image. Use a checkout: ./run demo", file=sys.stderr)
    return missing


def _sandbox(options: argparse.Namespace) -> int:
    import asyncio

    if _no_stand_ins():
        return UNAVAILABLE
    port = PORTS[options.which] if options.port is None else options.port
    if options.which == "fanvue":
        from bot.sandbox.fanvue import server as fanvue

        serving = fanvue.serve(options.host, port)
    else:
        from bot.sandbox.discord import server as discord

        serving = discord.serve(options.host, port)
    try:
        asyncio.run(serving)
    except OSError as error:
        print(f"It cannot listen at {options.host}:{port}: {error}. Try --port 0.", file=sys.stderr)
        return 1
    return 0


def _demo(options: argparse.Namespace) -> int:
    if _no_stand_ins():
        return UNAVAILABLE
    from bot.sandbox import demo
    from bot.sandbox.page import launcher

    script = options.script or options.without is not None
    told = demo.DemoOptions(script, options.json, options.database, options.without)
    return launcher.main(told, text=options.text)
