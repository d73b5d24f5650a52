"""A running bridge keeps what is new in Fanvue's answers, once."""

import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.features.operations.live_check.drift import DriftWatch
from storage.database import Database
from storage.engine.connect import open_database
from storage.errors import DatabaseUnreachable
from storage.operations import fanvue_drift
from tests import postgres
from tests.database_place import with_schema
from tests.relay.clock_fixtures import SettableClock

MESSAGE = {"uuid": "0b8c", "text": "hello", "sentAt": "2026-11-30T10:00:00Z", "type": "SINGLE_RECIPIENT"}
CONTRACT = "2025-06-26"


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield with_schema(f"sqlite:///{tmp_path}/bridge.sqlite3")
        return
    with postgres.emptied() as made:
        yield made


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = await open_database(url, now=0)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


def watch_on(database: Database, clock: SettableClock) -> DriftWatch:
    """As one process has it."""
    return DriftWatch(database, clock, CONTRACT)


@pytest.fixture
def watch(database: Database, clock: SettableClock) -> DriftWatch:
    return watch_on(database, clock)


async def kept(database: Database) -> Counter[tuple[str, str]]:
    return Counter((one.operation, one.kind) for one in await database.read(fanvue_drift.every))


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [vars(record)["what"] for record in caplog.records]


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("messages", {"data": [MESSAGE, {**MESSAGE, "text": None}], "dateFilter": {}}),
        ("messages", {"data": []}),
        ("message", MESSAGE),
        ("fans_insights", {"results": {"0b8c": {"status": "subscriber"}, "1c9d": None}}),
        ("send", {"anything": 1}),
        ("part_address", "https://example.test/part"),
    ],
)
async def test_what_is_known_is_not_kept(
    watch: DriftWatch, database: Database, operation: str, body: Any
) -> None:
    watch.heard(operation, body)
    await watch.look()

    assert await kept(database) == {}


@pytest.mark.parametrize(
    ("operation", "body", "kind"),
    [
        ("messages", {"items": [MESSAGE]}, "shape"),
        ("messages", None, "shape"),
        ("messages", {"data": [{**MESSAGE, "uuid": None}]}, "row"),
        ("messages", {"data": ["hello"]}, "row"),
        ("messages", {"data": [{**MESSAGE, "sentAt": 1795460400}]}, "field"),
        ("messages", {"data": [{**MESSAGE, "type": "VOICE_CALL"}]}, "word"),
        ("message", {**MESSAGE, "mediaType": "hologram"}, "word"),
        ("media", {"data": [{"uuid": "0b8c", "status": "frozen"}]}, "word"),
    ],
)
async def test_what_is_new_is_kept_once(
    watch: DriftWatch, database: Database, clock: SettableClock, operation: str, body: Any, kind: str
) -> None:
    first = clock.at
    for _ in range(3):
        watch.heard(operation, body)
        await watch.look()
        clock.at += 1_000

    (one,) = await database.read(fanvue_drift.every)
    assert (one.operation, one.kind, one.seen_at, one.contract) == (operation, kind, first, CONTRACT)


async def test_a_second_new_thing_is_kept_beside_the_first(watch: DriftWatch, database: Database) -> None:
    for word in ("VOICE_CALL", "MARKETING_KYC", "VOICE_CALL"):
        watch.heard("message", {**MESSAGE, "type": word})
    await watch.look()

    assert await kept(database) == {("message", "word"): 2}


async def test_log_and_table_have_names_and_no_values(
    watch: DriftWatch, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    private = "my dog is called Biscuit"
    sources = {"Biscuit": {"gross": private, "net": private}}
    with caplog.at_level(logging.WARNING):
        watch.heard("messages", {"data": [{**MESSAGE, "sentAt": private}]})
        watch.heard("messages", {"data": [{**MESSAGE, "type": private}]})
        watch.heard("earnings_summary", {"totals": {}, "breakdownBySource": sources})
        await watch.look()

    assert told(caplog)[:2] == ["sentAt", "type: no word"]
    assert "Biscuit" not in caplog.text
    stored = str(await database.read(lambda tx: tx.all("SELECT * FROM fanvue_drift")))
    assert "breakdownBySource.*" in stored
    assert "Biscuit" not in stored


async def test_another_process_and_the_next_one_tell_it_no_second_time(
    url: str, database: Database, clock: SettableClock, caplog: pytest.LogCaptureFixture
) -> None:
    new = {**MESSAGE, "type": "VOICE_CALL"}
    first, beside = watch_on(database, clock), watch_on(database, clock)
    with caplog.at_level(logging.WARNING):
        await beside.look()  # it has begun, and nothing was there yet
        for one in (first, beside):
            one.heard("message", new)
            await one.look()
        after = watch_on(database, clock)
        after.heard("message", new)  # before it knows what was told
        await after.look()
        after.heard("message", new)

    assert told(caplog) == ["type: VOICE_CALL"]
    assert await kept(database) == {("message", "word"): 1}


async def test_what_cannot_be_kept_waits_and_stops_no_read(
    url: str, database: Database, clock: SettableClock
) -> None:
    watch = watch_on(database, clock)
    await watch.look()
    await database.close()
    watch.heard("message", {**MESSAGE, "type": "VOICE_CALL"})
    with pytest.raises(DatabaseUnreachable):
        await watch.look()

    watch.database = await open_database(url, now=0)
    try:
        await watch.look()
        assert await kept(watch.database) == {("message", "word"): 1}
    finally:
        await watch.database.close()


async def test_it_does_not_grow_for_ever(
    watch: DriftWatch, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    words = [f"WORD_{one}{two}" for one in letters for two in letters]
    with caplog.at_level(logging.WARNING):
        for operation in ("message", "messages"):
            for word in words:
                row = {**MESSAGE, "type": word}
                watch.heard(operation, row if operation == "message" else {"data": [row]})
            await watch.look()

    assert all(len(forms) <= 500 for forms in watch._forms.values())
    assert sum((await kept(database)).values()) == 500
    assert watch._waiting == []
    assert len(told(caplog)) == 1_000  # the log alone has those for which there was no room
