"""Takes an older database over, once: signs rights, seals tokens for their links.

The canary, which only the keys make, says whether it was taken over: somebody who can write the database
cannot have rows signed that they wrote.
"""

import json
import logging
from dataclasses import dataclass

from bot.engine.audit_log import AuditLog
from bot.features.operations.keys import record
from bot.features.operations.keys.signer import RightsSigner
from bot.features.people.accounts.keyring import Keyring, SealNotOpened, WrongKey
from storage.database import Database, Row, Transaction
from storage.engine import audit_log, instance
from storage.engine.signed_database import signed
from storage.operations import sealed_values, signed_rows
from storage.operations.sealed_columns import PLACES
from storage.operations.sealed_values import SealedColumn
from storage.records import Millis

log = logging.getLogger(__name__)

_DONE = "rights.taken"
_SIGNED = "rights.signed"  # in the audit, from which nobody takes a line unseen
# As both were sealed before: changed by hand, a link's tokens opened for its new owner.
_BEFORE = {
    "tokens": "tokens|{column}|{link_id}|{creator_uuid}|{generation}",
    "pending_links": "pending_links|{column}|{id}|{creator_uuid}",
}


@dataclass(frozen=True)
class DatabaseTakeover:
    """The takeover of an older database: its time, and the number of rows of rights signed as they were."""

    rows: int
    at: Millis


async def begin(database: Database, ring: Keyring, trail: AuditLog, *, now: Millis) -> None:
    """At start, once the run has begun: take over what is of before, and log what is not as it was signed."""
    signer = RightsSigner(ring)

    async def work(tx: Transaction) -> DatabaseTakeover | None:
        return await take_over(tx, ring, trail, now=now)

    if (done := await database.write(signed(work, signer))) is not None:
        log.warning(
            "rights are signed from now on: %s rows of links, grants, consents, forums and set-ups were "
            "taken over as they were",
            done.rows,
        )
    if refused := await database.read(signed(signed_rows.refused, signer)):
        log.error(
            "integrity: %s rows of rights are not as they were signed and count as not there; "
            "“fanvue-bridge doctor” names them",
            len(refused),
        )


async def is_signed(tx: Transaction, ring: Keyring) -> bool:
    """Whether the rights of this database are signed, and a row without a signature is somebody else's."""
    canary = await instance.canary(tx)
    return canary is not None and ring.signs(canary)


async def take_over(
    tx: Transaction, ring: Keyring, trail: AuditLog, *, now: Millis
) -> DatabaseTakeover | None:
    """Do it in this transaction, which has a signer; None: it was done before. The run has begun.

    Raises WrongKey where it was done, and the canary denies it.
    """
    canary = await instance.canary(tx)
    if canary is None or ring.signs(canary):
        return None
    if await audit_log.has(tx, _SIGNED):
        raise WrongKey(
            "This database has the canary of an earlier time, so its rights would be signed again as they "
            "are now. Someone changed it by hand: restore a backup."
        )
    await record.need(tx, ring.newest)
    keys = await sealed_values.keys_of(tx)
    for column in PLACES:
        if column.table in _BEFORE:
            await _seal(tx, ring, column, list(keys[column.table]))
    done = DatabaseTakeover(await signed_rows.take_over(tx), now)
    await instance.keep_canary(tx, ring.canary())
    await instance.remember(tx, _DONE, json.dumps({"rows": done.rows, "at": done.at}))
    await trail.write(tx, _SIGNED, f"{done.rows} rows as they were", target="database")
    return done


async def taken(tx: Transaction) -> DatabaseTakeover | None:
    """The takeover here; None where rights were signed from the beginning, or are not yet."""
    said = await instance.recall(tx, _DONE)
    return DatabaseTakeover(**json.loads(said)) if said is not None else None


async def _seal(tx: Transaction, ring: Keyring, column: SealedColumn, key: list[str]) -> None:
    for row in await sealed_values.older(tx, column, key, head=b"\0", after=None, limit=1_000_000):
        try:
            plain = ring.open(_place_before(column, row), sealed_values.value_of(row))
        except SealNotOpened:
            continue  # damaged before, and as useless as then
        await sealed_values.replace(tx, column, key, row, ring.seal(column.place_of(row), plain))


def _place_before(column: SealedColumn, row: Row) -> str:
    names = {name: row[name] for name in column.names}
    return _BEFORE[column.table].format_map({**names, "column": column.column})
