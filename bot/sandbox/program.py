"""The real bridge as a process of its own: started, killed, started again."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal, Protocol, Self, TypeVar

import aiohttp

from bot.sandbox import patience, witness

T = TypeVar("T")
State = Literal["starting", "running", "stopping", "stopped"]
_READY = 200
_READY_WITHIN = 2 * patience.SECONDS  # whether it has ended is known at once
_STOPS_WITHIN = 25.0
_PAUSE = 0.02  # seconds between two looks, or so many times as long as a look takes
_SPARING = 3

_ROOT = Path(__file__).resolve().parents[2]


class ProgramFailed(RuntimeError):
    """Raised when the bridge ends by itself or does not get ready; carries its last words."""


class BridgeProcess(Protocol):
    """The process of a running bridge; asyncio's own processes are such."""

    @property
    def pid(self) -> int:
        """Its number."""

    @property
    def returncode(self) -> int | None:
        """None while it runs."""

    async def wait(self) -> int:
        """Its exit code, once it has ended."""

    def send_signal(self, signal: int, /) -> None:
        """Send it one."""

    def kill(self) -> None:
        """Send it SIGKILL."""


class BridgeInstallation:
    """One installation of the bridge: its settings, its database, and at most one process."""

    ready_within = _READY_WITHIN  # seconds from its start
    niceness = 0  # how far it stands back where the stand-ins want a processor, too

    def __init__(
        self, settings: Mapping[str, str], *, admin: str, log: Path, options: Sequence[str] = ()
    ) -> None:
        """`settings`: the whole environment of the process, apart from what Python needs.

        `options`: of the command `run`.
        """
        self._options = tuple(options)
        self._settings = dict(settings)
        for line in self._settings.get("ENCRYPTION_KEYS", "").split(","):
            witness.note("token", line.rpartition(":")[2])
        self._admin = admin
        self._log = log
        self._process: BridgeProcess | None = None
        self._starting = asyncio.Lock()
        self.state: State = "stopped"
        self.changed: Callable[[], None] = lambda: None  # called whenever `state` is another

    async def __aenter__(self) -> Self:
        """Start it and wait until it is ready; one that is not is ended. Raises ProgramFailed."""
        try:
            await self.start()
        except BaseException:
            await self.kill()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start the process if there is none; returns when `/readyz` says so. Raises ProgramFailed."""
        async with self._starting:  # two who start at once start one
            if self._process is None or self._process.returncode is not None:
                self._become("starting")
                await self._start()

    async def _start(self) -> None:
        process = self._process = await self._spawn()
        ended = asyncio.create_task(process.wait())
        ended.add_done_callback(lambda _: self._gone(process))
        ready = asyncio.create_task(self._ready())
        try:
            await asyncio.wait({ended, ready}, return_when=asyncio.FIRST_COMPLETED)
            if ready.done():
                ready.result()
        except TimeoutError:
            raise ProgramFailed(f"The bridge was not ready in time. {self.last_words()}") from None
        finally:
            ready.cancel()
            await asyncio.wait({ready})
        if process.returncode is not None:
            raise ProgramFailed(f"The bridge ended with {process.returncode}. {self.last_words()}")
        self._become("running")

    def _environment(self) -> dict[str, str]:
        kept = {
            name: os.environ[name]
            for name in ("PATH", "HOME", "LANG", "TMPDIR", "COVERAGE_PROCESS_START")
            if name in os.environ
        }
        return {**kept, "PYTHONPATH": str(_ROOT), "PYTHONUNBUFFERED": "1", **self._settings}

    async def _spawn(self) -> BridgeProcess:
        with self._log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *(("nice", "-n", str(self.niceness)) if self.niceness else ()),
                sys.executable,
                "-m",
                "bot",
                "run",
                "--env-file",
                os.devnull,
                *self._options,
                cwd=self._log.parent,
                env=self._environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    async def kill(self) -> None:
        """SIGKILL: a supported way to stop."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int | None:
        """SIGTERM, and SIGKILL when it takes too long; its exit code, None when it did not run."""
        return await self._end(signal.SIGTERM)

    @property
    def admin(self) -> str:
        """The host and port of its own figures."""
        return self._admin

    def last_words(self) -> str:
        """The end of its log."""
        lines = self._log.read_text(errors="replace").splitlines() if self._log.exists() else []
        return "Its last words:\n" + "\n".join(lines[-12:])

    async def _end(self, how: signal.Signals) -> int | None:
        process = self._process
        if process is None or process.returncode is not None:
            return process.returncode if process else None
        self._become("stopping")
        process.send_signal(how)
        try:
            async with asyncio.timeout(_STOPS_WITHIN):
                code = await process.wait()
        except TimeoutError:
            process.kill()
            code = await process.wait()
        if self._process is process:  # nobody has started the next one meanwhile
            self._process = None
            self._become("stopped")
        return code

    def _gone(self, process: BridgeProcess) -> None:
        """It ended without being told to here."""
        if self._process is process:
            self._become("stopped")

    def _become(self, state: State) -> None:
        self.state = state
        self.changed()

    async def _ready(self) -> None:
        async with aiohttp.ClientSession() as session:

            async def says_so() -> bool:
                try:
                    async with session.get(f"http://{self._admin}/readyz") as response:
                        return response.status == _READY
                except aiohttp.ClientError:
                    return False  # it does not listen yet

            await until(says_so, self.ready_within)


async def until(look: Callable[[], Awaitable[T]], within: float) -> T:
    """Return the first true answer of a look at another process. Raises TimeoutError.

    A look that takes long is a rare one: the process, and the stand-ins in this loop, get on meanwhile.
    """
    clock = asyncio.get_running_loop().time
    async with asyncio.timeout(within):
        while True:
            began = clock()
            if answer := await look():
                return answer
            # Another process: there is no event to wait for.
            await asyncio.sleep(max(_PAUSE, _SPARING * (clock() - began)))
