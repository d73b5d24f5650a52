"""Forums that hold as many fans as one should, and how many a creator has."""

from storage.database import Transaction
from storage.records import CreatorId, DiscordId

MORE = "forum.more"  # the kind of the effect that makes another forum


FULL = """SELECT f.forum_id FROM forums f
    WHERE f.creator_uuid IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM forums n WHERE n.creator_uuid = f.creator_uuid
           AND (n.created_at > f.created_at OR (n.created_at = f.created_at AND n.forum_id > f.forum_id)))
      AND (SELECT COUNT(*) FROM threads t WHERE t.forum_id = f.forum_id AND t.state <> 'gone') >= :most
    ORDER BY f.forum_id"""


async def full(tx: Transaction, *, most: int) -> list[DiscordId]:
    """The forums with so many fans, or more, into which their creator's new fans would come."""
    return [DiscordId(row["forum_id"]) for row in await tx.all(FULL, most=most)]


async def number(tx: Transaction, creator: CreatorId, guild: DiscordId) -> int:
    """Count a creator's forums on a server."""
    row = await tx.one(
        "SELECT COUNT(*) AS number FROM forums WHERE creator_uuid = :creator AND guild_id = :guild",
        creator=creator,
        guild=guild,
    )
    return int(row["number"]) if row else 0


async def ended_before(tx: Transaction, cause: str) -> int:
    """Count those wanted for this cause that are over: the forums may have been deleted since."""
    row = await tx.one(
        f"""SELECT COUNT(*) AS number FROM outbox
            WHERE cause = :cause AND kind = '{MORE}' AND state IN ('done', 'cancelled')""",  # noqa: S608 - a constant
        cause=cause,
    )
    return int(row["number"]) if row else 0
