"""Writes the same to each way in turn: steadily, all at once, and with a death in the middle."""

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from benchmarks.compare.relay_variants import BridgeVariant, RelayVariant, bare, plain
from benchmarks.relay import PER_SECOND, LineTimes
from benchmarks.webhooks import millis
from bot.sandbox.play import EveningPlay
from bot.sandbox.program import until
from bot.sandbox.stage import DemoStage, staged

_PATIENCE = 60.0
_STILL = 3.0  # seconds in which something could still come twice
Figures = dict[str, float]
_numbers = count(1)


@dataclass
class ComparisonRun:
    """The stage, and how much is written at a time: one message for each fan."""

    stage: DemoStage
    messages: int

    async def steadily(self, way: RelayVariant) -> list[float]:
        """Seconds from each message to its line, at a human rate."""
        began: dict[str, float] = {}
        since, start = len(self.stage.discord.ledger), time.perf_counter()
        async with asyncio.TaskGroup() as tasks:
            for place in range(self.messages):
                await asyncio.sleep(max(start + place / PER_SECOND - time.perf_counter(), 0))
                text = f"number {next(_numbers)}"
                began[text] = time.time()
                tasks.create_task(way.write(place, text))
        await self._lines(since)
        times = LineTimes(self.stage).times(since)
        return [at - began[text] for text, at in times.items()]

    async def at_once(self, way: RelayVariant) -> float:
        """Lines a second, when all write at the same time."""
        since, began = len(self.stage.discord.ledger), time.time()
        await self._burst(way)
        await self._lines(since)
        return self.messages / (max(LineTimes(self.stage).times(since).values()) - began)

    async def killed(self, way: RelayVariant) -> Figures:
        """All write at once, and with a third of the lines there it dies: what is missing, what is twice."""
        since = len(self.stage.discord.ledger)
        writing = asyncio.create_task(self._burst(way))
        await self.stage.discord.world.until(lambda: self._number(since) >= self.messages // 3, _PATIENCE)
        await way.kill()
        wanted = await writing
        await self._still(wanted, way.patience, since)
        there = Counter(self._texts(since))
        return {
            "written": len(wanted),
            "lost": sum(text not in there for text in wanted),
            "twice": sum(often - 1 for often in there.values()),
        }

    async def _burst(self, way: RelayVariant) -> list[str]:
        texts = [f"number {next(_numbers)}" for _ in range(self.messages)]
        async with asyncio.TaskGroup() as tasks:
            for place, text in enumerate(texts):
                tasks.create_task(way.write(place, text))
        return texts

    async def _lines(self, since: int) -> None:
        await self.stage.discord.world.until(lambda: self._number(since) >= self.messages, _PATIENCE)

    async def _still(self, wanted: list[str], patience: float, since: int) -> None:
        """Until nothing comes any more: for a moment once all is there, else for as long as it may take."""
        seen, changed = self._number(since), time.monotonic()

        async def over() -> bool:
            nonlocal seen, changed
            if self._number(since) != seen:
                seen, changed = self._number(since), time.monotonic()
            complete = set(wanted) <= set(self._texts(since))
            return time.monotonic() - changed > (_STILL if complete else patience)

        await until(over, 4 * _PATIENCE)

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


async def compared(folder: Path, messages: int, rounds: int) -> dict[str, Figures]:
    """All ways, round by round, on one stage."""
    async with AsyncExitStack() as stack:
        stage = await stack.enter_async_context(staged(folder, speed=1.0, seed=7, BURST_SECONDS="0"))
        stage.discord.limits.enabled = False
        await EveningPlay(stage, _no_pause, lambda _words: None).open_house()
        bench = ComparisonRun(stage, messages)
        ways: Mapping[str, RelayVariant] = {
            "bare": await stack.enter_async_context(bare(stage, folder)),
            "plain": await stack.enter_async_context(plain(stage)),
            "bridge": await _greeted(stage, messages),
        }
        waits: dict[str, list[float]] = {name: [] for name in ways}
        rates: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, way in ways.items():
                waits[name] += await bench.steadily(way)
                rates[name].append(await bench.at_once(way))
        found = {name: summed_up(waits[name], rates[name]) for name in ways}
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


def summed_up(waits: list[float], rates: list[float]) -> Figures:
    """Median and 95th percentile of the waits, the median of the rates."""
    waits.sort()
    return {
        "messages": len(waits),
        "p50_ms": millis(waits[len(waits) // 2]),
        "p95_ms": millis(waits[len(waits) * 95 // 100]),
        "lines_per_second": round(statistics.median(rates), 1),
    }


def with_ratios(found: dict[str, Figures]) -> dict[str, Figures]:
    """How many times each of the bridge's figures is the other two's."""
    for other in ("bare", "plain"):
        for name in ("p50_ms", "p95_ms", "lines_per_second"):
            ratio = round(found["bridge"][name] / found[other][name], 2)
            found["bridge"][f"{name.removesuffix('_ms')}_of_{other}"] = ratio
    return found


async def _no_pause(_seconds: float) -> None:
    await asyncio.sleep(0)
