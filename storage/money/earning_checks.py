"""The last comparison of a creator's ledger with what Fanvue sums and tells."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class LedgerCheckRecord:
    """A check: its time, the creator's day it was made on, and its finding."""

    at: Millis
    day: str  # YYYY-MM-DD
    agrees: bool
    body: str  # JSON


async def get(tx: Transaction, creator: CreatorId) -> LedgerCheckRecord | None:
    row = await tx.one("SELECT * FROM earnings_checks WHERE creator_uuid = :creator", creator=creator)
    return record_of(LedgerCheckRecord, row, at=row["checked_at"]) if row else None


async def put(tx: Transaction, creator: CreatorId, checked: LedgerCheckRecord) -> None:
    """Keep it instead of the one before."""
    await tx.execute(
        """INSERT INTO earnings_checks (creator_uuid, checked_at, day, agrees, body)
           VALUES (:creator, :at, :day, :agrees, :body)
           ON CONFLICT (creator_uuid) DO UPDATE SET checked_at = excluded.checked_at, day = excluded.day,
               agrees = excluded.agrees, body = excluded.body""",
        creator=creator,
        **vars(checked),
    )
