"""What still waits to be carried out for a creator: how many, and since when."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, Millis


@dataclass(frozen=True)
class Queue:
    """So many effects on one network; `oldest`: when the first of them was decided, None without any."""

    number: int
    oldest: Millis | None


async def waiting(tx: Transaction, creator: CreatorId, network: str) -> Queue:
    """What has no end yet. A line that is hidden by a filter holds nobody up, and a board is no message."""
    row = await tx.one(
        """SELECT COUNT(*) AS number, MIN(created_at) AS oldest FROM outbox
           WHERE creator_uuid = :creator AND network = :network
             AND state IN ('pending', 'sending', 'unknown') AND kind NOT IN ('line.blocked', 'board')""",
        creator=creator,
        network=network,
    )
    return Queue(row["number"], row["oldest"]) if row else Queue(0, None)
