"""The command line's part that sets the bridge up: on a page, or in the terminal."""

import argparse
import os
import shlex
import sys
from collections.abc import Callable
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from bot.settings.typed_command import as_typed

if TYPE_CHECKING:
    import asyncio

    from bot.features.operations.installation.service import InstallationService
    from bot.settings.loader import SettingsError
    from bot.settings.model import Settings

P = TypeVar("P", bound=argparse.ArgumentParser)
_WRONG_SETTINGS: Final = 78
_HINT: Final = "`fanvue-bridge setup` asks for them one by one and tries each."
_WELCOME: Final = """Set up the bridge: open this address in your browser, on this machine.

  {url}

On a server, first run this on your own computer: ssh -N -L {port}:127.0.0.1:{port} YOUR-SERVER
Press Enter to answer here instead. Ctrl+C stops; what you answered is kept."""
_ENDED: Final = """
Setup is not finished: there is nothing more to read here. {saved}
Continue with: fanvue-bridge setup --terminal{options}"""


class SetupEnd(Enum):
    """How it ended."""

    START = "start"
    FINISHED = "finished"
    UNFINISHED = "unfinished"  # the terminal gives no more answers
    HERE = "here"  # the person wants the questions in the terminal
    FAILED = "failed"


def add_setup(
    commands: "argparse._SubParsersAction[P]", settings: P, run: Callable[[argparse.Namespace], int]
) -> None:
    """Add the command; `run` starts the bridge in the end."""
    setup = commands.add_parser(
        "setup", parents=[settings], help="ask for the settings one by one, try each, and write .env"
    )
    setup.add_argument("--terminal", action="store_true", help="ask here, without a page")
    setup.set_defaults(command=partial(_setup, run), deed="run")


def settings_or_setup(env_file: Path) -> "Settings | None":
    """The settings of `run`; a person at a terminal who has none yet is asked for them first."""
    from bot.settings.loader import SettingsError, load

    try:
        return load(os.environ, env_file)
    except SettingsError as error:
        if not _wanted(error):
            print(f"{error}\n{as_typed(_HINT)}", file=sys.stderr)
            return None
    end = first_setup(env_file, terminal=False)
    if end is not SetupEnd.START:
        raise SystemExit(0 if end is SetupEnd.FINISHED else _WRONG_SETTINGS)
    return settings_or_setup(env_file)


def first_setup(env_file: Path, *, terminal: bool) -> SetupEnd:
    """Ask for everything that is missing or wrong. Ctrl+C is a KeyboardInterrupt."""
    import asyncio
    import logging

    from bot.settings.loader import SettingsError

    log = logging.getLogger("discord")
    level = log.level
    log.setLevel(logging.ERROR)  # what it warns of stands beside the field here
    try:
        with asyncio.Runner() as runner:
            setup = _service(env_file)
            try:
                runner.run(setup.begin())
            except SettingsError as error:
                print(error, file=sys.stderr)
                return SetupEnd.FAILED
            end = SetupEnd.HERE if terminal else runner.run(_on_page(setup))
            end = _in_terminal(setup, runner) if end is SetupEnd.HERE else end
            _say_end(end, setup, env_file)
            return end
    finally:
        log.setLevel(level)


def _setup(run: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    end = first_setup(options.env_file, terminal=options.terminal)
    if end is SetupEnd.START:
        return run(options)
    return 0 if end is SetupEnd.FINISHED else _WRONG_SETTINGS


def _say_end(end: SetupEnd, setup: "InstallationService", env_file: Path) -> None:
    """Where the answers are, and the command that goes on from there."""
    view = setup.overview()
    options = "" if env_file == Path(".env") else f" --env-file {shlex.quote(str(env_file))}"
    if end is SetupEnd.FINISHED:
        following = "Start the bridge with" if view.ready and not view.running else "Change them with"
        command = "run" if view.ready and not view.running else "setup"
        print(as_typed(f"Your answers are in {env_file}. {following}: fanvue-bridge {command}{options}"))
    elif end is SetupEnd.UNFINISHED:
        saved = f"Your answers so far are in {env_file}." if env_file.exists() else "No answer was saved."
        print(as_typed(_ENDED.format(saved=saved, options=options)), file=sys.stderr)


def _wanted(error: "SettingsError") -> bool:
    """Whether a person is here who has not set anything up: a service or a container has no terminal."""
    from bot.features.operations.installation.drafting import is_question
    from bot.features.operations.installation.questions import KEYS
    from bot.settings.problem_texts import MISSING

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return all(
        one.reason.startswith(MISSING) and (is_question(one) or one.name == KEYS) for one in error.problems
    )


def _service(env_file: Path) -> "InstallationService":
    from bot.engine.clock import SystemClock
    from bot.features.operations.installation.env_store import EnvStore
    from bot.features.operations.installation.service import InstallationService

    return InstallationService(EnvStore(env_file, os.environ), clock=SystemClock(), random=os.urandom)


async def _on_page(setup: "InstallationService") -> SetupEnd:
    """Until the page's last button is pressed, or Enter here."""
    import asyncio

    from bot.web.setup_server import SetupListener

    async with SetupListener(setup, random=os.urandom) as server:
        print(_WELCOME.format(url=server.url, port=server.port), file=sys.stderr, flush=True)
        enter = _enter_pressed()
        page = asyncio.ensure_future(server.finished())
        try:
            both: set[asyncio.Future[Any]] = {page, enter}
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if sys.stdin.isatty():
                asyncio.get_running_loop().remove_reader(sys.stdin)
        if page.done():
            return SetupEnd.START if page.result() else SetupEnd.FINISHED
        page.cancel()
        return SetupEnd.HERE


def _enter_pressed() -> "asyncio.Future[None]":
    """Done once a line comes from the terminal; without one never."""
    import asyncio

    loop = asyncio.get_running_loop()
    pressed: asyncio.Future[None] = loop.create_future()

    def read() -> None:
        sys.stdin.readline()
        loop.remove_reader(sys.stdin)
        if not pressed.done():
            pressed.set_result(None)

    if sys.stdin.isatty():
        loop.add_reader(sys.stdin, read)
    return pressed


def _in_terminal(setup: "InstallationService", runner: "asyncio.Runner") -> SetupEnd:
    from getpass import getpass

    from bot.cli.setup_terminal import SetupTerminal

    def say(text: str) -> None:
        print(as_typed(text))

    terminal = SetupTerminal(setup, runner, ask=input, ask_secret=getpass, say=say)
    try:
        return SetupEnd.START if terminal.carry_out() else SetupEnd.FINISHED
    except EOFError:
        return SetupEnd.UNFINISHED
