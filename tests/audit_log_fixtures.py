"""The audit of a test: a chain with a key of its own, begun in a database."""

import os

from bot.engine.audit_log import AuditLog
from bot.engine.pseudonyms import Pseudonyms
from bot.features.people.audit.chain import open_trail
from bot.model.ports import Clock, Ids, Sealer
from storage.database import Database, Transaction
from storage.engine import audit_log, instance
from storage.engine.audit_chain import AuditChain

CHAIN = AuditChain(b"the audit's own key of these tests")


async def trail_in(database: Database, sealer: Sealer, clock: Clock, ids: Ids) -> AuditLog:
    """As at the start of the bridge."""
    return await open_trail(database, sealer, random=os.urandom, clock=clock, ids=ids)


async def begun(database: Database) -> None:
    """The chain of `trail_of` has begun in this database."""
    await database.write(lambda tx: audit_log.begin(tx, CHAIN, key=b"sealed", now=0))


def trail_of(sealer: Sealer, clock: Clock, ids: Ids) -> AuditLog:
    """For a database in which it was `begun`."""
    pseudonyms = Pseudonyms(sealer=sealer, random=os.urandom)
    return AuditLog(chain=CHAIN, pseudonyms=pseudonyms, clock=clock, ids=ids)


async def note_restored(tx: Transaction, parked: int) -> None:
    """What `storage.engine.epochs.begin_run` has written down, where nothing but the storage runs."""
    await audit_log.begin(tx, CHAIN, key=b"sealed", now=0)
    said = ("database.restored", "database", None, f"parked {parked}")
    await audit_log.write(
        tx, CHAIN, audit_log.AuditEntry(f"restored {await instance.epoch(tx)}", 7, None, None, *said)
    )
