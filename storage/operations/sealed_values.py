"""Reads values that an older key made, and puts newer ones in their place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter

from storage.database import Row, Transaction, Value
from storage.engine.dialect import COLUMNS

_VALUE = "sealed_value"


@dataclass(frozen=True)
class SealedColumn:
    """A column of sealed values, and the place of each as a template over columns of its row.

    `also`: an expression for what the template names and the row itself does not have.
    """

    table: str
    column: str
    place: str
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        return sorted({name for _, name, _, _ in Formatter().parse(self.place) if name})

    def place_of(self, row: Row) -> str:
        """The place of the value of a row that `older` gave."""
        return self.place.format_map({name: row[name] for name in self.names})


async def keys_of(tx: Transaction) -> Mapping[str, Sequence[str]]:
    """The columns of each table's primary key, in order."""
    found: dict[str, dict[int, str]] = {}
    for row in await tx.all(COLUMNS):
        if row["place"]:
            found.setdefault(str(row["table"]), {})[int(row["place"])] = str(row["column"])
    return {table: [names[place] for place in sorted(names)] for table, names in found.items()}


async def older(
    tx: Transaction, sealed: SealedColumn, key: Sequence[str], *, head: bytes, after: Row | None, limit: int
) -> list[Row]:
    """The next `limit` rows, in the order of the primary key `key`, whose value does not begin with `head`.

    `after`: the last row of the batch before. `value_of` takes the value out of a row.
    """
    names = ", ".join(
        [*key, *(f"{sealed.also.get(name, name)} AS {name}" for name in sealed.names if name not in key)]
    )
    where, values = "", dict[str, Value]()
    if after is not None:
        values = {f"after{number}": after[name] for number, name in enumerate(key)}
        where = f"AND ({', '.join(key)}) > ({', '.join(f':{name}' for name in values)})"
    return await tx.all(
        f"SELECT {names}, {sealed.column} AS {_VALUE} FROM {sealed.table} "  # noqa: S608 - ours
        f"WHERE {sealed.column} IS NOT NULL AND substr({sealed.column}, 1, :length) <> :head {where} "
        f"ORDER BY {', '.join(key)} LIMIT :limit",
        length=len(head),
        head=head,
        limit=limit,
        **values,
    )


def value_of(row: Row) -> bytes:
    """The sealed value in a row that `older` gave."""
    return bytes(row[_VALUE])


async def replace(tx: Transaction, sealed: SealedColumn, key: Sequence[str], row: Row, value: bytes) -> bool:
    """Put `value` in the place of the one in `row`; False when that is no longer there."""
    where = " AND ".join(f"{name} = :key{number}" for number, name in enumerate(key))
    changed = await tx.execute(
        f"UPDATE {sealed.table} SET {sealed.column} = :value "  # noqa: S608 - ours
        f"WHERE {where} AND {sealed.column} = :was",
        value=value,
        was=value_of(row),
        **{f"key{number}": row[name] for number, name in enumerate(key)},
    )
    return changed == 1
