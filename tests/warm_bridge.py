"""The real bridge, forked from a process that has loaded its code already.

Tests start the bridge hundreds of times, and most of a start is loading the same modules again. Everything
that a process of its own has, each of these has too: environment, folder, standard streams, memory, death.
That the code loads, and what the command line does before it, is shown by those who start a
`BridgeInstallation`.
"""

import os
import stat
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

from bot.cli.main import main
from bot.sandbox.program import BridgeInstallation, BridgeProcess
from tests.warm_forks import StartedFork, end_with_tests, forked


class WarmProgram(BridgeInstallation):
    """Like `BridgeInstallation`; only how a process begins is another."""

    async def _spawn(self) -> BridgeProcess:
        folder, log = str(self._log.parent), str(self._log)
        return StartedFork(forked(_live, self._environment(), folder, log, self._options))


class ForkedProgram(BridgeInstallation):
    """Likewise, but forked from this very process, which has loaded all code itself."""

    async def _spawn(self) -> BridgeProcess:
        folder, log = str(self._log.parent), str(self._log)
        process = get_context("fork").Process(
            target=_live_alone, args=(self._environment(), folder, log, self._options), daemon=True
        )
        process.start()
        return StartedFork(process)


def _live_alone(environment: Mapping[str, str], folder: str, log: str, options: Sequence[str]) -> None:
    """The same without the sockets of whoever it was forked from: what is closed there is closed.

    Their numbers stay taken, so that no socket of its own is closed when objects of the other's are thrown
    away.
    """
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in [int(one.name) for one in Path("/dev/fd").iterdir()]:
        with suppress(OSError):  # the folder itself was one of them
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                os.dup2(nothing, number)
    _live(environment, folder, log, options)


def _live(environment: Mapping[str, str], folder: str, log: str, options: Sequence[str]) -> None:
    """All of a process's life; its exit code is the command's."""
    end_with_tests()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    with Path(log).open("ab") as file:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), stream.fileno())
    sys.exit(main(["run", "--env-file", os.devnull, *options]))
