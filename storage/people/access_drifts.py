"""The last look at who reads a creator's channels, and the report of it."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class Drift:
    """`shows`: a hash of what the last report said; `roles`: of what was told of roles. "": nothing was."""

    looked_at: Millis
    shows: str
    roles: str = ""


async def get(tx: Transaction, creator: CreatorId) -> Drift | None:
    """The last look; None before the first one."""
    row = await tx.one(
        "SELECT looked_at, shows, roles FROM drifts WHERE creator_uuid = :creator", creator=creator
    )
    return record_of(Drift, row) if row else None


async def keep(tx: Transaction, creator: CreatorId, drift: Drift) -> None:
    """Remember a look in the place of the one before."""
    await tx.execute(
        """INSERT INTO drifts (creator_uuid, looked_at, shows, roles)
           VALUES (:creator, :at, :shows, :roles)
           ON CONFLICT (creator_uuid) DO UPDATE SET looked_at = excluded.looked_at,
                                                    shows = excluded.shows, roles = excluded.roles""",
        creator=creator,
        at=drift.looked_at,
        shows=drift.shows,
        roles=drift.roles,
    )
