"""What fans have paid, each payment once, whichever sources told of it."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import Cents, CreatorId, FanId, Millis, Pseudonym

# Each payment that is a fan's, once: of two halves the one that says whose it is, and of two that do the
# first. The amount is whichever half's told it.
_ONCE = """(
    SELECT one.creator_uuid, one.fan, one.source, one.at, COALESCE(one.gross, other.gross) AS gross
    FROM payments AS one LEFT JOIN payments AS other ON other.fact_id = one.twin
    WHERE one.fan IS NOT NULL
      AND (other.fact_id IS NULL OR other.fan IS NULL OR one.fact_id < other.fact_id)
) AS once"""


@dataclass(frozen=True)
class Spent:
    """What came from one source, as far as anybody told."""

    source: str
    gross: Cents
    count: int
    untold: int  # so many of them came without an amount
    last: Millis


@dataclass(frozen=True)
class Offered:
    """Messages with a price that were sent to a fan."""

    sent: int
    bought: int
    last_sent: Millis | None
    last_bought: Millis | None
    asked: Cents = 0  # what all of them cost together
    paid: Cents = 0  # and those that were bought


async def by_source(tx: Transaction, creator: CreatorId, fan: Pseudonym) -> list[Spent]:
    """What a fan has paid for, by source, the most first."""
    rows = await tx.all(
        f"""SELECT source, SUM(COALESCE(gross, 0)) AS cents, COUNT(*) AS number,
                   SUM(CASE WHEN gross IS NULL THEN 1 ELSE 0 END) AS untold, MAX(at) AS last
            FROM {_ONCE} WHERE creator_uuid = :creator AND fan = :fan
            GROUP BY source ORDER BY cents DESC, source""",  # noqa: S608 - a constant
        creator=creator,
        fan=fan,
    )
    return [
        Spent(row["source"], int(row["cents"]), int(row["number"]), int(row["untold"]), row["last"])
        for row in rows
    ]


async def of_fans(
    tx: Transaction, creator: CreatorId, *, since: Millis, least: Cents
) -> dict[Pseudonym, Cents]:
    """What fans have paid since then, of those with at least so much."""
    rows = await tx.all(
        f"""SELECT fan, SUM(COALESCE(gross, 0)) AS cents
            FROM {_ONCE} WHERE creator_uuid = :creator AND at >= :since
            GROUP BY fan HAVING SUM(COALESCE(gross, 0)) >= :least""",  # noqa: S608 - a constant
        creator=creator,
        since=since,
        least=least,
    )
    return {Pseudonym(row["fan"]): int(row["cents"]) for row in rows}


async def offered(tx: Transaction, creator: CreatorId, fan: FanId) -> Offered:
    """What was offered to a fan in their chat."""
    row = await tx.one(
        """SELECT COUNT(*) AS sent, COUNT(bought_at) AS bought, MAX(sent_at) AS last_sent,
                  MAX(bought_at) AS last_bought, COALESCE(SUM(price), 0) AS asked,
                  COALESCE(SUM(CASE WHEN bought_at IS NOT NULL THEN price END), 0) AS paid
           FROM messages WHERE creator_uuid = :creator AND fan_uuid = :fan AND direction = 'out'
             AND price > 0""",
        creator=creator,
        fan=fan,
    )
    assert row is not None, "a count has a row"
    return Offered(
        sent=row["sent"],
        bought=row["bought"],
        last_sent=row["last_sent"],
        last_bought=row["last_bought"],
        asked=int(row["asked"]),
        paid=int(row["paid"]),
    )
