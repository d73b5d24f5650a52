"""Signs each row that says who may do what; checks it wherever it is read.

Somebody who can write the database but has no key could make themselves a creator's owner by one word. So
each row of these tables carries an HMAC over all that it says. A row that is not as it was signed counts as
one that is not there: code that reads one of these tables to decide something uses `one` or `every`.

A change is signed only where the row fitted before. A row that was changed by hand stays refused whatever is
done to it later, until the same is said again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from storage.database import Row, Transaction, Value
from storage.engine.dialect import value_of

MAC: Final = "mac"


@dataclass(frozen=True)
class SignedTable:
    """A table whose rows are signed: its primary key, and all columns, which the signature covers."""

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]

    def said(self, row: Row) -> list[Value]:
        """The signed values: the table's name, and all that the row says, as every database gives it back."""
        return [self.table, *(value_of(row[name]) for name in self.columns)]


def _protected(table: str, key: str, columns: str) -> SignedTable:
    return SignedTable(table, tuple(key.split()), tuple(columns.split()))


LINKS: Final = _protected(
    "links",
    "id",
    "id creator_uuid discord_user guild_id generation state scopes handle created_at closed_at kind via",
)
GRANTS: Final = _protected(
    "grants",
    "id",
    "id creator_uuid guild_id kind subject_id role plus minus money granted_by granted_at ended_by ended_at",
)
CONSENTS: Final = _protected(
    "consents",
    "creator_uuid guild_id side",
    "creator_uuid guild_id side given_by given_at withdrawn_by withdrawn_at",
)
FORUMS: Final = _protected(
    "forums", "forum_id", "forum_id guild_id category_id alerts_id creator_uuid tags name unready created_at"
)
SETUPS: Final = _protected("setups", "forum_id", "forum_id set_by team_role set_at")
API_KEYS: Final = _protected(
    "api_keys", "id", "id creator_uuid name digest role made_at expires_at used_at ended_at"
)
API_KEY_SCOPES: Final = _protected("api_key_scopes", "key_id", "key_id creator_uuid scope")
AGENT_GRANTS: Final = _protected(
    "agent_grants",
    "key_id",
    "key_id creator_uuid client_hash resource family_hash refresh_hash access_hash access_until",
)
DRAFT_RULES: Final = _protected(
    "draft_rules", "creator_uuid kind", "creator_uuid kind most begins ends wait set_by set_at"
)
PAGE_SESSIONS: Final = _protected(
    "page_sessions",
    "id",
    "id member_id guild_id state ticket_hash browser_hash state_hash session_hash expires_at",
)
ASSISTANT_CONSENTS: Final = _protected(
    "assistant_consents", "creator_uuid", "creator_uuid server uses agreed_by agreed_at"
)
TABLES: Final = (
    LINKS,
    GRANTS,
    CONSENTS,
    FORUMS,
    SETUPS,
    API_KEYS,
    API_KEY_SCOPES,
    AGENT_GRANTS,
    DRAFT_RULES,
    PAGE_SESSIONS,
    ASSISTANT_CONSENTS,
)

Changes = Mapping[str, Value] | Callable[[Row], Mapping[str, Value]]


def fits(tx: Transaction, table: SignedTable, row: Row) -> bool:
    """Whether a whole row is as it was signed. Without a signer only what nobody signed fits."""
    mac = row[MAC] if MAC in row.keys() else None  # noqa: SIM118 - a row of sqlite3 has no other way
    if tx.signer is None:
        return mac is None
    if mac is not None and tx.signer.fits(table.said(row), str(mac)):
        return True
    tx.signer.refused(table.table)
    return False


def fitting(tx: Transaction, table: SignedTable, rows: Iterable[Row]) -> list[Row]:
    """Those of these whole rows that are as they were signed, in their order."""
    return [row for row in rows if fits(tx, table, row)]


async def one(tx: Transaction, table: SignedTable, sql: str, /, **params: Value) -> Row | None:
    """The first whole row that is found and fits."""
    return next(iter(await every(tx, table, sql, **params)), None)


async def every(tx: Transaction, table: SignedTable, sql: str, /, **params: Value) -> list[Row]:
    """Every whole row that is found and fits."""
    return fitting(tx, table, await tx.all(sql, **params))


async def add(tx: Transaction, table: SignedTable, row: Mapping[str, Value]) -> None:
    await tx.execute(_insert(table), **_signed(tx, table, row))


async def put(tx: Transaction, table: SignedTable, row: Mapping[str, Value]) -> None:
    """The same, in place of what stands under its key: nothing of that is left."""
    rest = ", ".join(f"{name} = excluded.{name}" for name in (*table.columns, MAC) if name not in table.key)
    await tx.execute(
        f"{_insert(table)} ON CONFLICT ({', '.join(table.key)}) DO UPDATE SET {rest}",
        **_signed(tx, table, row),
    )


async def change(
    tx: Transaction, table: SignedTable, where: str, changes: Changes, /, **params: Value
) -> int:
    """Change every row for which `where` holds; how many there were. `changes`: the new values by column."""
    rows = await tx.all(f"SELECT * FROM {table.table} WHERE {where}", **params)  # noqa: S608 - our own
    for row in rows:
        fresh = changes(row) if callable(changes) else changes
        whole = {**{name: row[name] for name in table.columns}, **fresh}
        mac = _mac(tx, table, whole) if fits(tx, table, row) else row[MAC]
        await replace(tx, table, row, {**fresh, MAC: mac})
    return len(rows)


async def renew(tx: Transaction, table: SignedTable, row: Row, fresh: Mapping[str, Value]) -> int:
    """Say these other values in a row that fitted, if nobody has changed it since; 1 if nobody has."""
    whole = {**{name: row[name] for name in table.columns}, **fresh}
    return await replace(tx, table, row, {**fresh, MAC: _mac(tx, table, whole)})


async def replace(tx: Transaction, table: SignedTable, row: Row, fresh: Mapping[str, Value]) -> int:
    """Write these values into the row with this key, if its signature is still the same; 1 if it is."""
    given = {f"new_{name}": value for name, value in fresh.items()}
    sets = ", ".join(f"{name} = :new_{name}" for name in fresh)
    where = " AND ".join(f"{name} = :key_{name}" for name in table.key)
    same = f"{MAC} IS NULL" if row[MAC] is None else f"{MAC} = :was"
    was = {} if row[MAC] is None else {"was": row[MAC]}
    return await tx.execute(
        f"UPDATE {table.table} SET {sets} WHERE {where} AND {same}",  # noqa: S608 - our own
        **given,
        **{f"key_{name}": row[name] for name in table.key},
        **was,
    )


def _insert(table: SignedTable) -> str:
    names = (*table.columns, MAC)
    values = ", ".join(f":{name}" for name in names)
    return f"INSERT INTO {table.table} ({', '.join(names)}) VALUES ({values})"  # noqa: S608 - our own


def _signed(tx: Transaction, table: SignedTable, row: Mapping[str, Value]) -> dict[str, Value]:
    return {**row, MAC: _mac(tx, table, row)}


def _mac(tx: Transaction, table: SignedTable, row: Mapping[str, Value]) -> str | None:
    return tx.signer.sign(table.said(row)) if tx.signer is not None else None
