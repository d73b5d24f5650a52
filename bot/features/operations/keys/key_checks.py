"""Checks which keys made stored values and whether they open, and words it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from bot.features.operations.keys import record
from bot.features.operations.keys.signer import RightsSigner
from bot.features.people.accounts.keyring import Keyring, SealNotOpened, id_in
from storage.database import Row, Transaction
from storage.engine import signed_rights
from storage.engine.shared_access import GuestConnection
from storage.engine.signed_database import signed
from storage.operations import sealed_values, sealing_keys, signed_rows
from storage.operations.sealed_columns import PLACES
from storage.operations.sealed_values import SealedColumn

_BATCH = 500


@dataclass(frozen=True)
class KeyUsage:
    """Counts of values by key and column, and the database's record of its keys."""

    counts: Mapping[sealing_keys.Column, Mapping[str, int]]
    needed: frozenset[str]
    held: record.HeldKeys | None

    def total(self) -> Counter[str]:
        """Count the values of each key."""
        whole: Counter[str] = Counter()
        for made in self.counts.values():
            whole.update(made)
        return whole

    def older(self, newest: str) -> int:
        """Count the values of keys other than the newest."""
        return self.total().total() - self.total()[newest]


async def look(tx: Transaction, ring: Keyring) -> KeyUsage:
    """Count, on one snapshot. Raises WrongKey when the keys are not those of this database."""
    await record.check(tx, ring)
    counts = {
        column: {id_in(head): number for head, number in made.items()}
        for column, made in (await sealing_keys.counts(tx)).items()
    }
    counts |= {
        (table, signed_rights.MAC): dict(made) for table, made in (await signed_rows.counts(tx)).items()
    }
    return KeyUsage(counts, await record.needed(tx), await record.held(tx))


def told(found: KeyUsage, ring: Keyring, *, is_held: bool) -> Iterator[str]:
    """The sentences for a person."""
    for (table, column), made in found.counts.items():
        if made:
            yield f"  {table}.{column}  " + "  ".join(f"{key}: {made[key]:,}" for key in sorted(made))
    total = found.total()
    for key in dict.fromkeys([*ring.ids, *sorted(total)]):
        yield f"{_name(key, ring)} made {total[key]:,} values{_what(key, total, ring)}."
    if is_held and found.held is not None:
        how = "loads a new one automatically" if found.held.watches else "loads a new one at a restart"
        yield f"The running bridge encrypts with key {found.held.newest} and {how}."
    if found.older(ring.newest):
        yield "Next: fanvue-bridge keys rotate"


def _name(key: str, ring: Keyring) -> str:
    return f"Key {key} (newest)" if key == ring.newest else f"Key {key}"


def _what(key: str, total: Counter[str], ring: Keyring) -> str:
    if key not in ring.ids:
        return ", and is not there: put it back behind the newest"
    if key == ring.newest or total[key]:
        return ""
    return ": you may remove it once you keep no backup that was made with it"


def opened(guest: GuestConnection, ring: Keyring) -> Mapping[sealing_keys.Column, tuple[int, int]]:
    """For each column, how many values open in their place, and how many do not. Nothing is written."""
    keys = guest.read(sealed_values.keys_of)
    found: dict[sealing_keys.Column, tuple[int, int]] = {}
    for column in PLACES:
        good = bad = 0
        after: Row | None = None
        # No value begins so: all of them are gone through.
        while rows := guest.read(
            partial(
                sealed_values.older,
                sealed=column,
                key=keys[column.table],
                head=b"\0",
                after=after,
                limit=_BATCH,
            )
        ):
            after = rows[-1]
            opens = sum(_opens(ring, column, row) for row in rows)
            good, bad = good + opens, bad + len(rows) - opens
        found[column.table, column.column] = good, bad
    whole, wrong = guest.read(signed(_signed, RightsSigner(ring)))
    for table in signed_rights.TABLES:
        found[table.table, signed_rights.MAC] = whole[table.table] - wrong[table.table], wrong[table.table]
    return found


async def _signed(tx: Transaction) -> tuple[Counter[str], Counter[str]]:
    """For each table of rights, how many rows there are, and how many are not as they were signed."""
    rows = Counter({table.table: await signed_rows.number(tx, table) for table in signed_rights.TABLES})
    return rows, Counter(one.table for one in await signed_rows.refused(tx))


def _opens(ring: Keyring, column: SealedColumn, row: Row) -> bool:
    try:
        ring.open(column.place_of(row), sealed_values.value_of(row))
    except SealNotOpened:
        return False
    return True
