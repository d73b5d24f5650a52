"""By which keys the sealed values of a database were made."""

from storage.database import Transaction
from storage.dialect import BYTES_COLUMNS


async def heads(tx: Transaction) -> frozenset[bytes]:
    """How sealed values begin, each beginning once: format, length of the key's id, the id.

    Every column of sealed values is looked at, by its type in the schema.
    """
    columns = await tx.all(BYTES_COLUMNS)
    found: set[bytes] = set()
    for place in columns:
        column = f'"{place["column"]}"'
        start = f'FROM "{place["table"]}" WHERE {column} IS NOT NULL'
        for row in await tx.all(f"SELECT DISTINCT substr({column}, 1, 2) AS two {start}"):
            two = bytes(row["two"])
            rows = await tx.all(
                f"SELECT DISTINCT substr({column}, 1, :n) AS head {start} AND substr({column}, 1, 2) = :two",
                n=2 + two[-1],
                two=two,
            )
            found.update(bytes(row["head"]) for row in rows)
    return frozenset(found)
