"""From a fan's message to its line on Discord, and how fast a backlog drains: the real program.

    python -m benchmarks.relay [--json] [--messages N] [--backlog N] [--fans N]

`latency`: messages at a steady, human rate with Discord's limits off, from the moment the fan writes (so
Fanvue's webhook is in it) to the moment the line is there. `bare` is the same without the bridge: the same
webhook, the durable commits that the rules demand (the fact; its decision; the line as being sent; its end)
and one post over HTTP to the same Discord, in a process of its own. `drain`: the bridge was stopped while a
backlog was written; its calls a second once it is back, as a share of the fifty that Discord allows a bot,
limits on, and how many of them Discord refused.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from benchmarks.bare import bare_process
from benchmarks.webhooks import millis
from bot.fanvue.signature import HEADER, sign
from bot.sandbox.discord.limits import GLOBAL_LIMIT
from bot.sandbox.discord.standalone import TOKEN
from bot.sandbox.fanvue.default_world import WEBHOOK_SECRET
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import DemoStage, staged

PER_SECOND = 10.0
_PATIENCE = 120.0


@dataclass
class LineTimes:
    """When which line appeared on Discord, by its number: as a post, or as one more text of a post."""

    stage: DemoStage

    def times(self, since: int) -> dict[str, float]:
        """Text → seconds since 1970, of what was shown for the first time after that ledger entry."""
        found: dict[str, float] = {}
        self._look(since, found)
        return found

    async def until(self, number: int, since: int) -> None:
        """Return when so many messages were posted."""
        ledger = self.stage.discord.ledger
        await self.stage.discord.world.until(
            lambda: ledger.count("message_created", since) >= number, _PATIENCE + number / 10
        )

    async def until_shown(self, number: int, since: int) -> None:
        """Return when so many lines are there; several may share a post."""
        found: dict[str, float] = {}
        seen = since

        def all_are_there() -> bool:
            nonlocal seen
            seen = self._look(seen, found)
            return len(found) >= number

        await self.stage.discord.world.until(all_are_there, _PATIENCE + number / 10)

    def _look(self, since: int, found: dict[str, float]) -> int:
        """Add what is new; the number of the last entry that was looked at."""
        ledger = self.stage.discord.ledger
        end = len(ledger)
        for kind in ("message_created", "message_edited"):
            for entry in ledger.of(kind, since):
                for line in entry.data["text"].split("\n"):
                    if line.startswith("number "):
                        found.setdefault(line, entry.at.timestamp())
        return end


async def measure(folder: Path, messages: int, backlog: int, people: int) -> dict[str, dict[str, float]]:
    """Both, on one stage."""
    async with staged(folder, speed=1.0, seed=7) as stage:
        stage.discord.limits.enabled = False
        await EveningPlay(stage, _no_pause, lambda _words: None).open_house()
        world = stage.fanvue.world
        fans = [world.add_fan(f"fan{number}", f"Fan {number}", stage.creator) for number in range(people)]
        lines = LineTimes(stage)
        await _greet(stage, fans, lines)
        waits = await _latency(stage, fans, lines, messages)
        bare = await _bare(stage, folder, lines, messages)
        drained = await _drain(stage, fans, lines, backlog)
    found = {"bare": summed_up(bare), "latency": summed_up(waits), "drain": drained}
    for name in ("p50", "p99"):
        found["latency"][f"{name}_ratio"] = round(
            found["latency"][f"{name}_ms"] / found["bare"][f"{name}_ms"], 2
        )
    return found


async def _greet(stage: DemoStage, fans: list[StandInFan], lines: LineTimes) -> None:
    """Every fan has a thread."""
    since = len(stage.discord.ledger)
    for fan in fans:
        await fan.write("hello")
    await lines.until(2 * len(fans), since)  # a card and a line each


async def _latency(stage: DemoStage, fans: list[StandInFan], lines: LineTimes, messages: int) -> list[float]:
    since = len(stage.discord.ledger)
    began: dict[str, float] = {}

    async def write(number: int) -> None:
        began[f"number {number}"] = time.time()
        await fans[number % len(fans)].write(f"number {number}")

    await _steadily(messages, write)
    await lines.until_shown(messages, since)
    return [at - began[text] for text, at in lines.times(since).items()]


async def _bare(stage: DemoStage, folder: Path, lines: LineTimes, messages: int) -> list[float]:
    since = len(stage.discord.ledger)
    began: dict[str, float] = {}
    channel = f"{stage.discord.api_url}/channels/{stage.lobby.id}/messages"
    async with (
        bare_process(folder, WEBHOOK_SECRET, channel, TOKEN) as url,
        aiohttp.ClientSession() as session,
    ):

        async def write(number: int) -> None:
            text = f"number {number}"
            body = json.dumps({"data": {"text": text}}).encode()
            began[text] = time.time()
            signed = {HEADER: sign(body, WEBHOOK_SECRET, int(time.time()))}
            async with session.post(url, data=body, headers=signed) as answer:
                answer.raise_for_status()

        await _steadily(messages, write)
        await lines.until_shown(messages, since)
    return [at - began[text] for text, at in lines.times(since).items()]


async def _drain(
    stage: DemoStage, fans: list[StandInFan], lines: LineTimes, backlog: int
) -> dict[str, float]:
    await stage.bridge.stop()
    since = len(stage.discord.ledger)
    for number in range(backlog):
        await fans[number % len(fans)].write(f"number {number + 1_000_000}")
    stage.discord.limits.enabled = True
    await stage.bridge.start()
    await lines.until_shown(backlog, since)
    times = sorted(lines.times(since).values())
    calls = [entry.at.timestamp() for entry in stage.discord.ledger.of("request", since)]
    # The first and the last tenth are the start and the tail, in which little is left to do.
    steady = times[len(times) // 10 : len(times) * 9 // 10]
    span = steady[-1] - steady[0]
    posts = len(steady) / span
    every = sum(steady[0] <= at <= steady[-1] for at in calls) / span
    return {
        "backlog": backlog,
        "lines_per_second": round(posts, 1),
        "calls_per_second": round(every, 1),
        "share_of_limit": round(every / GLOBAL_LIMIT, 2),
        "lines_share_of_limit": round(posts / GLOBAL_LIMIT, 2),
        "refused_by_channel": stage.discord.ledger.count("rate_limited", since, everywhere=False),
        "refused_in_all": stage.discord.ledger.count("rate_limited", since, everywhere=True),
    }


async def _steadily(times: int, deed: Callable[[int], Awaitable[None]]) -> None:
    began = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for number in range(times):
            await asyncio.sleep(max(began + number / PER_SECOND - time.perf_counter(), 0))
            tasks.create_task(_one(deed, number))


async def _one(deed: Callable[[int], Awaitable[None]], number: int) -> None:
    await deed(number)


def summed_up(waits: list[float]) -> dict[str, float]:
    """Median, 99th percentile and longest."""
    waits.sort()
    return {
        "messages": len(waits),
        "p50_ms": millis(waits[len(waits) // 2]),
        "p99_ms": millis(waits[len(waits) * 99 // 100]),
        "longest_ms": millis(waits[-1]),
    }


async def _no_pause(_seconds: float) -> None:
    await asyncio.sleep(0)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--messages", type=int, default=300, help="at a steady rate (default: 300)")
    parser.add_argument("--backlog", type=int, default=1500, help="written meanwhile (default: 1500)")
    parser.add_argument("--fans", type=int, default=100, help="who write them in turn (default: 100)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measure(Path(folder), options.messages, options.backlog, options.fans))
    if options.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    for way, numbers in found.items():
        line = "  ".join(f"{name} {number}" for name, number in numbers.items())
        sys.stdout.write(f"{way:<9}{line}\n")


if __name__ == "__main__":
    main()
