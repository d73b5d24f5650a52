"""Writes the same to each way in turn: steadily, all at once, and with a death in the middle."""

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from benchmarks.compare.peers.peer_variants import peer
from benchmarks.compare.process_costs import costs_of
from benchmarks.compare.relay_variants import BridgeVariant, RelayVariant, bare, plain
from benchmarks.relay import PER_SECOND, LineTimes
from benchmarks.webhooks import millis
from bot.sandbox.discord.standalone import APPLICATION_ID
from bot.sandbox.play import EveningPlay
from bot.sandbox.program import until
from bot.sandbox.stage import DemoStage, staged

_PATIENCE = 60.0
EVERY_INTENT = frozenset({"message_content", "members", "presences"})
_STILL = 3.0  # seconds in which something could still come twice
_CALM = 1.0
_IN_TURN = 4  # messages of one fan, each written when Fanvue has told of the one before
Figures = dict[str, float]
_numbers = count(1)


@dataclass(frozen=True)
class SteadyRound:
    """Seconds from each message to its line; for each message Discord's calls and the processor's time."""

    waits: list[float]
    calls: float
    cpu_ms: float
    mib: float


@dataclass
class ComparisonRun:
    """The stage, and how much is written at a time: one message for each fan."""

    stage: DemoStage
    messages: int

    async def steadily(self, way: RelayVariant) -> "SteadyRound":
        """At a human rate."""
        await self._calm()
        began: dict[str, float] = {}
        since, start, before = len(self.stage.discord.ledger), time.perf_counter(), costs_of(way.pid)
        async with asyncio.TaskGroup() as tasks:
            for place in range(self.messages):
                await asyncio.sleep(max(start + place / PER_SECOND - time.perf_counter(), 0))
                text = f"number {next(_numbers)}"
                began[text] = time.time()
                tasks.create_task(way.write(place, text))
        await self._lines(since)
        times, after = LineTimes(self.stage).times(since), costs_of(way.pid)
        return SteadyRound(
            waits=[at - began[text] for text, at in times.items()],
            calls=self._calls(way, since) / self.messages,
            cpu_ms=(after.cpu_ms - before.cpu_ms) / self.messages,
            mib=after.mib,
        )

    async def at_once(self, way: RelayVariant) -> float:
        """Lines a second, when all write at the same time."""
        since, began = len(self.stage.discord.ledger), time.time()
        await self._burst(way)
        await self._lines(since)
        return self.messages / (max(LineTimes(self.stage).times(since).values()) - began)

    async def killed(self, way: RelayVariant) -> Figures:
        """All write at once, four messages each, and with a third of the lines there it dies.

        What is missing, what is twice, and how many stand below one that their fan wrote later.
        """
        since = len(self.stage.discord.ledger)
        writing = asyncio.create_task(self._in_turn(way))
        await self.stage.discord.world.until(lambda: self._number(since) >= self.messages // 3, _PATIENCE)
        await way.kill()
        fans = await writing
        wanted = [text for texts in fans for text in texts]
        await self._still(wanted, way.patience, since)
        lines = self._texts(since)
        there, places = Counter(lines), {text: at for at, text in reversed(list(enumerate(lines)))}
        return {
            "written": len(wanted),
            "lost": sum(text not in there for text in wanted),
            "twice": sum(often - 1 for often in there.values()),
            "reordered": sum(overtaken([places[text] for text in texts if text in places]) for texts in fans),
        }

    async def _burst(self, way: RelayVariant) -> list[str]:
        texts = [f"number {next(_numbers)}" for _ in range(self.messages)]
        async with asyncio.TaskGroup() as tasks:
            for place, text in enumerate(texts):
                tasks.create_task(way.write(place, text))
        return texts

    async def _in_turn(self, way: RelayVariant) -> list[list[str]]:
        fans = [
            [f"number {next(_numbers)}" for _ in range(_IN_TURN)] for _ in range(self.messages // _IN_TURN)
        ]

        async def writes(place: int) -> None:
            for text in fans[place]:
                await way.write_in_turn(place, text)

        async with asyncio.TaskGroup() as tasks:
            for place in range(len(fans)):
                tasks.create_task(writes(place))
        return fans

    async def _lines(self, since: int) -> None:
        await self.stage.discord.world.until(lambda: self._number(since) >= self.messages, _PATIENCE)

    async def _calm(self) -> None:
        """Until nobody calls Discord any more for what was written before."""
        await _unchanged(lambda: self.stage.discord.ledger.count("request"), lambda: _CALM)

    async def _still(self, wanted: list[str], patience: float, since: int) -> None:
        """Until nothing comes any more: for a moment once all is there, else for as long as it may take."""

        def enough() -> float:
            return _STILL if set(wanted) <= set(self._texts(since)) else patience

        await _unchanged(lambda: self._number(since), enough)

    def _calls(self, way: RelayVariant, since: int) -> int:
        """Of this way alone: the bridge never writes to the lobby, and the others nowhere else."""
        there = f"/channels/{self.stage.lobby.id}/"
        entries = self.stage.discord.ledger.of("request", since)
        return sum((there in entry.data["path"]) is not isinstance(way, BridgeVariant) for entry in entries)

    def _texts(self, since: int) -> list[str]:
        """The lines that were posted, each as often as it was."""
        world, found = self.stage.discord.world, []
        for entry in self.stage.discord.ledger.of("message_created", since):
            message = world.messages.get(entry.data["channel_id"], {}).get(entry.data["message_id"])
            if message is not None and message.text.startswith("number "):
                found.append(message.text.split("\n")[0])
        return found

    def _number(self, since: int) -> int:
        return len(self._texts(since))


async def compared(folder: Path, messages: int, rounds: int, peers: Sequence[str] = ()) -> dict[str, Figures]:
    """All ways, round by round, on one stage. `peers`: names of those that were brought here."""
    async with AsyncExitStack() as stack:
        stage = await stack.enter_async_context(staged(folder, speed=1.0, seed=7, BURST_SECONDS="0"))
        stage.discord.limits.enabled = False
        await EveningPlay(stage, _no_pause, lambda _words: None).open_house()
        bench = ComparisonRun(stage, messages)
        ways: dict[str, RelayVariant] = {
            "bare": await stack.enter_async_context(bare(stage, folder)),
            "plain": await stack.enter_async_context(plain(stage, folder)),
        }
        stage.discord.world.applications[APPLICATION_ID].intents_enabled = EVERY_INTENT  # Red wants them all
        for name in peers:
            ways[name] = await stack.enter_async_context(await peer(name, stage, folder))
        ways["bridge"] = await _greeted(stage, messages)
        steady: dict[str, list[SteadyRound]] = {name: [] for name in ways}
        rates: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, way in ways.items():
                steady[name].append(await bench.steadily(way))
                rates[name].append(await bench.at_once(way))
        found = {name: summed_up(steady[name], rates[name]) for name in ways}
        for name, way in ways.items():
            found[name] |= await bench.killed(way)
    return with_ratios(found)


async def _greeted(stage: DemoStage, messages: int) -> BridgeVariant:
    """Every fan has a thread."""
    world = stage.fanvue.world
    fans = [world.add_fan(f"fan{number}", f"Fan {number}", stage.creator) for number in range(messages)]
    since = len(stage.discord.ledger)
    for fan in fans:
        await fan.write("hello")
    await LineTimes(stage).until(2 * messages, since)  # a card and a line each
    return BridgeVariant(stage, fans)


def summed_up(steady: list[SteadyRound], rates: list[float]) -> Figures:
    """Median and 95th percentile of the waits; of all else the median of the rounds."""
    waits = sorted(wait for one in steady for wait in one.waits)
    return {
        "messages": len(waits),
        "p50_ms": millis(waits[len(waits) // 2]),
        "p95_ms": millis(waits[len(waits) * 95 // 100]),
        "lines_per_second": round(statistics.median(rates), 1),
        "calls": round(statistics.median(one.calls for one in steady), 2),
        "cpu_ms": round(statistics.median(one.cpu_ms for one in steady), 2),
        "mib": round(statistics.median(one.mib for one in steady), 1),
    }


def with_ratios(found: dict[str, Figures]) -> dict[str, Figures]:
    """How many times each of the bridge's figures is the other two's."""
    for other in ("bare", "plain"):
        for name in ("p50_ms", "p95_ms", "lines_per_second"):
            ratio = round(found["bridge"][name] / found[other][name], 2)
            found["bridge"][f"{name.removesuffix('_ms')}_of_{other}"] = ratio
    return found


async def _unchanged(count: Callable[[], int], enough: Callable[[], float]) -> None:
    """Until it has been the same for so many seconds."""
    seen, changed = count(), time.monotonic()

    async def over() -> bool:
        nonlocal seen, changed
        if count() != seen:
            seen, changed = count(), time.monotonic()
        return time.monotonic() - changed > enough()

    await until(over, 4 * _PATIENCE)


def overtaken(places: list[int]) -> int:
    """How many of a fan's lines stand below one that was written later."""
    return sum(any(later < one for later in places[at + 1 :]) for at, one in enumerate(places))


async def _no_pause(_seconds: float) -> None:
    await asyncio.sleep(0)
