"""Two small years are filled and written on; what a message costs is compared."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.growth.__main__ import measured
from benchmarks.growth.cost_report import MessageCost, cost, grown, holds, ratios
from benchmarks.growth.history_filling import DAYS, TrafficOwner, fill
from benchmarks.growth.usage_meter import BridgeUsage
from benchmarks.growth.wal import WalVolume
from storage.database import Database
from storage.engine.connect import dialect_of, open_database
from storage.people import creators
from storage.records import Creator, CreatorId
from tests.database_place import database_in
from tests.full_size import size
from tests.progress import silent

CREATOR = CreatorId("6513270e-269e-4d37-b2a7-4de452e6b438")
NOW = 1_795_726_800_000
SLOW, QUICK = "SELECT slow", "SELECT quick"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await open_database(database_in(tmp_path), now=0)
    yield opened
    await opened.close()


async def test_a_message_is_relayed_and_answered_at_each_size_and_the_night_takes_a_day_away(
    tmp_path: Path,
) -> None:
    few, many = size(200, 500), size(1000, 5000)

    found = await measured(tmp_path, [few, many], None, 1, 4)

    smaller, larger = found["sizes"]
    assert (smaller["messages"], larger["messages"]) == (few, many)
    for name in ("cpu_ms", "statements", "in_statements_ms", "stored_bytes", "ready_s"):
        assert smaller[name] > 0, name
        assert larger[name] > 0, name
    assert larger["night_rows"] > smaller["night_rows"] > 0
    assert larger["statements"] > 50  # a line in the thread, a reply to Fanvue: all that they say
    assert set(found["ratio"]) == {"cpu_ms", "statements", "written_bytes", "stored_bytes"}
    assert found["slowest_of_last"]["night"]


async def test_what_is_filled_in_is_a_year_whose_texts_are_over_but_for_the_last_month(
    database: Database, tmp_path: Path
) -> None:
    await database.write(lambda tx: creators.learn(tx, Creator(CREATOR, "luna", "Luna"), now=0))
    kind = dialect_of(database_in(tmp_path))
    indexes = await _indexes(database, kind)

    await fill(database, TrafficOwner(CREATOR, 5, 6), 4010, now=NOW, kind=kind, say=silent)

    counts: dict[str, Any] = {}
    for table in ("inbox", "messages", "commands", "claims", "credit_sent"):
        row = await database.read(lambda tx, name=table: tx.one(f"SELECT COUNT(*) AS n FROM {name}"))  # type: ignore[misc]  # noqa: S608 - named here
        assert row is not None
        counts[table] = row["n"]
    assert counts == {"inbox": 2005, "messages": 4010, "commands": 2005, "claims": 2005, "credit_sent": 2005}
    row = await database.read(
        lambda tx: tx.one(
            """SELECT COUNT(CASE WHEN erased_at IS NULL THEN 1 END) AS young, MIN(received_at) AS oldest,
                      COUNT(DISTINCT received_at) AS times FROM inbox"""
        )
    )
    assert row is not None
    assert row["oldest"] < NOW - (DAYS - 1) * 86_400_000
    assert row["young"] == pytest.approx(2005 * 29 / DAYS, abs=5)
    assert row["times"] == 2005
    assert await _indexes(database, kind) == indexes


async def _indexes(database: Database, kind: str) -> set[str]:
    sql = (
        "SELECT name FROM sqlite_master WHERE type = 'index'"
        if kind == "sqlite"
        else "SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public'"
    )
    return {row["name"] for row in await database.read(lambda tx: tx.all(sql))}


def test_a_cost_is_what_lies_between_two_looks_and_what_grew_is_named() -> None:
    before = BridgeUsage(100.0, 10.0, 1000.0, 5000.0, {SLOW: [4, 2.0, 2.0]})
    after = BridgeUsage(180.0, 30.0, 3000.0, 9000.0, {SLOW: [14, 12.0, 12.0], QUICK: [10, 1.0, 1.0]})

    one = cost(before, after, 10)

    assert (one.figures["cpu_ms"], one.figures["server_cpu_ms"]) == (10.0, 2.0)
    assert (one.figures["statements"], one.figures["in_statements_ms"]) == (2.0, 1.1)
    assert (one.figures["written_bytes"], one.figures["added_bytes"]) == (200.0, 400.0)
    logged = cost(before, after, 10, WalVolume(500.0, 70.0)).figures
    assert (logged["written_bytes"], logged["page_bytes"]) == (50.0, 7.0)
    slower = replace(one, by_statement={SLOW: 3.0, QUICK: 0.1})
    assert grown([one], [slower]) == {SLOW: [1.0, 3.0]}
    assert grown([one], [MessageCost(one.figures, {SLOW: 1.01, QUICK: 0.11})]) == {}


def test_a_message_that_costs_over_a_fifth_more_at_the_last_size_is_a_failure() -> None:
    first = {"cpu_ms": 10.0, "statements": 100.0, "written_bytes": 5.0, "stored_bytes": 50.0}

    assert holds({"ratio": ratios(first, first | {"cpu_ms": 12.0})})
    assert not holds({"ratio": ratios(first, first | {"cpu_ms": 12.1})})
    assert not holds({"ratio": ratios(first, first | {"stored_bytes": 61.0})})
