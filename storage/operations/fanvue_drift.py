"""New things in Fanvue's answers, each kept once and for good."""

from collections.abc import Mapping
from dataclasses import dataclass

from storage.database import Transaction
from storage.records import Millis
from storage.rows import record_of

MOST = 500  # an answer that is new each time must not fill the disk


@dataclass(frozen=True)
class FanvueDrift:
    """One new thing: names of fields and Fanvue's own words. `contract`: the version of the API."""

    operation: str
    kind: str  # shape, row, field or word
    what: str
    seen_at: Millis  # for the first time
    contract: str

    @property
    def key(self) -> tuple[str, str, str]:
        """The thing itself, whenever it came."""
        return self.operation, self.kind, self.what


async def add(tx: Transaction, new: FanvueDrift) -> bool:
    """Keep it; False where it is kept already, or where there is no room.

    Processes that add at the same moment see each other's only afterwards: a few more than MOST may stay.
    """
    added = await tx.execute(
        """INSERT INTO fanvue_drift (operation, kind, what, seen_at, contract)
           SELECT :operation, :kind, :what, :seen_at, :contract
           WHERE (SELECT COUNT(*) FROM fanvue_drift) < :most
           ON CONFLICT (operation, kind, what) DO NOTHING""",
        **vars(new),
        most=MOST,
    )
    return added == 1


async def every(tx: Transaction) -> list[FanvueDrift]:
    """All that came, the newest first."""
    rows = await tx.all("SELECT * FROM fanvue_drift ORDER BY seen_at DESC, operation, kind, what")
    return [record_of(FanvueDrift, row) for row in rows]


async def totals(tx: Transaction) -> Mapping[tuple[str, str], int]:
    """The count of them for each operation and kind."""
    rows = await tx.all(
        """SELECT operation, kind, COUNT(*) AS number FROM fanvue_drift
           GROUP BY operation, kind ORDER BY operation, kind"""
    )
    return {(row["operation"], row["kind"]): row["number"] for row in rows}


async def between(tx: Transaction, since: Millis, until: Millis) -> int:
    """The count of those that came from one moment up to another."""
    row = await tx.one(
        "SELECT COUNT(*) AS number FROM fanvue_drift WHERE seen_at >= :since AND seen_at < :until",
        since=since,
        until=until,
    )
    return int(row["number"]) if row else 0
