"""How many facts a second are kept: one by one, in groups, by bare SQLite.

    python -m benchmarks.storage [--json] [--rows N]

Every number is durable (synchronous=FULL), of 600-byte facts with the real schema and its indexes. The
ratios are from one run on one machine, so they can be compared between machines; the rates cannot.
"""

import argparse
import asyncio
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

from storage.database import Database
from storage.engine import inbox
from storage.engine.connect import open_database
from storage.engine.inbox import NewFact
from storage.records import CreatorId, FactId, FactState

TASKS = 64
_NUMBERS = count()


def facts(rows: int) -> Iterator[NewFact]:
    """Facts that nobody told before."""
    for _ in range(rows):
        number = next(_NUMBERS)
        yield NewFact(
            id=FactId(f"fact-{number:018}"),
            creator=CreatorId(f"creator-{number % 10}"),
            kind="message",
            key=f"key-{number:018}",
            source="webhook",
            source_at=number,
            received_at=number,
            state=FactState.NEW,
            reason=None,
            body=b"x" * 600,
        )


async def keep_all(database: Database, waiting: Iterator[NewFact], took: list[float]) -> None:
    """One caller: keeps a fact, waits until it is durable, takes the next."""
    for fact in waiting:
        began = time.perf_counter()
        await database.write(partial(inbox.keep, new=fact))
        took.append(time.perf_counter() - began)


async def together(folder: Path, rows: int, tasks: int) -> dict[str, float]:
    """Rate and waiting times of `tasks` callers at the same time."""
    database = await open_database(f"sqlite:///{folder}/{tasks}.sqlite3", now=0)
    took: list[float] = []
    waiting = facts(rows)
    began = time.perf_counter()
    await asyncio.gather(*(keep_all(database, waiting, took) for _ in range(tasks)))
    passed = time.perf_counter() - began
    await database.close()
    return summed_up(passed, took)


def bare(folder: Path, rows: int) -> dict[str, float]:
    """Rate of the standard library on the same schema: one thread, one commit for each fact."""
    asyncio.run(_make(folder))
    connection = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    took = []
    began = time.perf_counter()
    for fact in facts(rows):
        start = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            """INSERT INTO inbox (id, creator_uuid, kind, fact_key, source, source_at, received_at, state,
                                  reason, body_ct)
               VALUES (:id, :creator, :kind, :key, :source, :source_at, :received_at, :state, :reason, :body)
               ON CONFLICT (creator_uuid, kind, fact_key) DO NOTHING""",
            vars(fact),
        )
        connection.execute("COMMIT")
        took.append(time.perf_counter() - start)
    passed = time.perf_counter() - began
    connection.close()
    return summed_up(passed, took)


def summed_up(passed: float, took: list[float]) -> dict[str, float]:
    """The rate, and how long half and 99 of 100 callers waited at most."""
    took.sort()
    return {
        "per_second": round(len(took) / passed, 1),
        "p50_ms": round(took[len(took) // 2] * 1000, 3),
        "p99_ms": round(took[len(took) * 99 // 100] * 1000, 3),
    }


async def _make(folder: Path) -> None:
    database = await open_database(f"sqlite:///{folder}/bare.sqlite3", now=0)
    await database.close()


def measure(rows: int) -> dict[str, dict[str, float]]:
    """All three ways in turn, three times; of each the round with the median rate."""
    ways: dict[str, Callable[[Path], dict[str, float]]] = {
        "bare": lambda folder: bare(folder, rows),
        "one_by_one": lambda folder: asyncio.run(together(folder, rows, 1)),
        "together": lambda folder: asyncio.run(together(folder, rows, TASKS)),
    }
    rounds: list[dict[str, dict[str, float]]] = []
    for _ in range(3):  # in turn, so that a disk that is busy for a while disturbs all alike
        with tempfile.TemporaryDirectory() as name:
            rounds.append({way: run(Path(name)) for way, run in ways.items()})
    found = {
        way: sorted((one[way] for one in rounds), key=lambda numbers: numbers["per_second"])[1]
        for way in ways
    }
    base = found["bare"]["per_second"]
    for numbers in found.values():
        numbers["ratio"] = round(numbers["per_second"] / base, 2)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--rows", type=int, default=5000, help="facts for each way (default: 5000)")
    options = parser.parse_args()
    found = measure(options.rows)
    if options.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    for way, numbers in found.items():
        line = "  ".join(f"{name} {number:>10}" for name, number in numbers.items())
        sys.stdout.write(f"{way:<12}{line}\n")


if __name__ == "__main__":
    main()
