"""When it was last looked who reads a creator's channels, and what was told of it."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, Millis


@dataclass(frozen=True)
class Drift:
    """`shows`: a hash of what the last report said; "" before the first one."""

    looked_at: Millis
    shows: str


async def get(tx: Transaction, creator: CreatorId) -> Drift | None:
    """The last look; None before the first one."""
    row = await tx.one("SELECT looked_at, shows FROM drifts WHERE creator_uuid = :creator", creator=creator)
    return Drift(row["looked_at"], row["shows"]) if row else None


async def keep(tx: Transaction, creator: CreatorId, drift: Drift) -> None:
    """Remember a look in the place of the one before."""
    await tx.execute(
        """INSERT INTO drifts (creator_uuid, looked_at, shows) VALUES (:creator, :at, :shows)
           ON CONFLICT (creator_uuid) DO UPDATE SET looked_at = excluded.looked_at, shows = excluded.shows""",
        creator=creator,
        at=drift.looked_at,
        shows=drift.shows,
    )
