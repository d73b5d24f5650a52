"""The ledger: rows of Fanvue's list of earnings, and which days were read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.records import Cents, CreatorId, Millis, Pseudonym
from storage.rows import record_of


@dataclass(frozen=True)
class LedgerRow:
    """One row. Money that went back is negative, and `source` says in which way."""

    key: str
    at: Millis
    source: str  # tip, message, renewal, refund, … an open set
    gross: Cents
    net: Cents | None
    currency: str | None = None
    order: str | None = None
    reverses: str | None = None
    fan: Pseudonym | None = None  # the line outlives the fan
    message: str | None = None
    post: str | None = None
    status: str | None = None  # whether it can be paid out, in Fanvue's words: an open set


@dataclass(frozen=True)
class ReadDay:
    """The time of a UTC day's last full read, and how many of its rows could not be read."""

    read_at: Millis
    unreadable: int


async def between(tx: Transaction, creator: CreatorId, *, since: Millis, until: Millis) -> list[LedgerRow]:
    """Rows that Fanvue lists of a time; `until` is outside."""
    rows = await tx.all(
        """SELECT * FROM earnings WHERE creator_uuid = :creator AND at >= :since AND at < :until
             AND gone_at IS NULL ORDER BY at, row_key""",
        creator=creator,
        since=since,
        until=until,
    )
    return [line_of(row) for row in rows]


async def unequal_refunds(
    tx: Transaction, creator: CreatorId, *, since: Millis, until: Millis
) -> list[tuple[LedgerRow, Cents]]:
    """Refunds of a time that are not the gross of the payment that they take back, and that gross."""
    rows = await tx.all(
        """SELECT back.*, paid.gross AS paid FROM earnings AS back
           JOIN earnings AS paid ON paid.creator_uuid = back.creator_uuid AND paid.order_id = back.reverses
                AND paid.gone_at IS NULL AND paid.gross >= 0
           WHERE back.creator_uuid = :creator AND back.at >= :since AND back.at < :until
             AND back.gone_at IS NULL AND back.source = 'refund' AND back.gross <> -paid.gross
             AND COALESCE(back.currency, '') = COALESCE(paid.currency, '')
           ORDER BY back.at, back.row_key""",
        creator=creator,
        since=since,
        until=until,
    )
    return [(line_of(row), row["paid"]) for row in rows]


async def gone_between(
    tx: Transaction, creator: CreatorId, *, since: Millis, until: Millis, gone_since: Millis
) -> list[LedgerRow]:
    """Rows that Fanvue listed of a time once, and lists no more since then."""
    rows = await tx.all(
        """SELECT * FROM earnings WHERE creator_uuid = :creator AND at >= :since AND at < :until
             AND gone_at >= :gone_since ORDER BY at, row_key""",
        creator=creator,
        since=since,
        until=until,
        gone_since=gone_since,
    )
    return [line_of(row) for row in rows]


async def alone_between(
    tx: Transaction, creator: CreatorId, *, since: Millis, until: Millis
) -> list[LedgerRow]:
    """Rows that Fanvue lists of a time and no live event was found for."""
    rows = await tx.all(
        """SELECT * FROM earnings WHERE creator_uuid = :creator AND at >= :since AND at < :until
             AND gone_at IS NULL
             AND NOT EXISTS (SELECT 1 FROM earnings_told AS told
                             WHERE told.creator_uuid = :creator AND told.row_key = earnings.row_key)
           ORDER BY at, row_key""",
        creator=creator,
        since=since,
        until=until,
    )
    return [line_of(row) for row in rows]


async def put(tx: Transaction, creator: CreatorId, line: LedgerRow) -> None:
    """Keep a row; one that was known gets what may change: net and status. Whose it is stays as it was."""
    await tx.execute(
        """INSERT INTO earnings (creator_uuid, row_key, at, source, gross, net, currency, order_id, reverses,
                                 fan, message_uuid, post_uuid, status)
           VALUES (:creator, :key, :at, :source, :gross, :net, :currency, :order, :reverses, :fan, :message,
                   :post, :status)
           ON CONFLICT (creator_uuid, row_key) DO UPDATE SET gone_at = NULL,
               net = COALESCE(excluded.net, earnings.net),
               status = COALESCE(excluded.status, earnings.status)""",
        creator=creator,
        **vars(line),
    )


async def lose(tx: Transaction, creator: CreatorId, keys: Collection[str], *, now: Millis) -> None:
    """Fanvue lists these no more: they count nowhere, and no live event is one of them."""
    for key in keys:
        await tx.execute(
            "UPDATE earnings SET gone_at = :now WHERE creator_uuid = :creator AND row_key = :key",
            creator=creator,
            key=key,
            now=now,
        )
        await tx.execute(
            "UPDATE earnings_told SET row_key = NULL WHERE creator_uuid = :creator AND row_key = :key",
            creator=creator,
            key=key,
        )


# ── which days were read ──


async def reads(tx: Transaction, creator: CreatorId, *, first: int, last: int) -> Mapping[int, ReadDay]:
    """Those of these days of UTC (since 1970, both inside) that were ever read."""
    rows = await tx.all(
        """SELECT day, read_at, unreadable FROM earnings_reads
           WHERE creator_uuid = :creator AND day BETWEEN :first AND :last ORDER BY day""",
        creator=creator,
        first=first,
        last=last,
    )
    return {row["day"]: record_of(ReadDay, row) for row in rows}


async def have_read(
    tx: Transaction, creator: CreatorId, days: Sequence[int], *, at: Millis, unreadable: int
) -> None:
    """These days were read to their end by a reading that began then."""
    for day in days:
        await tx.execute(
            """INSERT INTO earnings_reads (creator_uuid, day, read_at, unreadable)
               VALUES (:creator, :day, :at, :unreadable)
               ON CONFLICT (creator_uuid, day) DO UPDATE SET read_at = excluded.read_at,
                                                             unreadable = excluded.unreadable""",
            creator=creator,
            day=day,
            at=at,
            unreadable=unreadable,
        )


async def forget_reads(tx: Transaction, creator: CreatorId) -> None:
    """Let every day be read again; the rows stay until then."""
    await tx.execute("DELETE FROM earnings_reads WHERE creator_uuid = :creator", creator=creator)


def line_of(row: Row) -> LedgerRow:
    """A row of the table as a line."""
    return record_of(LedgerRow, row, key=row["row_key"])
