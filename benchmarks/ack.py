"""How long a webhook waits for its 200: the real program beside a bare loop.

    python -m benchmarks.ack [--json] [--seconds N] [--rate N]

Three rounds on one timetable, each against a process of its own with SQLite on disk. `bare` verifies and
keeps, with the same durable group commit, and does nothing else. `keeping` is the real program while it
only keeps: the creator is not linked. `working` is the real program while it also decides all of it, opens
threads and posts to Discord as fast as Discord's limits let it. A ratio says how much longer than `bare`.
The first two take turns in slices, so that a machine that is busy for a while disturbs both alike.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.bare import bare_process
from benchmarks.webhooks import WebhookAnswers, send_apart
from bot.sandbox.fanvue.default_world import WEBHOOK_SECRET
from bot.sandbox.play import EveningPlay
from bot.sandbox.stage import staged

NOBODY = "00000000-0000-4000-8000-000000000001"
SLICES = 6
PATH = "/webhooks/fanvue"


async def measure(folder: Path, rate: float, seconds: float) -> dict[str, dict[str, float]]:
    """All three rounds."""
    rounds = {"bare": WebhookAnswers(), "keeping": WebhookAnswers()}
    async with bare_process(folder, WEBHOOK_SECRET) as bare, staged(folder, speed=1.0, seed=7) as stage:
        url = stage.public_url + PATH
        for _ in range(SLICES):
            for name, to in (("bare", bare), ("keeping", url)):
                part = seconds / SLICES
                rounds[name] += await send_apart(to, WEBHOOK_SECRET, NOBODY, rate=rate, seconds=part)
        await EveningPlay(stage, _no_pause, lambda _words: None).open_house()
        creator = stage.creator.uuid
        rounds["working"] = await send_apart(url, WEBHOOK_SECRET, creator, rate=rate, seconds=seconds)
    found = {name: answers.figures() for name, answers in rounds.items()}
    for figures in found.values():
        for name in ("p50", "p99"):
            figures[f"{name}_ratio"] = round(figures[f"{name}_ms"] / found["bare"][f"{name}_ms"], 2)
    return found


async def _no_pause(_seconds: float) -> None:
    await asyncio.sleep(0)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--seconds", type=float, default=60.0, help="of each round (default: 60)")
    parser.add_argument("--rate", type=float, default=500.0, help="webhooks a second (default: 500)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measure(Path(folder), options.rate, options.seconds))
    if options.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    for way, numbers in found.items():
        line = "  ".join(f"{name} {number:>8}" for name, number in numbers.items())
        sys.stdout.write(f"{way:<9}{line}\n")


if __name__ == "__main__":
    main()
