"""A post's buyers, as far as payments tell of them."""

from storage.database import Transaction
from storage.records import CreatorId

# Each payment once, whichever sources told of it, by its id or as the first of two halves; and what went
# back of any of them, listed by Fanvue or told live and not listed yet.
_OF_POST = "creator_uuid = :creator AND post_uuid = :post AND source <> 'tip'"
_IDS = f"(SELECT payment_id FROM payments WHERE {_OF_POST} AND payment_id IS NOT NULL)"  # noqa: S608 - a constant
_LINES = f"""(
    SELECT MAX(fan) AS fan, MAX(gross) AS gross FROM payments
    WHERE {_OF_POST} AND (twin IS NULL OR fact_id < twin) GROUP BY COALESCE(payment_id, fact_id)
    UNION ALL
    SELECT fan, gross FROM earnings WHERE creator_uuid = :creator AND reverses IN {_IDS} AND gone_at IS NULL
    UNION ALL
    SELECT fan, gross FROM earnings_told WHERE creator_uuid = :creator AND payment_id IN {_IDS}
      AND row_key IS NULL AND gross < 0) AS lines"""  # noqa: S608 - constants


async def buyers(tx: Transaction, creator: CreatorId, post: str) -> int:
    """Count the fans who paid for it and were not paid back since."""
    row = await tx.one(
        f"""SELECT COUNT(*) AS number FROM (
               SELECT fan FROM {_LINES} WHERE fan IS NOT NULL GROUP BY fan HAVING SUM(gross) > 0
           ) AS bought""",  # noqa: S608 - a constant
        creator=creator,
        post=post,
    )
    return int(row["number"]) if row is not None else 0


async def earned(tx: Transaction, creator: CreatorId, post: str) -> int:
    """The money paid for it, without tips and without money that went back."""
    row = await tx.one(
        f"SELECT COALESCE(SUM(gross), 0) AS cents FROM {_LINES}",  # noqa: S608 - a constant
        creator=creator,
        post=post,
    )
    return int(row["cents"]) if row is not None else 0
