"""By what is shown of a sale: its row, or the live event that told of it."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, FactId, Millis, Pseudonym
from storage.rows import record_of


@dataclass(frozen=True)
class SaleReference:
    """A sale: its row in Fanvue's list, where it has one, and the live event, where one told of it."""

    row: str | None
    fact: FactId | None
    at: Millis
    fan: Pseudonym | None


async def of_rows(tx: Transaction, creator: CreatorId, beginning: str) -> list[SaleReference]:
    """Sales whose row's key begins so, two at most."""
    rows = await tx.all(
        """SELECT row_key, at, fan, (SELECT MIN(fact_id) FROM earnings_told AS told
                                     WHERE told.creator_uuid = :creator AND told.row_key = earnings.row_key)
                  AS fact_id
           FROM earnings WHERE creator_uuid = :creator AND row_key BETWEEN :first AND :last
             AND gone_at IS NULL ORDER BY row_key LIMIT 2""",
        creator=creator,
        first=beginning,
        last=f"{beginning}g",  # after every hexadecimal digit
    )
    return [record_of(SaleReference, row, row=row["row_key"]) for row in rows]


async def told_since(tx: Transaction, creator: CreatorId, *, since: Millis) -> list[SaleReference]:
    """Sales told by live events since then, with the row that each has got meanwhile."""
    rows = await tx.all(
        """SELECT fact_id, row_key, at, fan FROM earnings_told
           WHERE creator_uuid = :creator AND at >= :since ORDER BY at, fact_id""",
        creator=creator,
        since=since,
    )
    return [record_of(SaleReference, row, row=row["row_key"]) for row in rows]


async def at_of(tx: Transaction, creator: CreatorId, row: str) -> Millis | None:
    """The time of a sale that Fanvue lists; None: it does not."""
    found = await tx.one(
        "SELECT at FROM earnings WHERE creator_uuid = :creator AND row_key = :row AND gone_at IS NULL",
        creator=creator,
        row=row,
    )
    return int(found["at"]) if found else None
