"""A Discord, a database, and gateway processes that a test starts."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import psycopg
import pytest

from bot.sandbox.discord.server import DiscordServer
from storage.engine import identify_counts, shards
from tests import postgres
from tests.discord.discord_test_server import furnish
from tests.engine.cluster.delivery_fixtures import opened
from tests.warm_commands import PIPE, StartedProgram, start_program

_ROOT = Path(__file__).parents[3]
LIMIT = 60.0  # seconds; reached only when a test fails
Process = StartedProgram


class ShardingScenario:
    """What the gateway processes have in common."""

    def __init__(self, url: str, server: DiscordServer) -> None:
        self.url = url
        self.server = server
        self.said: dict[str, list[str]] = {}
        self.processes: dict[str, Process] = {}
        self._readers: list[asyncio.Task[None]] = []
        self._changed = asyncio.Condition()

    async def start(self, name: str, *, count: int = 2, per_day: int = 200, locks: bool = True) -> Process:
        """One more process."""
        made = await start_program(
            *("tests.engine.sharding.gateway_process", self.url, name),
            *(self.server.api_url, self.server.gateway_url),
            *(str(count), str(per_day), "locks" if locks else "none"),
            cwd=_ROOT,
            stdout=PIPE,
        )
        self.processes[name], self.said[name] = made, []
        self._readers.append(asyncio.create_task(self._read(name, made)))
        return made

    async def both(self) -> None:
        """Two processes, the first of which has the first of two sessions."""
        for name, number in (("one", "0"), ("two", "1")):
            await self.start(name)
            await self.until(lambda name=name, number=number: self.ready(name) == {number})  # type: ignore[misc]

    async def _read(self, name: str, process: Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            async with self._changed:
                self.said[name].append(line.decode().strip())
                self._changed.notify_all()
        async with self._changed:
            self._changed.notify_all()

    async def until(self, reached: Callable[[], bool]) -> None:
        """Return when something is true of what was said."""
        try:
            async with asyncio.timeout(LIMIT), self._changed:
                await self._changed.wait_for(reached)
        except TimeoutError:
            raise TimeoutError(f"They said: {self.said}, and Discord has {self.sessions()}.") from None

    def ready(self, name: str) -> set[str]:
        """The shards that this process was ready for."""
        found = (line.partition(" ") for line in self.said[name])
        return {shard for state, _, shard in found if state == "ready"}

    async def apart(self, held: dict[int, int]) -> None:
        """Return when Discord has just so many connected sessions of each shard."""
        async with asyncio.timeout(LIMIT):
            await self.server.world.until(lambda: self.sessions() == held, LIMIT)

    def sessions(self) -> dict[int, int]:
        """How many connected sessions Discord has of each shard."""
        found: dict[int, int] = {}
        for session in self.server.gateway.sessions.values():
            if session.gone_since is None:
                found[session.shard[0]] = found.get(session.shard[0], 0) + 1
        return found

    def turns(self) -> dict[int, list[float]]:
        """When they took turns to introduce themselves, by the rest of their shard: in seconds."""
        found: dict[int, list[float]] = {}
        with psycopg.connect(self.url) as connection:
            for rest, at in connection.execute("SELECT bucket, at FROM bridge_identifies ORDER BY at"):
                found.setdefault(rest, []).append(at / 1_000_000)
        return found

    async def close(self) -> None:
        """End all that still run."""
        for process in self.processes.values():
            if process.returncode is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
            await process.wait()
        await asyncio.gather(*self._readers)


@pytest.fixture
def url() -> Iterator[str]:
    """A server's database of the test's own."""
    with postgres.emptied() as made:
        yield made


@pytest.fixture
async def house(url: str) -> AsyncIterator[ShardingScenario]:
    """Nobody holds anything yet."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(DiscordServer())
        furnish(server)
        database = await opened(url, "test")
        await database.write(shards.ensure)
        await database.write(identify_counts.ensure)
        await database.close()
        made = ShardingScenario(url, server)
        stack.push_async_callback(made.close)
        yield made
