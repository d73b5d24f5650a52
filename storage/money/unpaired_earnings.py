"""Rows of the ledger that may be what a live event told and nobody paired yet."""

from storage.database import Transaction
from storage.money.earnings import LedgerRow, line_of
from storage.records import CreatorId, Millis

# Driven by the events, of which few are alone: years hold a million rows.
_ALONE = """line.gone_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM earnings_told AS other
                    WHERE other.creator_uuid = line.creator_uuid AND other.row_key = line.row_key)"""
_TOLD = """told.creator_uuid = :creator AND told.at >= :since AND told.at < :until AND told.row_key IS NULL"""


async def near(
    tx: Transaction, creator: CreatorId, *, since: Millis, until: Millis, apart: Millis
) -> list[LedgerRow]:
    """Rows without an event that lie near one told in this time without a row, or share an id with it."""
    rows = await tx.all(
        f"""SELECT line.* FROM earnings_told AS told
              JOIN earnings AS line ON line.creator_uuid = told.creator_uuid
                AND line.at BETWEEN told.at - :apart AND told.at + :apart AND line.source = told.source
            WHERE {_TOLD} AND {_ALONE}
            UNION
            SELECT line.* FROM earnings_told AS told
              JOIN earnings AS line ON line.creator_uuid = told.creator_uuid
                AND line.order_id = told.payment_id
            WHERE {_TOLD} AND {_ALONE}
            UNION
            SELECT line.* FROM earnings_told AS told
              JOIN earnings AS line ON line.creator_uuid = told.creator_uuid
                AND line.reverses = told.payment_id
            WHERE {_TOLD} AND {_ALONE}
            ORDER BY at, row_key""",  # noqa: S608 - constants
        creator=creator,
        since=since,
        until=until,
        apart=apart,
    )
    return [line_of(row) for row in rows]
