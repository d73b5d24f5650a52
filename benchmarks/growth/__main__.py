"""What relaying costs once much is stored: processor, statements and bytes for each message.

    python -m benchmarks.growth [--json] [--sizes N,N,…] [--database URL] [--rounds N] [--fans N]

Each size is a house of its own: both stand-ins, the real bridge, and a year of messages that SQL puts into
its real schema (`filling.py`). In each round every house in turn gets as many messages as there are fans,
and half as many replies; so what else the machine does disturbs all alike. `--database`: a PostgreSQL server
on which databases may be made; they are dropped at the end. What is told is the median of the rounds.
Exit 0 only if a message costs at most 1.2 times as much at the last size as at the first.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from benchmarks.growth.cost_report import BOUND, MessageCost, cost, grown, holds, middle, parted, ratios, said
from benchmarks.growth.growth_scenario import GrowthScenario, house
from benchmarks.growth.idle_costs import over_night, stand, started
from benchmarks.growth.wal import WalLog, log_of

SIZES = "10000,1000000,10000000"


def main(argv: list[str] | None = None) -> int:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--sizes", default=SIZES, help="how many messages are stored, smallest first")
    parser.add_argument("--database", help="a PostgreSQL server instead of SQLite files")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--fans", type=int, default=100, help="who write once in each round")
    given = parser.parse_args(argv)
    sizes = [int(size) for size in given.sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="growth-") as folder:
        result = asyncio.run(measured(Path(folder), sizes, given.database, given.rounds, given.fans))
    sys.stdout.write(json.dumps(result) + "\n" if given.json else _table(result))
    return 0 if holds(result) else 1


async def measured(
    folder: Path, sizes: Sequence[int], server: str | None, rounds: int, people: int
) -> dict[str, Any]:
    """All houses, round by round; then, one after the other, a while in which nobody writes, and a night."""
    async with AsyncExitStack() as stack:
        houses = [
            await stack.enter_async_context(opened(folder, size, number, server, people))
            for number, size in enumerate(sizes)
        ]
        await _warm(houses)
        costs: list[list[MessageCost]] = [[] for _ in houses]
        async with _log(houses, server) as log:
            for number in range(rounds):
                for one, found in zip(houses, costs, strict=True):
                    found.append(await _round(one, f"round {number}", log))
                    used = found[-1].figures["cpu_ms"]
                    progress(f"round {number + 1}, {one.rows:,} stored: {used:.1f} ms each")
        told, slow = [], {}
        for one, found in zip(houses, costs, strict=True):
            one.remember_memory()
            (quiet, slow["idle"]), (night, slow["night"]) = await stand(one), await over_night(one)
            each = {"stored_bytes": round(one.stored() / one.rows)}
            told.append({"messages": one.rows, **one.found, **each, **middle(found), **quiet, **night})
            progress(f"{one.rows:,} stored: night of {night['night_rows']:,.0f} rows, {night['night_s']} s")
    return {
        "database": "PostgreSQL" if server else "SQLite",
        "sizes": told,
        "ratio": ratios(told[0], told[-1]),
        "grown": grown(costs[0], costs[-1]),
        "said_most": houses[-1].said,
        "slowest_of_last": {"start": houses[-1].slow, **slow},
        "bound": BOUND,
    }


async def _round(one: GrowthScenario, name: str, log: WalLog | None) -> MessageCost:
    """What a message costs, by one of each fan."""
    if log is not None:
        await log.since_last()
    before = await one.weigh()
    lines = await one.write(name)
    between = await one.weigh()
    replies = await one.answer(name)
    after = await one.weigh()
    logged = await log.since_last() if log is not None else None
    one.said = {"line": said(before, between, lines), "reply": said(between, after, replies)}
    return parted(
        cost(before, after, lines + replies, logged),
        line=cost(before, between, lines),
        reply=cost(between, after, replies),
    )


@asynccontextmanager
async def _log(houses: Sequence[GrowthScenario], server: str | None) -> AsyncIterator[WalLog | None]:
    """A server's, which all houses share."""
    if server is None:
        yield None
        return
    async with log_of(houses[0].url) as log:
        yield log


async def _warm(houses: Sequence[GrowthScenario]) -> None:
    """What is cold after a start is paid before it is measured."""
    for one in houses:
        await one.write("first")
        await one.answer("first")


@asynccontextmanager
async def opened(
    folder: Path, size: int, number: int, server: str | None, people: int
) -> AsyncIterator[GrowthScenario]:
    """One house with its year, ready again."""
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(made(server, f"growth_{number}")) if server else None
        one = await stack.enter_async_context(house(folder / str(number), database, size, people))

        def say(what: str) -> None:
            progress(f"{size:,}: {what}, {one.stored() / 1e9:.2f} GB")

        await one.fill(say)
        await one.start()
        one.slow = await started(one)
        progress(f"{size:,} stored: filled in {one.found['fill_s']} s, ready in {one.found['ready_s']} s")
        yield one


@asynccontextmanager
async def made(server: str, name: str) -> AsyncIterator[str]:
    """The URL of a new database on a server; it is dropped afterwards."""
    each = sql.Identifier(name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(each))
    scheme, _, rest = server.partition("://")
    place, _, _ = rest.partition("/")
    try:
        yield f"{scheme}://{place}/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(each))


def progress(text: str) -> None:
    """Beside the result."""
    sys.stderr.write(f"{datetime.now(UTC):%H:%M:%S} {text}\n")


def _table(result: dict[str, Any]) -> str:
    sizes = result["sizes"]
    lines = [f"{name:32}" + "".join(f"{one[name]:>14,.2f}" for one in sizes) for name in sizes[0]]
    lines += [f"ratio of {name:23}{figure:>14}" for name, figure in result["ratio"].items()]
    lines += [f"grew from {was} to {now} ms: {text[:160]}" for text, (was, now) in result["grown"].items()]
    for when, slow in result["slowest_of_last"].items():
        lines += [f"{when}: {often:.0f} times, {ms} ms: {text[:200]}" for text, (often, ms) in slow.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
