"""The prices that each role may charge for a reply, by creator and server."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import Cents, CreatorId, DiscordId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class RolePriceLimits:
    """Whole cents; None: no limit. What is usual forbids nothing."""

    floor: Cents | None = None
    ceiling: Cents | None = None
    usual_from: Cents | None = None
    usual_to: Cents | None = None


async def of_server(tx: Transaction, creator: CreatorId, guild: DiscordId) -> dict[str, RolePriceLimits]:
    """Limits by the name of the role; a role without any is not in it."""
    rows = await tx.all(
        "SELECT * FROM price_limits WHERE creator_uuid = :creator AND guild_id = :guild ORDER BY role",
        creator=creator,
        guild=guild,
    )
    return {row["role"]: record_of(RolePriceLimits, row) for row in rows}


async def put(  # noqa: PLR0913 - the parts of the key, what it says, who and when
    tx: Transaction,
    creator: CreatorId,
    guild: DiscordId,
    role: str,
    limits: RolePriceLimits,
    *,
    new: str,
    by: DiscordId,
    now: Millis,
) -> None:
    """Let this hold for the role in place of what held. `new`: the id of a row that is not there yet."""
    if limits == RolePriceLimits():
        await tx.execute(
            "DELETE FROM price_limits WHERE creator_uuid = :creator AND guild_id = :guild AND role = :role",
            creator=creator,
            guild=guild,
            role=role,
        )
        return
    await tx.execute(
        """INSERT INTO price_limits (id, creator_uuid, guild_id, role, floor, ceiling, usual_from, usual_to,
                                     changed_by, changed_at)
           VALUES (:new, :creator, :guild, :role, :floor, :ceiling, :usual_from, :usual_to, :by, :now)
           ON CONFLICT (creator_uuid, guild_id, role) DO UPDATE SET floor = excluded.floor,
               ceiling = excluded.ceiling, usual_from = excluded.usual_from, usual_to = excluded.usual_to,
               changed_by = excluded.changed_by, changed_at = excluded.changed_at""",
        new=new,
        creator=creator,
        guild=guild,
        role=role,
        **vars(limits),
        by=by,
        now=now,
    )
