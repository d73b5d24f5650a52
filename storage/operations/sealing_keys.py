"""By which keys the sealed values of a database were made."""

from collections.abc import Mapping

from storage.database import Transaction
from storage.engine.dialect import BYTES_COLUMNS

Column = tuple[str, str]  # a table and one of its columns


async def columns(tx: Transaction) -> list[Column]:
    """Every column of sealed values, by its type in the schema."""
    return sorted((str(row["table"]), str(row["column"])) for row in await tx.all(BYTES_COLUMNS))


async def counts(tx: Transaction) -> Mapping[Column, Mapping[bytes, int]]:
    """For each column of sealed values, how they begin, and how many begin so.

    A beginning is format, length of the key's id, the id. Every value is looked at.
    """
    return {(table, column): await _counted(tx, table, column) for table, column in await columns(tx)}


async def heads(tx: Transaction) -> frozenset[bytes]:
    """The beginnings of sealed values, each one once."""
    return frozenset(head for found in (await counts(tx)).values() for head in found)


async def _counted(tx: Transaction, table: str, column: str) -> Mapping[bytes, int]:
    start = f'FROM "{table}" WHERE "{column}" IS NOT NULL'
    found: dict[bytes, int] = {}
    for row in await tx.all(f'SELECT DISTINCT substr("{column}", 1, 2) AS two {start}'):
        two = bytes(row["two"])
        rows = await tx.all(
            f'SELECT substr("{column}", 1, :n) AS head, COUNT(*) AS number {start} '
            f'AND substr("{column}", 1, 2) = :two GROUP BY 1',
            n=2 + two[-1],
            two=two,
        )
        found |= {bytes(each["head"]): int(each["number"]) for each in rows}
    return found
