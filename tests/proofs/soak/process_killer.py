"""Kills the bridge at random, ends its sessions at the database, starts that anew."""

import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass

import psycopg

from bot.sandbox.program import ProgramFailed
from storage.engine import dialect
from storage.engine.connect import dialect_of
from tests.postgres_servers import SinglePostgres
from tests.progress import Say
from tests.proofs.soak.script_progress import ScriptProgress
from tests.proofs.soak.soak_scenario import SoakScenario

# Discord allows 200 sign-ins a day, and the bridge keeps count in a file. A soak is many days in an hour.
_SIGN_INS_A_DAY = 150
# The database could not be opened, or was lost, while the bridge started.
_NOT_OPENED = ("The database cannot be", "Nothing was stored")


class EndedByItself(AssertionError):
    """Raised when the bridge was found dead before anybody killed it."""


@dataclass
class ProcessKiller:
    """Kills so often in the course of a script."""

    town: SoakScenario
    rng: random.Random
    kills: int
    course: ScriptProgress
    say: Say
    killed: int = 0

    async def run(self) -> None:
        """Kill at moments at random; returns after the last one."""
        async for _ in self.course.moments(self.rng, self.kills):
            await asyncio.sleep(self.rng.uniform(0, 0.5))
            if self.course.stopped:
                return
            await self.kill()

    async def kill(self) -> None:
        """SIGKILL, and a fresh start."""
        process = self.town.bridge._process
        if process is None or process.returncode is not None:
            raise EndedByItself(self.town.bridge.last_words())
        await self.town.bridge.kill()
        self.killed += 1
        if self.killed % _SIGN_INS_A_DAY == 0:
            (self.town.folder / "identify.json").unlink(missing_ok=True)
        await self._start()
        self.say(f"killed and back, {self.killed} of {self.kills}")

    async def _start(self) -> None:
        """As a service manager does: started anew if the server ended its sessions while it opened."""
        hosted = dialect_of(self.town.database) != dialect.SQLITE
        for last in (*[False] * 4, True) if hosted else (True,):
            try:
                await self.town.bridge.start()
            except ProgramFailed as failed:
                if self.course.stopped:  # a Ctrl-C reaches the bridge as well
                    return
                if last or not any(words in str(failed) for words in _NOT_OPENED):
                    raise
            else:
                return


@dataclass
class ConnectionCutter:
    """Ends the bridge's sessions at its PostgreSQL server, as a failing network does."""

    town: SoakScenario
    rng: random.Random
    cuts: int
    course: ScriptProgress
    cut: int = 0

    async def run(self) -> None:
        """Cut at moments at random; returns after the last one."""
        async for _ in self.course.moments(self.rng, self.cuts):
            await asyncio.sleep(self.rng.uniform(0, 0.5))
            one = self.rng.choice(("writer", "writer", "owner", "reader0", "%"))
            self.cut += await asyncio.to_thread(_end_sessions, self.town.database, one)


@dataclass
class ServerRestarter:
    """Starts the server anew once, where the soak has one of its own."""

    server: SinglePostgres | None
    rng: random.Random
    course: ScriptProgress
    restarts: int = 0

    async def run(self) -> None:
        """Restart it at a moment at random; returns after it."""
        if self.server is None:
            return
        async for _ in self.course.moments(self.rng, 1):
            # Without giving this loop away: so nobody in it is reading the database meanwhile.
            self.server.stop()
            self.server.start()
            self.restarts += 1


def _end_sessions(url: str, part: str) -> int:
    with suppress(psycopg.OperationalError), psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(
            """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND application_name LIKE %s""",
            (f"fanvue-bridge % {part} %",),
        )
        return len(found.fetchall())
    return 0  # the server is being started anew, which ends them all
