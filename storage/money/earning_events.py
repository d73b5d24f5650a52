"""Live events about money, each a line until Fanvue's list has its row."""

from collections.abc import Iterable
from dataclasses import dataclass

from storage.database import Transaction
from storage.records import Cents, CreatorId, FactId, Millis, Pseudonym
from storage.rows import record_of


@dataclass(frozen=True)
class EarningEvent:
    """One payment, or money that went back, as a live event told it."""

    fact: FactId
    at: Millis
    source: str
    gross: Cents | None  # negative: it went back
    fan: Pseudonym | None = None
    payment: str | None = None  # of money that went back: the payment that it takes back
    message: str | None = None
    post: str | None = None
    currency: str | None = None


async def add(tx: Transaction, creator: CreatorId, told: EarningEvent) -> None:
    """Remember what an event told; the same again changes nothing, whichever event tells it."""
    if await _is_told(tx, creator, told):
        return
    await tx.execute(
        """INSERT INTO earnings_told (fact_id, creator_uuid, fan, source, gross, at, payment_id, message_uuid,
                                      post_uuid, currency)
           VALUES (:fact, :creator, :fan, :source, :gross, :at, :payment, :message, :post, :currency)
           ON CONFLICT (fact_id) DO NOTHING""",
        **vars(told),
        creator=creator,
    )


async def whose(tx: Transaction, creator: CreatorId, payment: str) -> Pseudonym | None:
    """The payer, as far as Fanvue's list or an event says."""
    row = await tx.one(
        """SELECT fan FROM earnings_told WHERE creator_uuid = :creator AND payment_id = :payment
             AND fan IS NOT NULL
           UNION ALL
           SELECT fan FROM earnings WHERE creator_uuid = :creator AND order_id = :payment AND fan IS NOT NULL
           LIMIT 1""",
        creator=creator,
        payment=payment,
    )
    return Pseudonym(row["fan"]) if row is not None else None


async def _is_told(tx: Transaction, creator: CreatorId, told: EarningEvent) -> bool:
    """Whether an event has told of this payment: its id is one payment's, and a message is bought once.

    Money that goes back names the payment that it takes back, and may do so in parts, each at its own time.
    """
    back = told.gross is not None and told.gross < 0
    row = await tx.one(
        """SELECT 1 AS told FROM earnings_told WHERE creator_uuid = :creator AND payment_id = :payment
             AND source = :source AND (:back = 0 OR (gross = :gross AND at = :at))
           UNION ALL
           SELECT 1 AS told FROM earnings_told WHERE creator_uuid = :creator AND message_uuid = :message
             AND source = 'message' AND :source = 'message' AND fan = :fan
           LIMIT 1""",
        creator=creator,
        **vars(told),
        back=int(back),
    )
    return row is not None


async def alone_between(
    tx: Transaction, creator: CreatorId, *, since: Millis, until: Millis
) -> list[EarningEvent]:
    """The events of a time that have no row yet; `until` is outside."""
    rows = await tx.all(
        """SELECT * FROM earnings_told WHERE creator_uuid = :creator AND at >= :since AND at < :until
             AND row_key IS NULL ORDER BY at, fact_id""",
        creator=creator,
        since=since,
        until=until,
    )
    return [record_of(EarningEvent, row) for row in rows]


async def pair(tx: Transaction, creator: CreatorId, pairs: Iterable[tuple[FactId, str]]) -> None:
    """These events and rows are the same."""
    for fact, key in pairs:
        await tx.execute(
            "UPDATE earnings_told SET row_key = :key WHERE fact_id = :fact AND creator_uuid = :creator",
            fact=fact,
            creator=creator,
            key=key,
        )
