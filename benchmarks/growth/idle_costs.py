"""What a house costs in which nobody writes, and the night in which a day's records go."""

import asyncio
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing

import psycopg

from benchmarks.growth.growth_scenario import SPEED, GrowthScenario
from benchmarks.growth.usage_meter import BridgeUsage
from bot.sandbox.program import until
from storage.engine import dialect
from storage.engine.connect import dialect_of, sqlite_path
from tests import database_reader

MINUTES = 2.0  # of life, in which every look and every sweep has its turn
_NIGHT = 1800.0  # seconds that it may take
_GOING = ("inbox", "messages", "outbox", "commands", "claims", "credit_sent")
_ROUND = "FROM kept WHERE name = 'retention'"


Slow = Mapping[str, list[float]]  # of each statement: how often, milliseconds in all
_NOTHING = BridgeUsage(0.0, 0.0, 0.0, 0.0, {})


async def started(house: GrowthScenario) -> Slow:
    """The statements that took longest since the bridge was started."""
    return slowest(_NOTHING, await house.weigh())


async def stand(house: GrowthScenario) -> tuple[dict[str, float], Slow]:
    """Nobody writes for so many minutes; what one of them costs."""
    before = await house.weigh()
    await asyncio.sleep(MINUTES * 60 / SPEED)  # it is the time itself that is measured
    after = await house.weigh()
    return _each(before, after, MINUTES, "idle", "minute"), slowest(before, after)


async def over_night(house: GrowthScenario) -> tuple[dict[str, float], Slow]:
    """The bridge begins anew, and takes away the day whose time is over; what one row of it costs."""
    await house.stage.bridge.stop()
    _forget_round(house.url)
    there = _rows(house.url)
    began = time.monotonic()
    await house.stage.bridge.start()

    async def over() -> bool:
        return await asyncio.to_thread(_is_over, house.url)

    await until(over, _NIGHT)
    took, after = time.monotonic() - began, await house.weigh()
    gone = there - _rows(house.url)
    found = _each(_NOTHING, after, max(gone, 1), "night", "row")
    return {"night_rows": float(gone), "night_s": round(took, 1), **found}, slowest(_NOTHING, after)


def _each(before: BridgeUsage, after: BridgeUsage, number: float, what: str, of: str) -> dict[str, float]:
    used = after.cpu_ms + after.server_cpu_ms - before.cpu_ms - before.server_cpu_ms
    longest = max(
        (now[2] - before.statements.get(text, [0, 0.0, 0.0])[2])
        / max(now[0] - before.statements.get(text, [0, 0.0, 0.0])[0], 1)
        for text, now in after.statements.items()
    )
    return {
        f"{what}_cpu_ms_each_{of}": round(used / number, 2),
        f"{what}_statements_each_{of}": round((after.number - before.number) / number, 1),
        f"{what}_slowest_statement_ms": round(longest, 1),
    }


def slowest(before: BridgeUsage, after: BridgeUsage, most: int = 8) -> Slow:
    """The statements that took longest between two looks: how often, milliseconds in all."""
    spent = {
        text: [now[0] - was[0], round(now[2] - was[2], 1)]
        for text, now in after.statements.items()
        for was in (before.statements.get(text, [0, 0.0, 0.0]),)
    }
    return dict(sorted(spent.items(), key=lambda one: -one[1][1])[:most])


def _rows(url: str) -> int:
    with database_reader.opened(url) as db:
        return sum(int(db.rows(f"SELECT COUNT(*) AS number FROM {table}")[0]["number"]) for table in _GOING)  # noqa: S608 - ours


def _is_over(url: str) -> bool:
    with database_reader.opened(url) as db:
        return bool(db.rows(f"SELECT value {_ROUND}"))


def _forget_round(url: str) -> None:
    """As if the day had just begun."""
    if dialect_of(url) == dialect.SQLITE:
        with closing(sqlite3.connect(sqlite_path(url), isolation_level=None)) as file:
            file.execute(f"DELETE {_ROUND}")
    else:
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.execute(f"DELETE {_ROUND}".encode())
