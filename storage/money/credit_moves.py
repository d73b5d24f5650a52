"""Sales given to somebody else than the rules say, with who did it and why."""

from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.records import CreatorId, DiscordId, FactId, Millis, Pseudonym
from storage.rows import record_of

ASKED, DONE = "asked", "done"

# The line that holds of each sale that has one: under the row of the ledger that the sale is now, or under
# the live event that told of it. A live event that gets its row takes its line along, and keeps it without.
# Its type is said, because SQLite makes no index for a join with what has none.
_SALE = "CAST(COALESCE(told.row_key, listed.row_key, m.fact_id, m.row_key) AS TEXT)"
HOLDING = f"""SELECT * FROM (
    SELECT m.id, m.member, m.back, {_SALE} AS sale,
           ROW_NUMBER() OVER (PARTITION BY {_SALE} ORDER BY m.at DESC, m.id DESC) AS place
    FROM credit_moves AS m LEFT JOIN earnings_told AS told ON told.fact_id = m.fact_id
         LEFT JOIN earnings AS listed ON listed.creator_uuid = m.creator_uuid AND listed.row_key = m.row_key
                                         AND listed.gone_at IS NULL
    WHERE m.creator_uuid = :creator AND m.state = '{DONE}') AS numbered
    WHERE place = 1"""  # noqa: S608 - constants


@dataclass(frozen=True)
class SaleReassignment:
    """One sale was given to somebody, to nobody, or back to what the rules say."""

    id: str
    row: str | None
    fact: FactId | None
    fan: Pseudonym | None
    member: DiscordId | None  # None: nobody's
    back: bool
    at: Millis
    by: DiscordId
    body: bytes | None  # why, sealed; None once its fan was forgotten


async def ask(tx: Transaction, creator: CreatorId, move: SaleReassignment, body: bytes) -> None:
    """Keep what somebody is asked about; it holds once they have said yes."""
    await tx.execute(
        """INSERT INTO credit_moves (id, creator_uuid, row_key, fact_id, fan, member, back, state, at,
                                     moved_by, body_ct)
           VALUES (:id, :creator, :row, :fact, :fan, :member, :back, :state, :at, :by, :why)""",
        creator=creator,
        state=ASKED,
        why=body,
        **vars(move),
    )


async def asked(tx: Transaction, creator: CreatorId, move: str) -> SaleReassignment | None:
    """The reassignment asked about and not answered."""
    row = await tx.one(
        "SELECT * FROM credit_moves WHERE id = :id AND creator_uuid = :creator AND state = :state",
        id=move,
        creator=creator,
        state=ASKED,
    )
    return _move_of(row) if row else None


async def hold(tx: Transaction, move: str, *, row: str | None, at: Millis) -> None:
    """Let it hold from now on; `row`: the row that the sale has meanwhile."""
    await tx.execute(
        """UPDATE credit_moves SET state = :done, at = :at, row_key = COALESCE(:row, row_key)
           WHERE id = :id""",
        id=move,
        done=DONE,
        row=row,
        at=at,
    )


async def drop_asked(tx: Transaction, *, before: Millis) -> None:
    """Delete what somebody was asked about before then and never said yes to."""
    await tx.execute(
        "DELETE FROM credit_moves WHERE state = :state AND at < :before", state=ASKED, before=before
    )


async def get(tx: Transaction, creator: CreatorId, move: str) -> SaleReassignment | None:
    row = await tx.one(
        "SELECT * FROM credit_moves WHERE id = :id AND creator_uuid = :creator", id=move, creator=creator
    )
    return _move_of(row) if row else None


async def forget(tx: Transaction, creator: CreatorId, fan: Pseudonym) -> None:
    """Erase the reasons that were given for sales to this fan: who wrote them may have named them."""
    await tx.execute(
        "UPDATE credit_moves SET body_ct = NULL WHERE creator_uuid = :creator AND fan = :fan",
        creator=creator,
        fan=fan,
    )


def _move_of(row: Row) -> SaleReassignment:
    return record_of(SaleReassignment, row, row=row["row_key"], by=row["moved_by"])
