"""The forum channels in which a creator's fans live, one or more on each server."""

from storage import rights
from storage.database import Often, Row, Transaction, Value
from storage.records import CreatorId, DiscordId, Forum, Millis
from storage.rights import FORUMS, LINKS

_OF_CREATOR = Often(
    """SELECT * FROM forums WHERE creator_uuid = :creator
       ORDER BY CASE WHEN EXISTS (SELECT 1 FROM consents
                                  WHERE consents.creator_uuid = forums.creator_uuid
                                    AND consents.guild_id = forums.guild_id
                                    AND consents.withdrawn_at IS NOT NULL) THEN 1 ELSE 0 END,
                created_at DESC, forum_id DESC"""
)
_ONE = "SELECT * FROM forums WHERE forum_id = :forum"


async def add(tx: Transaction, forum: Forum, now: Millis) -> None:
    """Keep a forum, or renew what is known of one that is there; it never loses its creator."""
    known = await rights.one(tx, FORUMS, _ONE, forum=forum.id)
    row: dict[str, Value] = {
        "forum_id": forum.id,
        "guild_id": forum.guild if known is None else known["guild_id"],
        "category_id": forum.category,
        "alerts_id": forum.alerts,
        "creator_uuid": forum.creator if known is None else known["creator_uuid"] or forum.creator,
        "tags": forum.tags,
        "created_at": now if known is None else known["created_at"],
    }
    await rights.put(tx, FORUMS, row)


async def get(tx: Transaction, forum: DiscordId) -> Forum | None:
    """One forum by Discord's id."""
    row = await rights.one(tx, FORUMS, _ONE, forum=forum)
    return forum_of(row) if row else None


async def of_creator(tx: Transaction, creator: CreatorId) -> Forum | None:
    """A creator's newest forum; one on a server that they have left only where there is no other."""
    row = await rights.one(tx, FORUMS, _OF_CREATOR, creator=creator)
    return forum_of(row) if row else None


async def waiting(tx: Transaction, guild: DiscordId) -> Forum | None:
    """A server's oldest forum that no creator has yet."""
    row = await rights.one(
        tx,
        FORUMS,
        """SELECT * FROM forums WHERE guild_id = :guild AND creator_uuid IS NULL
           ORDER BY created_at, forum_id""",
        guild=guild,
    )
    return forum_of(row) if row else None


async def bind(tx: Transaction, forum: DiscordId, creator: CreatorId) -> bool:
    """Give a waiting forum to a creator; False when it is not waiting."""
    where = "forum_id = :forum AND creator_uuid IS NULL"
    return await rights.change(tx, FORUMS, where, {"creator_uuid": creator}, forum=forum) == 1


async def of_guild(tx: Transaction, guild: DiscordId) -> list[Forum]:
    """Every forum of a server, oldest first."""
    sql = "SELECT * FROM forums WHERE guild_id = :guild ORDER BY created_at, forum_id"
    rows = await rights.every(tx, FORUMS, sql, guild=guild)
    return [forum_of(row) for row in rows]


async def every(tx: Transaction) -> list[Forum]:
    """The forums of all servers, server by server, oldest first."""
    rows = await rights.every(tx, FORUMS, "SELECT * FROM forums ORDER BY guild_id, created_at, forum_id")
    return [forum_of(row) for row in rows]


async def remove(tx: Transaction, forum: DiscordId) -> None:
    """Forget a forum that is no longer there."""
    await tx.execute("DELETE FROM forums WHERE forum_id = :forum", forum=forum)


def forum_of(row: Row) -> Forum:
    """The record of one row."""
    return Forum(
        id=DiscordId(row["forum_id"]),
        guild=DiscordId(row["guild_id"]),
        category=DiscordId(row["category_id"]),
        alerts=DiscordId(row["alerts_id"]),
        creator=CreatorId(row["creator_uuid"]) if row["creator_uuid"] is not None else None,
        tags=row["tags"],
    )


async def without_forum(tx: Transaction, guild: DiscordId) -> CreatorId | None:
    """A creator who is linked on this server and has no forum yet; the one who waits longest.

    A forum on a server that they have left counts no more.
    """
    row = await rights.one(
        tx,
        LINKS,
        """SELECT * FROM links
           WHERE guild_id = :guild AND state <> 'closed' AND kind <> 'member'
             AND NOT EXISTS (SELECT 1 FROM forums WHERE forums.creator_uuid = links.creator_uuid
                             AND NOT EXISTS (SELECT 1 FROM consents
                                             WHERE consents.creator_uuid = forums.creator_uuid
                                               AND consents.guild_id = forums.guild_id
                                               AND consents.withdrawn_at IS NOT NULL))
           ORDER BY created_at""",
        guild=guild,
    )
    return CreatorId(row["creator_uuid"]) if row else None
