"""Takes the oldest lines of the audit away and signs where it begins since then."""

from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.engine.audit_chain import AuditChain
from storage.records import Millis
from storage.rows import record_of


@dataclass(frozen=True)
class AuditCheckpoint:
    """Up to which line the audit was pruned."""

    seq: int
    last: str  # the hash of that line, after which the next one goes on
    until: Millis  # when the newest line that was pruned was written
    signature: str


async def prune(tx: Transaction, chain: AuditChain, *, before: Millis, limit: int) -> int:
    """Remove at most `limit` of the oldest lines, all from before that time; return their number.

    A younger line stops it, whatever the clock did: only a whole beginning is ever removed.
    """
    rows = await tx.all("SELECT seq, at, hash FROM audit ORDER BY seq LIMIT :limit", limit=limit)
    old: list[Row] = []
    for row in rows:
        if row["at"] >= before:
            break
        old.append(row)
    if not old:
        return 0
    last, until = old[-1], max(row["at"] for row in old)
    await tx.execute(
        """INSERT INTO audit_checkpoints (seq, last, until, signature)
           VALUES (:seq, :last, :until, :signature)""",
        seq=last["seq"],
        last=last["hash"],
        until=until,
        signature=chain.checkpoint(last["seq"], last["hash"], until),
    )
    # First the checkpoint: the database refuses to delete a line that lies behind the newest one.
    await tx.execute("DELETE FROM audit WHERE seq <= :seq", seq=last["seq"])
    await tx.execute("DELETE FROM audit_checkpoints WHERE seq < :seq", seq=last["seq"])
    return len(old)


async def newest(tx: Transaction) -> AuditCheckpoint | None:
    """The newest checkpoint; None where nothing was ever pruned."""
    row = await tx.one("SELECT * FROM audit_checkpoints ORDER BY seq DESC LIMIT 1")
    return None if row is None else record_of(AuditCheckpoint, row)
