"""Who bought a post, as far as payments tell of it."""

from storage.database import Transaction
from storage.records import CreatorId


async def buyers(tx: Transaction, creator: CreatorId, post: str) -> int:
    """How many fans paid for it and were not paid back since."""
    row = await tx.one(
        """SELECT COUNT(*) AS number FROM (
               SELECT fan FROM payments
               WHERE creator_uuid = :creator AND post_uuid = :post AND source <> 'tip' AND fan IS NOT NULL
               GROUP BY fan HAVING SUM(gross) > 0
           ) AS bought""",
        creator=creator,
        post=post,
    )
    return int(row["number"]) if row is not None else 0


async def earned(tx: Transaction, creator: CreatorId, post: str) -> int:
    """How much they paid for it, without tips and without what went back."""
    row = await tx.one(
        """SELECT COALESCE(SUM(gross), 0) AS cents FROM payments
           WHERE creator_uuid = :creator AND post_uuid = :post AND source <> 'tip'""",
        creator=creator,
        post=post,
    )
    return int(row["cents"]) if row is not None else 0
