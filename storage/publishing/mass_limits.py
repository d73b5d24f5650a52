"""Above how many recipients a creator's mass message takes more than a press."""

from dataclasses import asdict, dataclass

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Millis
from storage.rows import record_of

TYPED_ABOVE = HOLD_ABOVE = 500  # unless somebody chose
HOLD_SECONDS = 60
SECOND_ABOVE = 5_000


@dataclass(frozen=True)
class MassLimits:
    """Limits that hold unless somebody chose."""

    typed_above: int | None = TYPED_ABOVE  # None: nobody has to type anything
    hold_above: int = HOLD_ABOVE
    hold_seconds: int = HOLD_SECONDS  # 0: none waits
    second_above: int | None = SECOND_ABOVE  # None: one person is enough


async def get(tx: Transaction, creator: CreatorId) -> MassLimits:
    """A creator's limits."""
    row = await tx.one(
        """SELECT typed_above, hold_above, hold_seconds, second_above FROM mass_limits
           WHERE creator_uuid = :creator""",
        creator=creator,
    )
    if row is None:
        return MassLimits()
    return record_of(MassLimits, row)


async def put(tx: Transaction, creator: CreatorId, limits: MassLimits, *, by: DiscordId, now: Millis) -> None:
    """Let this hold from now on."""
    await tx.execute("DELETE FROM mass_limits WHERE creator_uuid = :creator", creator=creator)
    await tx.execute(
        """INSERT INTO mass_limits (creator_uuid, typed_above, hold_above, hold_seconds, second_above,
                                    changed_by, changed_at)
           VALUES (:creator, :typed_above, :hold_above, :hold_seconds, :second_above, :by, :now)""",
        creator=creator,
        by=by,
        now=now,
        **asdict(limits),
    )
