"""Above how many recipients a creator's mass message takes more than a press."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Millis

TYPED_ABOVE = 500  # unless somebody chose


@dataclass(frozen=True)
class MassLimits:
    """None: without a limit, so that a press is enough."""

    typed_above: int | None = TYPED_ABOVE


async def get(tx: Transaction, creator: CreatorId) -> MassLimits:
    """What holds for a creator."""
    row = await tx.one("SELECT typed_above FROM mass_limits WHERE creator_uuid = :creator", creator=creator)
    return MassLimits(row["typed_above"]) if row else MassLimits()


async def put(tx: Transaction, creator: CreatorId, limits: MassLimits, *, by: DiscordId, now: Millis) -> None:
    """Let this hold from now on."""
    await tx.execute("DELETE FROM mass_limits WHERE creator_uuid = :creator", creator=creator)
    await tx.execute(
        """INSERT INTO mass_limits (creator_uuid, typed_above, changed_by, changed_at)
           VALUES (:creator, :typed, :by, :now)""",
        creator=creator,
        typed=limits.typed_above,
        by=by,
        now=now,
    )
