"""Which of the seeded bugs the simulation finds by itself, and in what time.

python -m tests.simulation.bugs --seconds 120 --json
"""

import argparse
import asyncio
import json
import os
import re
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.progress import Progress, Say
from tests.proofs.sensitivity.bugs import BUGS
from tests.proofs.sensitivity.seeded_source import Bug, copy_source, seeded
from tests.simulation.plans import NAMES

# About order, loss, doubles or fate, and nothing that only a restored database or several processes show.
ABOUT = (
    "acknowledge-before-commit",
    "dedupe-in-memory",
    "timestamp-as-filter",
    "watermark-as-filter",
    "retry-on-5xx",
    "no-settle-time",
    "fail-open-lookup",
    "settled-from-the-beginning",
    "send-again-after-a-crash",
    "mass-resent-on-unknown",
    "post-repeated-on-timeout",
    "one-message-for-two-sends",
    "no-nonce",
    "nonce-for-ever",
    "no-order-in-a-stream",
    "adoption-off",
    "adoption-by-short-id",
    "adoption-by-name",
    "no-compare-and-set-on-accept",
    "no-compare-and-set-on-again",
    "accept-without-an-answer",
    "no-refresh-lock",
    "fold-forgets-a-line",
    "late-edit-stays",
    "late-edit-brings-back",
)
_SIZE = ("--events", "120", "--every", "15", "--stories", "0", "--jobs", "2", "--json")
_MANY = ("--seeds", "100000", "--first")
_SEED = re.compile(r"seed (\d+) found")


@dataclass(frozen=True)
class Found:
    """What became of one bug."""

    name: str
    found: bool
    seconds: float
    kinds: tuple[str, ...]
    seeds: int


def main() -> int:
    """Exit 0 when as many were found as are asked for."""
    options = _options()
    say = Progress()
    bugs = [bug for bug in BUGS if bug.name in (options.only or ABOUT)]
    results = asyncio.run(_all(bugs, options.seconds, say))
    found = [one for one in results if one.found]
    figures = {
        "bugs": len(results),
        "found": len(found),
        "median_s": round(statistics.median(one.seconds for one in found), 1) if found else None,
        "missed": [one.name for one in results if not one.found],
    }
    print(json.dumps(figures) if options.json else "\n".join(map(str, results)))
    return 0 if len(found) >= options.at_least else 1


async def _all(bugs: list[Bug], seconds: float, say: Say) -> list[Found]:
    results = []
    with tempfile.TemporaryDirectory(prefix="simulated-bugs-") as name:
        clean = copy_source(Path(name) / "clean")
        for bug in bugs:
            results.append(await _one(bug, seeded(clean, Path(name) / bug.name, bug), clean, seconds))
            say(str(results[-1]))
    return results


async def _one(bug: Bug, tree: Path, clean: Path, seconds: float) -> Found:
    begun = time.monotonic()
    told, words = await _played(tree, *_MANY, "--minutes", str(seconds / 60))
    took = round(time.monotonic() - begun, 1)
    if told is None:
        return Found(bug.name, found=False, seconds=took, kinds=(words[-200:],), seeds=0)
    kinds = tuple(name for name in NAMES if told[name])
    seed = _SEED.search(words)
    if seed is not None:  # without the bug it must be green
        without, _ = await _played(clean, "--seed", seed[1])
        told["failed"] = int(without is not None and not without["failed"])
    return Found(bug.name, bool(told["failed"]), took, kinds, told["seeds"])


async def _played(tree: Path, *options: str) -> tuple[dict[str, Any] | None, str]:
    """Its figures, unless it broke, and its words."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.simulation",
        *_SIZE,
        *options,
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    try:
        return json.loads(out), err.decode()
    except ValueError:
        return None, err.decode()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.simulation.bugs")
    parser.add_argument("--seconds", type=float, default=120.0, help="for each bug at most")
    parser.add_argument("--only", action="append", choices=[bug.name for bug in BUGS])
    parser.add_argument("--at-least", type=int, default=0, help="so many must be found")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
