"""A fan's payments, less money that went back: one answer for all who ask.

The rows that Fanvue lists, and the live events that no row may be. Such an event counts until it should be
listed, and for longer where its day was never read: of a creator whose list may not be read there is nothing
else.
"""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import Cents, CreatorId, Millis, Pseudonym
from storage.rows import record_of

PENDING: Millis = 2 * 86_400_000  # how long Fanvue may take to list what it told live
_APART: Millis = 600_000
_DAY: Millis = 86_400_000
# Fanvue's documents say that every amount is in US cents; what names another currency is in no sum of these.
_DOLLARS = "COALESCE(UPPER({0}.currency), 'USD') = 'USD'"
_MAY_BE_LISTED = f"""EXISTS (SELECT 1 FROM earnings AS other WHERE other.creator_uuid = told.creator_uuid
    AND other.at BETWEEN told.at - {_APART} AND told.at + {_APART} AND other.fan = told.fan
    AND other.source = told.source AND other.gross = told.gross AND other.gone_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM earnings_told AS taken WHERE taken.creator_uuid = other.creator_uuid
                    AND taken.row_key = other.row_key))"""  # noqa: S608 - constants


def _paid(columns: str, where: str, currency: str = _DOLLARS) -> str:
    """Every payment and all money that went back, once, with these columns; `where`: about `line`."""
    return f"""(SELECT {columns.format("line")} FROM earnings AS line
        WHERE line.creator_uuid = :creator AND line.gone_at IS NULL AND {where.format("line")}
          AND {currency.format("line")}
        UNION ALL
        SELECT {columns.format("told")} FROM earnings_told AS told
        WHERE told.creator_uuid = :creator AND told.row_key IS NULL AND {where.format("told")}
          AND {currency.format("told")} AND NOT {_MAY_BE_LISTED}
          AND (told.at > :pending OR NOT EXISTS (
              SELECT 1 FROM earnings_reads AS days
              WHERE days.creator_uuid = told.creator_uuid AND days.day = told.at / {_DAY}))) AS paid"""  # noqa: S608 - constants


_OF_ONE = _paid("{0}.source, {0}.gross, {0}.at", "{0}.fan = :fan")
_EACH = _paid("{0}.source, {0}.gross, {0}.currency, {0}.at", "{0}.fan = :fan", currency="1 = 1")
_OF_ALL = _paid("{0}.fan, {0}.gross", "{0}.fan IS NOT NULL AND {0}.at >= :since")


@dataclass(frozen=True)
class FanSpending:
    """Income from one source, as far as anybody told."""

    source: str
    gross: Cents
    count: int
    untold: int  # so many of them came without an amount
    last: Millis


@dataclass(frozen=True)
class FanPayment:
    """One payment, or money that went back."""

    source: str
    gross: Cents | None  # None: nobody told; below zero: it went back
    currency: str | None  # None: US dollars
    at: Millis


async def of(tx: Transaction, creator: CreatorId, fan: Pseudonym, *, now: Millis) -> Cents:
    """All that a fan paid."""
    row = await tx.one(
        f"SELECT COALESCE(SUM(gross), 0) AS cents FROM {_OF_ONE}",  # noqa: S608 - a constant
        creator=creator,
        fan=fan,
        pending=now - PENDING,
    )
    assert row is not None, "a sum has a row"
    return int(row["cents"])


async def by_source(tx: Transaction, creator: CreatorId, fan: Pseudonym, *, now: Millis) -> list[FanSpending]:
    """The same by source, the most first; money that went back is its own source, below zero."""
    rows = await tx.all(
        f"""SELECT source, SUM(COALESCE(gross, 0)) AS cents, COUNT(*) AS number,
                   SUM(CASE WHEN gross IS NULL THEN 1 ELSE 0 END) AS untold, MAX(at) AS last
            FROM {_OF_ONE} GROUP BY source ORDER BY cents DESC, source""",  # noqa: S608 - a constant
        creator=creator,
        fan=fan,
        pending=now - PENDING,
    )
    return [record_of(FanSpending, row, gross=int(row["cents"]), count=int(row["number"])) for row in rows]


async def newest(
    tx: Transaction, creator: CreatorId, fan: Pseudonym, *, now: Millis, limit: int
) -> list[FanPayment]:
    """The newest of it one by one, newest first, in whatever currency."""
    rows = await tx.all(
        f"SELECT * FROM {_EACH} ORDER BY at DESC, source, gross LIMIT :limit",  # noqa: S608 - a constant
        creator=creator,
        fan=fan,
        pending=now - PENDING,
        limit=limit,
    )
    return [record_of(FanPayment, row) for row in rows]


async def of_fans(
    tx: Transaction, creator: CreatorId, *, since: Millis, least: Cents, now: Millis
) -> dict[Pseudonym, Cents]:
    """The payments of fans since then, of those with at least so much."""
    rows = await tx.all(
        f"""SELECT fan, SUM(COALESCE(gross, 0)) AS cents FROM {_OF_ALL}
            GROUP BY fan HAVING SUM(COALESCE(gross, 0)) >= :least""",  # noqa: S608 - a constant
        creator=creator,
        since=since,
        least=least,
        pending=now - PENDING,
    )
    return {Pseudonym(row["fan"]): int(row["cents"]) for row in rows}


async def known_since(tx: Transaction, creator: CreatorId) -> Millis | None:
    """The time of the oldest of it; None: nothing is known."""
    row = await tx.one(
        """SELECT MIN(at) AS at FROM (
               SELECT MIN(at) AS at FROM earnings WHERE creator_uuid = :creator
               UNION ALL SELECT MIN(at) AS at FROM earnings_told WHERE creator_uuid = :creator) AS first""",
        creator=creator,
    )
    return row["at"] if row else None
