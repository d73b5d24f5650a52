"""Every table is exported or left out for a reason: whole, and of nobody else."""

from collections.abc import Mapping, Sequence

import pytest

from storage.database import Database, Row, Transaction, Value
from storage.engine.dialect import BYTES_COLUMNS, COLUMNS
from storage.people import data_export
from storage.people.data_export import LEFT_OUT, PARTS, ExportTable
from storage.records import CreatorId, FanId

# Each has one row in each table, in which everything is this: whatever refers to something refers to theirs.
ONE, TWO = CreatorId("1000001"), CreatorId("2000002")
ALSO = ("tickets",)  # to which parts refer


async def columns(tx: Transaction) -> dict[str, list[Row]]:
    """Every table of the schema."""
    found: dict[str, list[Row]] = {}
    for row in await tx.all(COLUMNS):
        found.setdefault(row["table"], []).append(row)
    return found


def in_order(schema: Mapping[str, Sequence[Row]]) -> list[str]:
    """The tables of which there are parts, each after what it refers to."""
    left = {part.table for part in PARTS} | set(ALSO)
    done: list[str] = []
    while left:
        free = {one for one in left if not {row["refers"] for row in schema[one]} & (left - {one})}
        done += sorted(free)
        left -= free
    return done


async def fill(tx: Transaction, value: str) -> None:
    """One row in each table."""
    schema = await columns(tx)
    sealed = {(row["table"], row["column"]) for row in await tx.all(BYTES_COLUMNS)}
    for table in in_order(schema):
        names = {row["column"] for row in schema[table]}
        await put(tx, table, {n: value.encode() if (table, n) in sealed else value for n in names})


async def put(tx: Transaction, table: str, row: Mapping[str, Value]) -> None:
    places = ", ".join(f":{name}" for name in row)
    await tx.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", **row)  # noqa: S608 - our schema


@pytest.fixture
async def filled(database: Database) -> Database:
    async def work(tx: Transaction) -> None:
        await fill(tx, ONE)
        await fill(tx, TWO)

    await database.write(work)
    return database


async def rows(
    database: Database, part: ExportTable, fan: FanId | None = None, batch: int = 500
) -> list[Row]:
    return await database.read(lambda tx: _rows(tx, part, fan, batch))


async def _rows(tx: Transaction, part: ExportTable, fan: FanId | None, batch: int) -> list[Row]:
    return [row async for row in data_export.rows_of(tx, part, ONE, fan, batch=batch)]


async def test_every_table_and_column_is_exported_or_left_out_for_a_reason(filled: Database) -> None:
    """Whoever adds one adds it to PARTS or LEFT_OUT in storage/people/data_export.py."""
    schema = await filled.read(columns)
    exported = {part.table: set((await rows(filled, part))[0]) for part in PARTS}

    missing = {
        name
        for table, found in schema.items()
        if table not in LEFT_OUT
        for name in ((f"{table}.{row['column']}" for row in found) if table in exported else (table,))
        if "." not in name or name.split(".")[1] not in exported[table]
    }

    assert missing == {name for name in LEFT_OUT if "." in name}
    assert {name for name in LEFT_OUT if "." not in name} <= {*schema, "bridge_owner"}
    assert set(exported).isdisjoint(LEFT_OUT)


async def test_of_each_table_there_are_a_creators_own_rows_alone(filled: Database) -> None:
    found = {part.table: await rows(filled, part) for part in PARTS}

    assert {table: len(of_table) for table, of_table in found.items()} == dict.fromkeys(found, 1)
    assert TWO not in str(found)


@pytest.mark.parametrize(("fan", "number"), [(FanId(ONE), 1), (FanId("3000003"), 0)])
async def test_of_a_fan_there_is_what_is_theirs_alone(filled: Database, fan: FanId, number: int) -> None:
    parts = [part for part in PARTS if part.of_fan]

    found = {part.table: len(await rows(filled, part, fan)) for part in parts}

    assert found == dict.fromkeys(found, number)
    assert len(found) > 10


async def test_rows_with_the_same_beginning_of_a_key_are_all_read_in_the_smallest_batches(
    filled: Database,
) -> None:
    others = {
        "consents": "side",
        "barred": "member_id",
        "digests_told": "day",
        "removals": "message_id",
        "offers": "media_uuid",
        "list_rows": "fan_uuid",
        "alert_rules": "kind",
        "online_told": "member_id",
        "goals_told": "first_day",
        "routing_list_fans": "list_key",
        "subscription_changes": "change",
    }

    async def more(tx: Transaction) -> None:
        for table, column in others.items():
            row = await tx.one(f"SELECT * FROM {table} WHERE creator_uuid = :one", one=ONE)  # noqa: S608 - our schema
            await put(tx, table, {**(row or {}), column: "7"})

    await filled.write(more)
    parts = [part for part in PARTS if len(part.key) > 1]

    found = {part.table: [len(await rows(filled, part, batch=batch)) for batch in (1, 500)] for part in parts}

    assert found == {table: [2, 2] for table in others}
