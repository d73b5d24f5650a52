"""Goes through all signed rows: which are refused, which an older key signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.database import Row, Transaction, Value
from storage.engine.signed_rights import MAC, TABLES, SignedTable, fits, replace

_DIGITS = 65  # and a colon: behind them a signature names its key


@dataclass(frozen=True)
class RefusedRow:
    """A row that is not as it was signed, by its key. In the key are only ids."""

    table: str
    key: tuple[str, ...]

    def __str__(self) -> str:
        """As a person reads it, and can look it up."""
        return f"{self.table} {'/'.join(self.key)}"


async def refused(tx: Transaction) -> list[RefusedRow]:
    """Every row that counts as not there, ended ones too."""
    return [
        RefusedRow(table.table, tuple(str(row[name]) for name in table.key))
        for table in TABLES
        for row in await tx.all(f"SELECT * FROM {table.table} ORDER BY {', '.join(table.key)}")  # noqa: S608 - ours
        if not fits(tx, table, row)
    ]


async def number(tx: Transaction, table: SignedTable) -> int:
    """Count the rows of a table."""
    row = await tx.one(f"SELECT COUNT(*) AS number FROM {table.table}")  # noqa: S608 - ours
    return int(row["number"]) if row else 0


async def counts(tx: Transaction) -> Mapping[str, Mapping[str, int]]:
    """For each table, how many rows each key signed."""
    found = {}
    for table in TABLES:
        rows = await tx.all(
            f"""SELECT substr({MAC}, {_DIGITS + 1}) AS key, COUNT(*) AS number FROM {table.table}
                WHERE {MAC} IS NOT NULL GROUP BY 1"""  # noqa: S608 - ours
        )
        found[table.table] = {str(row["key"]): int(row["number"]) for row in rows}
    return found


async def older(
    tx: Transaction, table: SignedTable, *, newest: str, after: Row | None, limit: int
) -> list[Row]:
    """The next rows, in the order of their key, that another key than `newest` signed."""
    key = ", ".join(table.key)
    where, values = "", dict[str, Value]()
    if after is not None:
        values = {f"after{number}": after[name] for number, name in enumerate(table.key)}
        where = f"AND ({key}) > ({', '.join(f':{name}' for name in values)})"
    return await tx.all(
        f"""SELECT * FROM {table.table} WHERE {MAC} IS NOT NULL AND substr({MAC}, {_DIGITS + 1}) <> :newest
            {where} ORDER BY {key} LIMIT :limit""",  # noqa: S608 - ours
        newest=newest,
        limit=limit,
        **values,
    )


async def sign_anew(tx: Transaction, table: SignedTable, rows: Sequence[Row]) -> int:
    """Sign those of these rows that fit and are still the same; how many they were."""
    assert tx.signer is not None, "there is a key to sign with"
    fresh = [(row, tx.signer.sign(table.said(row))) for row in rows if fits(tx, table, row)]
    return sum([await replace(tx, table, row, {MAC: mac}) for row, mac in fresh])


async def take_over(tx: Transaction) -> int:
    """Sign every row as it is, once: before, nobody signed any. How many there are."""
    assert tx.signer is not None, "there is a key to sign with"
    done = 0
    for table in TABLES:
        for row in await tx.all(f"SELECT * FROM {table.table}"):  # noqa: S608 - ours
            done += await replace(tx, table, row, {MAC: tx.signer.sign(table.said(row))})
    return done
