"""Live events about money, each a line until Fanvue's list has its row."""

from collections.abc import Collection, Iterable
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
    body: bytes | None = None  # the marks of the link that sold it, sealed


async def add(tx: Transaction, creator: CreatorId, told: EarningEvent) -> None:
    """Remember what an event told; the same again changes nothing, whichever event tells it."""
    if await _is_told(tx, creator, told):
        return
    await tx.execute(
        """INSERT INTO earnings_told (fact_id, creator_uuid, fan, source, gross, at, payment_id, message_uuid,
                                      post_uuid, currency, body_ct)
           VALUES (:fact, :creator, :fan, :source, :gross, :at, :payment, :message, :post, :currency, :body)
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

    Money that goes back names the payment that it takes back, whole: there are no refunds in parts.
    """
    row = await tx.one(
        """SELECT 1 AS told FROM earnings_told WHERE creator_uuid = :creator AND payment_id = :payment
             AND source = :source
           UNION ALL
           SELECT 1 AS told FROM earnings_told WHERE creator_uuid = :creator AND message_uuid = :message
             AND source = 'message' AND :source = 'message' AND fan = :fan
           LIMIT 1""",
        creator=creator,
        **vars(told),
    )
    return row is not None


async def marked(
    tx: Transaction, creator: CreatorId, sales: Collection[str]
) -> dict[str, tuple[FactId, bytes]]:
    """Those of these sales (keys of rows, or of facts) that have marks: the fact, and the sealed marks."""
    kept = {}
    for sale in sales:
        row = await tx.one(
            """SELECT fact_id, body_ct FROM earnings_told WHERE creator_uuid = :creator
                 AND (row_key = :sale OR fact_id = :sale) AND body_ct IS NOT NULL LIMIT 1""",
            creator=creator,
            sale=sale,
        )
        if row is not None:
            kept[sale] = (FactId(row["fact_id"]), bytes(row["body_ct"]))
    return kept


async def forget(tx: Transaction, creator: CreatorId, fan: Pseudonym) -> None:
    """The fan is forgotten: what a link said may name them."""
    await tx.execute(
        "UPDATE earnings_told SET body_ct = NULL WHERE creator_uuid = :creator AND fan = :fan",
        creator=creator,
        fan=fan,
    )


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
