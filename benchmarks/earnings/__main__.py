"""How long answers about money take, from a thousand to a million transactions.

    python -m benchmarks.earnings [--json] [--sizes N,N,…] [--database URL]

Each answer is the bridge's own, with its comparison and its picture, five times; Fanvue is not asked. The
transactions lie evenly over three years, once of one creator and once of five. Each size is a process of its
own. Exit 0 only if no answer took a second, and no picture but the first one 300 ms of the processor.
"""

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.earnings.ledger_questions import measured, progress
from bot.engine.pseudonyms import Pseudonyms
from bot.features.money.periods.currency_sums import EarningsTransaction, sums
from bot.features.money.periods.days import Days
from bot.features.people.accounts.keyring import Keyring, MasterKey
from storage.engine.connect import open_database

SIZES = "1000,10000,100000,1000000"
BOUND_MS, PICTURE_MS = 1000.0, 300.0
_PROCESSOR = "_processor_ms"


def main(argv: list[str] | None = None) -> int:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.earnings", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--sizes", default=SIZES, help="how many transactions, smallest first")
    parser.add_argument("--database", help="an empty PostgreSQL database instead of SQLite files")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args(argv)
    if given.one is not None:
        sys.stdout.write(json.dumps(asyncio.run(_size(given.one, given.database))) + "\n")
        return 0
    found = [_apart(int(size), given.database) for size in given.sizes.split(",")]
    result = {"pictures": pictures(), "sizes": found, "growth": growth(found)}
    sys.stdout.write(json.dumps(result) + "\n" if given.json else _table(result))
    return 0 if holds(result) else 1


def holds(result: dict[str, Any]) -> bool:
    """Whether every answer and every picture kept to its bound."""
    longest = [
        figure for one in result["sizes"] for name, figure in one.items() if name.endswith("longest_ms")
    ]
    return bool(max(longest) < BOUND_MS and result["pictures"]["longest_after_ms"] < PICTURE_MS)


def growth(found: list[dict[str, float]]) -> dict[str, float]:
    """How many times as much of the processor the largest size takes as the smallest and the one before."""
    first, last, before = found[0], found[-1], found[-2] if len(found) > 1 else found[0]
    grown = {"rows": last["rows"] / first["rows"]}
    for name in last:
        if name.endswith(_PROCESSOR):
            plain = name.removesuffix(_PROCESSOR)
            grown[plain] = round(last[name] / first[name], 1)
            grown[f"{plain}_of_last_step"] = round(last[name] / before[name], 1)
    return grown


def pictures(rounds: int = 10) -> dict[str, float]:
    """Milliseconds of the processor for the first picture, and for those after it of any length."""
    zone, rng = ZoneInfo("Europe/Berlin"), random.Random(7)  # noqa: S311 - repeatable
    took: list[float] = []
    for days in (1, 7, 31, 182, 1096) * rounds:
        last = date(2026, 11, 26)
        span = Days(zone, last - timedelta(days=days - 1), last)
        rows = [
            EarningsTransaction(span.since + n * 3_600_000, "tip", rng.randrange(-100, 9000), 1, order=str(n))
            for n in range(days * 20)
        ]
        (one,) = sums(rows, span)
        began = time.process_time()
        from bot.features.money.periods.chart import draw  # noqa: PLC0415 - the first one pays for it, as in the bridge

        draw(one, span)
        took.append((time.process_time() - began) * 1000)
    return {
        "first_ms": round(took[0], 1),
        "p50_after_ms": round(sorted(took[1:])[len(took) // 2], 1),
        "longest_after_ms": round(max(took[1:]), 1),
    }


def _apart(rows: int, url: str | None) -> dict[str, float]:
    """One size in a process of its own, so that its memory is its own."""
    progress(f"{rows:,} transactions, {datetime.now(UTC):%H:%M:%S}")
    command = [sys.executable, "-m", "benchmarks.earnings", "--one", str(rows)]
    if url is not None:
        command += ["--database", url]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - this program
    made: dict[str, float] = json.loads(done.stdout)
    return made


async def _size(rows: int, url: str | None) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="earnings-") as folder:
        database = await open_database(url or f"sqlite:///{Path(folder)}/bridge.sqlite3", now=0)
        names = Pseudonyms(sealer=Keyring([MasterKey("bench", b"k" * 32)]), random=os.urandom)
        try:
            return await measured(database, names, rows)
        finally:
            await database.close()


def _table(result: dict[str, Any]) -> str:
    lines = [f"{name:32}{figure:>12}" for name, figure in result["pictures"].items()]
    names = list(result["sizes"][0])
    lines += [f"{name:32}" + "".join(f"{one[name]:>12,.1f}" for one in result["sizes"]) for name in names]
    lines += [f"growth of {name:32}{figure:>12}" for name, figure in result["growth"].items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
