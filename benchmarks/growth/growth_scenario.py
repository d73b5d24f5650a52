"""One house that has so many messages already: filled, opened, and written to."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.growth.history_filling import Say, TrafficOwner, fill
from benchmarks.growth.statement_counter import PLACE
from benchmarks.growth.usage_meter import BridgeUsage, UsageMeter, resident_mib
from bot.features.operations.keys.ring import keyring_of
from bot.features.operations.keys.signer import RightsSigner
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.play import EveningPlay
from bot.sandbox.program import BridgeInstallation, BridgeProcess, until
from bot.sandbox.stage import DemoStage, on, staged
from bot.settings.loader import load
from storage.engine.connect import dialect_of, open_database
from storage.engine.signed_database import SignedDatabase
from storage.inbox import forums
from storage.records import OPEN, CreatorId
from tests import database_reader

SPEED = 10.0  # all windows; so ten messages a second are as one in life
_PER_SECOND = 10.0
_PATIENCE = 120.0


class StatementCountingBridge(BridgeInstallation):
    """The bridge with a count of its statements."""

    async def _spawn(self) -> BridgeProcess:
        with self._log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *(
                    sys.executable,
                    "-m",
                    "benchmarks.growth.statement_counter",
                    "run",
                    "--env-file",
                    os.devnull,
                ),
                cwd=self._log.parent,
                env=self._environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )


@dataclass
class GrowthScenario:
    """A creator with fans on the stage, and a history in the database."""

    stage: DemoStage
    url: str
    rows: int
    fans: list[StandInFan]
    scale: UsageMeter
    found: dict[str, float] = field(default_factory=dict)
    slow: Mapping[str, list[float]] = field(default_factory=dict)  # statements of its start
    said: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # those of the newest round

    @property
    def pid(self) -> int:
        """The bridge's."""
        process = self.stage.bridge._process  # noqa: SLF001 - weighed from outside
        assert process is not None
        return process.pid

    async def fill(self, say: Say) -> None:
        """Let the year pass while the bridge is stopped, and start it again."""
        await self.stage.bridge.stop()
        began = time.monotonic()
        settings = load(self.stage.bridge._settings)  # noqa: SLF001 - what it was started with
        database = SignedDatabase(await open_database(self.url, now=0), RightsSigner(keyring_of(settings)))
        try:
            creator = CreatorId(self.stage.creator.uuid)
            forum = await database.read(lambda tx: forums.of_creator(tx, creator))
            assert forum is not None
            home, now = TrafficOwner(creator, forum.guild, forum.id), int(time.time() * 1000)
            await fill(database, home, self.rows, now=now, kind=dialect_of(self.url), say=say)
        finally:
            await database.close()
        self.found["fill_s"] = round(time.monotonic() - began, 1)

    async def start(self) -> None:
        """Start the bridge, with the clock running."""
        began = time.monotonic()
        await self.stage.bridge.start()
        self.found["ready_s"] = round(time.monotonic() - began, 2)

    async def write(self, number: str) -> int:
        """Every fan writes; returns when all is done. How many messages."""
        began = time.perf_counter()
        for place, fan in enumerate(self.fans):
            await asyncio.sleep(max(began + place / _PER_SECOND - time.perf_counter(), 0))
            await fan.write(f"{number} of {fan.handle}")
        await self.quiet()
        return len(self.fans)

    async def answer(self, number: str) -> int:
        """Every second fan is answered; returns when all is done. How many replies."""
        places = {thread.name: thread for thread in self.stage.discord.world.threads(self.stage.guild.id)}
        answered = self.fans[::2]
        for place, fan in enumerate(answered):
            thread = next(one for name, one in places.items() if f"@{fan.handle}" in name.split())
            await self._reply(place, thread, f"{number}, yes")
        await self.quiet()
        return len(answered)

    async def _reply(self, place: int, thread: StandInChannel, text: str) -> None:
        members = list(self.stage.members.values())
        given = await members[place % len(members)].slash(self.stage.guild, thread, "reply", text=text)
        await given.done(_PATIENCE)
        if "On its way" not in given.text:
            raise RuntimeError(f"A reply was answered: {given.text or given.state}")

    async def lines(self, number: int, since: int) -> None:
        """Until so many messages were posted."""
        ledger = self.stage.discord.ledger
        await self.stage.discord.world.until(
            lambda: ledger.count("message_created", since) >= number, _PATIENCE + number / _PER_SECOND
        )

    async def quiet(self) -> None:
        """Until nothing is left to do."""

        async def nothing() -> bool:
            if self.stage.fanvue.webhooks.pending:
                return False
            return not await asyncio.to_thread(_busy, self.url)

        await until(nothing, _PATIENCE)

    def stored(self) -> float:
        """Bytes that the database has."""
        return self.scale.stored()

    async def weigh(self) -> BridgeUsage:
        """What its bridge has used up to now."""
        return await self.scale.weigh(self.pid)

    def remember_memory(self) -> None:
        """How much it has."""
        self.found["rss_mib"], self.found["rss_most_mib"] = resident_mib(self.pid)


@asynccontextmanager
async def house(folder: Path, database: str | None, rows: int, people: int) -> AsyncIterator[GrowthScenario]:
    """A house whose fans have written once, so that each has a thread."""
    folder.mkdir()  # noqa: ASYNC240 - nobody waits yet
    counts = folder / "counts.json"
    more = {PLACE: str(counts), **on(database)}
    async with staged(folder, StatementCountingBridge, speed=SPEED, seed=7, **more) as stage:
        stage.discord.limits.enabled = False
        await EveningPlay(stage, _no_pause, lambda _words: None).open_house()
        world = stage.fanvue.world
        fans = [world.add_fan(f"fan{one}", f"Fan {one}", stage.creator) for one in range(people)]
        url = database or f"sqlite:///{folder / 'bridge.sqlite3'}"
        made = GrowthScenario(stage, url, rows, fans, UsageMeter(url, counts))
        since = len(stage.discord.ledger)
        for fan in fans:
            await fan.write("hello")
        await made.lines(2 * people, since)  # a card and a line each
        await made.quiet()
        yield made


def _busy(url: str) -> bool:
    """Whether anything is left to do; asked so that indexes answer, however much is stored."""
    with database_reader.opened(url) as db:
        return bool(
            db.rows(f"SELECT 1 AS one FROM outbox WHERE {OPEN} LIMIT 1")  # noqa: S608 - a constant
            or db.rows("SELECT 1 AS one FROM inbox WHERE state = 'new' LIMIT 1")
        )


async def _no_pause(_seconds: float) -> None:
    await asyncio.sleep(0)
