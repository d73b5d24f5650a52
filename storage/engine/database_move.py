"""Moves an installation to another database: every row, proven, never two."""

import hashlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from storage.database import Database, Row, Transaction, Value
from storage.engine import instance, move_marks
from storage.engine.dialect import COLUMNS, value_of
from storage.engine.epochs import EpochSide
from storage.errors import MoveFailed

Tell = Callable[[str], None]

_BATCH = 500  # rows that are read at once
_TOLD = 20 * _BATCH
_PARAMETERS = 900  # in one statement: the oldest SQLite takes 999
_OWN = ("migrations",)  # each database has its own
_MARKS = (move_marks.UNFINISHED, move_marks.MOVED)


@dataclass(frozen=True)
class MovedTable:
    """A table by its columns, and by those of its primary key in order."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


@dataclass(frozen=True)
class MoveEndpoint:
    """One of the two databases; it is owned as long as this lasts."""

    database: Database
    side: EpochSide
    name: str  # for people; no password is in it


async def move(source: MoveEndpoint, target: MoveEndpoint, *, tell: Tell) -> int:
    """Copy everything, prove it, and let the target go on in the source's place; return the row count.

    Stopped or failed at any time, the source is as before or can be copied again, and the unfinished target
    cannot be started: the same move begins it again. Raises MoveFailed with a sentence.
    """
    held = await _ready(source)
    tables = await _tables(source.database)
    if tables != await _tables(target.database):
        raise MoveFailed("The two databases have different tables. Bring both up to date with this program.")
    await _emptied(target.database, tables)
    rows = 0
    for table in tables:
        rows += await _copied(source.database, target.database, table, tell)
    for table in tables:
        if await _seal(source.database, table) != await _seal(target.database, table):
            raise MoveFailed(f"The copy of the table {table.name} is not the same. Nothing was changed over.")
        tell(f"{table.name}: the same rows on both sides")
    await source.database.write(partial(move_marks.leave, there=target.name))
    await target.side.note(held)
    await target.database.write(move_marks.arrive)
    return rows


async def reopen(source: MoveEndpoint) -> bool:
    """Let a database that was moved go on, as a restored one; False if it never was moved."""
    if await source.database.read(move_marks.left_for) is None:
        return False
    await source.side.note()  # first: from here on, a start takes it for a restored one
    return await source.database.write(move_marks.come_back)


async def _ready(source: MoveEndpoint) -> str:
    held = await source.database.read(instance.epoch)
    if held is None:
        raise MoveFailed(f"{source.name} belongs to no bridge that was ever started.")
    if held not in await source.side.recall():
        raise MoveFailed(
            f"{source.name} did not run here last: it was restored or copied. Start it first, look at "
            "“fanvue-bridge restored”, and move it then."
        )
    if await source.database.read(move_marks.begun):
        raise MoveFailed(f"{source.name} is an unfinished copy itself.")
    return held


async def _tables(database: Database) -> list[MovedTable]:
    """Every table, those before others that refer to them."""
    columns: dict[str, list[Row]] = {}
    for row in await database.read(lambda tx: tx.all(COLUMNS)):
        columns.setdefault(row["table"], []).append(row)
    tables = {
        name: MovedTable(
            name,
            tuple(sorted({row["column"] for row in found})),
            tuple(dict.fromkeys(row["column"] for row in sorted(found, key=_place) if row["place"])),
        )
        for name, found in columns.items()
        if name not in _OWN
    }
    needs = {
        name: {row["refers"] for row in found} & tables.keys() - {name} for name, found in columns.items()
    }
    ordered: list[MovedTable] = []
    while tables:
        # Sorted, so that both sides come to the same order.
        free = sorted(name for name in tables if not needs[name] & tables.keys())
        ordered += [tables.pop(name) for name in free]
    return ordered


def _place(column: Row) -> int:
    return int(column["place"])


async def _emptied(target: Database, tables: Sequence[MovedTable]) -> None:
    async def work(tx: Transaction) -> None:
        if not await move_marks.begun(tx):
            for table in tables:
                if await tx.one(f"SELECT 1 AS one FROM {table.name} LIMIT 1"):  # noqa: S608 - ours
                    raise MoveFailed("The target has rows already. A move needs a new, empty database.")
        for table in reversed(tables):
            await tx.execute(f"DELETE FROM {table.name}")  # noqa: S608 - ours
        await move_marks.begin(tx)

    await target.write(work)


async def _copied(source: Database, target: Database, table: MovedTable, tell: Tell) -> int:
    done = 0
    async for rows in _batches(source, table):
        step = max(1, _PARAMETERS // len(table.columns))
        for first in range(0, len(rows), step):
            await target.write(partial(_insert, table=table, rows=rows[first : first + step]))
        done += len(rows)
        if done % _TOLD == 0:
            tell(f"{table.name}: {done} rows …")
    tell(f"{table.name}: {done} rows")
    return done


async def _batches(database: Database, table: MovedTable) -> AsyncIterator[list[Row]]:
    """All rows in the order of the primary key, without the marks of a move."""
    last: Row | None = None
    while True:
        rows = await database.read(partial(_after, table=table, last=last))
        if not rows:
            return
        last = rows[-1]
        shown = [row for row in rows if table.name != "kept" or row["name"] not in _MARKS]
        if shown:
            yield shown


async def _after(tx: Transaction, table: MovedTable, last: Row | None) -> list[Row]:
    key = ", ".join(table.key)
    where, values = "", dict[str, Value]()
    if last is not None:
        values = {f"after{number}": last[name] for number, name in enumerate(table.key)}
        where = f"WHERE ({key}) > ({', '.join(f':{name}' for name in values)})"
    columns = ", ".join(table.columns)
    return await tx.all(
        f"SELECT {columns} FROM {table.name} {where} ORDER BY {key} LIMIT {_BATCH}",  # noqa: S608 - ours
        **values,
    )


async def _insert(tx: Transaction, table: MovedTable, rows: Sequence[Row]) -> None:
    values: dict[str, Value] = {}
    places = []
    for number, row in enumerate(rows):
        own = {f"{name}_{number}": row[name] for name in table.columns}
        values |= own
        places.append(f"({', '.join(f':{name}' for name in own)})")
    await tx.execute(
        f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES {', '.join(places)}",  # noqa: S608 - ours
        **values,
    )


async def _seal(database: Database, table: MovedTable) -> tuple[int, str]:
    """The number of rows, and a hash of all their content."""
    number, digest = 0, hashlib.sha256()
    async for rows in _batches(database, table):
        number += len(rows)
        for row in rows:
            digest.update(_canonical(row, table.columns))
    return number, digest.hexdigest()


def _canonical(row: Mapping[str, Value], columns: Sequence[str]) -> bytes:
    parts = []
    for name in columns:
        value = value_of(row[name])
        kind = type(value).__name__.encode()
        said = value if isinstance(value, bytes) else str(value).encode()
        parts.append(b"%s:%d:%s" % (kind, len(said), said))
    return b",".join(parts) + b"\n"
