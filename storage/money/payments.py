"""Payments as each source told them, and which two tell of the same one."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import Cents, CreatorId, FactId, FanvueMessageId, Millis, Pseudonym
from storage.rows import record_of


@dataclass(frozen=True)
class PaymentReport:
    """One payment as one source told it."""

    fact: FactId
    creator: CreatorId
    fan: Pseudonym | None  # the line outlives the fan
    source: str
    gross: Cents | None
    at: Millis
    payment: str | None
    message: FanvueMessageId | None
    post: str | None
    told_by: str  # webhook or sweep
    twin: FactId | None = None
    quiet: bool = False  # nobody was told of it, because somebody was told of its other half


async def add(tx: Transaction, new: PaymentReport) -> None:
    """Remember what a source told."""
    await tx.execute(
        """INSERT INTO payments (fact_id, creator_uuid, fan, source, gross, at, payment_id, message_uuid,
                                 post_uuid, told_by)
           VALUES (:fact, :creator, :fan, :source, :gross, :at, :payment, :message, :post, :told_by)""",
        **vars(new),
    )


async def with_id(tx: Transaction, creator: CreatorId, payment: str) -> list[PaymentReport]:
    """The payments told under this id of Fanvue's, by anybody."""
    rows = await tx.all(
        "SELECT * FROM payments WHERE creator_uuid = :creator AND payment_id = :payment ORDER BY fact_id",
        creator=creator,
        payment=payment,
    )
    return [record_of(PaymentReport, row) for row in rows]


async def told_between(
    tx: Transaction, creator: CreatorId, *, told_by: str, since: Millis, until: Millis
) -> list[PaymentReport]:
    """The payments of a time told by one source; both ends belong to it."""
    rows = await tx.all(
        """SELECT * FROM payments WHERE creator_uuid = :creator AND told_by = :told_by
             AND at BETWEEN :since AND :until ORDER BY at, fact_id""",
        creator=creator,
        told_by=told_by,
        since=since,
        until=until,
    )
    return [record_of(PaymentReport, row) for row in rows]


async def alone_for_message(
    tx: Transaction, creator: CreatorId, message: FanvueMessageId, *, told_by: str
) -> list[PaymentReport]:
    """Payments for a message told by one source and not yet by the other."""
    rows = await tx.all(
        """SELECT * FROM payments WHERE creator_uuid = :creator AND message_uuid = :message
             AND told_by = :told_by AND twin IS NULL ORDER BY at, fact_id""",
        creator=creator,
        message=message,
        told_by=told_by,
    )
    return [record_of(PaymentReport, row) for row in rows]


async def alone_between(
    tx: Transaction, creator: CreatorId, source: str, *, told_by: str, since: Millis, until: Millis
) -> list[PaymentReport]:
    """Payments of a time told by one source and not yet by the other; both ends belong to it."""
    rows = await tx.all(
        """SELECT * FROM payments WHERE creator_uuid = :creator AND source = :source
             AND at BETWEEN :since AND :until AND told_by = :told_by AND twin IS NULL ORDER BY at, fact_id""",
        creator=creator,
        source=source,
        since=since,
        until=until,
        told_by=told_by,
    )
    return [record_of(PaymentReport, row) for row in rows]


async def pair(tx: Transaction, one: FactId, other: FactId) -> None:
    """Both tell of the same payment."""
    for fact, twin in ((one, other), (other, one)):
        await tx.execute("UPDATE payments SET twin = :twin WHERE fact_id = :fact", fact=fact, twin=twin)


async def part(tx: Transaction, fact: FactId) -> FactId | None:
    """It has no other half any more; the one that it had, if any."""
    row = await tx.one("SELECT twin FROM payments WHERE fact_id = :fact", fact=fact)
    if row is None or row["twin"] is None:
        return None
    twin = FactId(row["twin"])
    for one in (fact, twin):
        await tx.execute("UPDATE payments SET twin = NULL WHERE fact_id = :fact", fact=one)
    return twin


async def hush(tx: Transaction, fact: FactId, *, quiet: bool) -> None:
    """Remember whether nobody is told of this one."""
    await tx.execute("UPDATE payments SET quiet = :quiet WHERE fact_id = :fact", quiet=int(quiet), fact=fact)


async def ids_agree(tx: Transaction, creator: CreatorId) -> bool:
    """Whether both sources were ever seen to use the same id for a payment of this creator."""
    row = await tx.one(
        """SELECT 1 AS seen FROM payments AS one JOIN payments AS other ON other.fact_id = one.twin
           WHERE one.creator_uuid = :creator AND one.payment_id = other.payment_id LIMIT 1""",
        creator=creator,
    )
    return row is not None
