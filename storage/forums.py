"""The forum channels in which a creator's fans live, one or more on each server."""

from storage.database import Often, Row, Transaction
from storage.records import CreatorId, DiscordId, Forum, Millis

_OF_CREATOR = Often(
    """SELECT * FROM forums WHERE creator_uuid = :creator
       ORDER BY CASE WHEN EXISTS (SELECT 1 FROM consents
                                  WHERE consents.creator_uuid = forums.creator_uuid
                                    AND consents.guild_id = forums.guild_id
                                    AND consents.withdrawn_at IS NOT NULL) THEN 1 ELSE 0 END,
                created_at DESC, forum_id DESC LIMIT 1"""
)


async def add(tx: Transaction, forum: Forum, now: Millis) -> None:
    """Keep a forum, or renew what is known of one that is there; it never loses its creator."""
    await tx.execute(
        """
        INSERT INTO forums (forum_id, guild_id, category_id, alerts_id, creator_uuid, tags, name, created_at)
        VALUES (:forum, :guild, :category, :alerts, :creator, :tags, :name, :now)
        ON CONFLICT (forum_id) DO UPDATE SET
            category_id = excluded.category_id,
            alerts_id = excluded.alerts_id,
            creator_uuid = COALESCE(forums.creator_uuid, excluded.creator_uuid),
            tags = excluded.tags,
            name = CASE WHEN excluded.name = '' THEN forums.name ELSE excluded.name END
        """,
        forum=forum.id,
        guild=forum.guild,
        category=forum.category,
        alerts=forum.alerts,
        creator=forum.creator,
        tags=forum.tags,
        name=forum.name,
        now=now,
    )


async def get(tx: Transaction, forum: DiscordId) -> Forum | None:
    """One forum by Discord's id."""
    row = await tx.one("SELECT * FROM forums WHERE forum_id = :forum", forum=forum)
    return forum_of(row) if row else None


async def of_creator(tx: Transaction, creator: CreatorId) -> Forum | None:
    """A creator's newest forum; one on a server that they have left only where there is no other."""
    row = await tx.one(_OF_CREATOR, creator=creator)
    return forum_of(row) if row else None


async def waiting(tx: Transaction, guild: DiscordId) -> list[Forum]:
    """A server's forums that no creator has yet, in no order that says for whom one is."""
    rows = await tx.all(
        "SELECT * FROM forums WHERE guild_id = :guild AND creator_uuid IS NULL ORDER BY forum_id", guild=guild
    )
    return [forum_of(row) for row in rows]


async def bind(tx: Transaction, forum: DiscordId, creator: CreatorId) -> bool:
    """Give a waiting forum to a creator; False when it is not waiting."""
    changed = await tx.execute(
        "UPDATE forums SET creator_uuid = :creator WHERE forum_id = :forum AND creator_uuid IS NULL",
        forum=forum,
        creator=creator,
    )
    return changed == 1


async def guilds_of(tx: Transaction, creator: CreatorId) -> list[DiscordId]:
    """Every server on which a creator has a forum."""
    rows = await tx.all(
        "SELECT DISTINCT guild_id FROM forums WHERE creator_uuid = :creator ORDER BY guild_id",
        creator=creator,
    )
    return [DiscordId(row["guild_id"]) for row in rows]


async def hold(tx: Transaction, forum: DiscordId) -> None:
    """Have nothing shown of its creator until whoever its owner did not let in was taken out of it."""
    await tx.execute("UPDATE forums SET unready = 1 WHERE forum_id = :forum", forum=forum)


async def ready(tx: Transaction, creator: CreatorId, guild: DiscordId) -> bool:
    """That was done; False when nothing waited for it."""
    changed = await tx.execute(
        "UPDATE forums SET unready = 0 WHERE creator_uuid = :creator AND guild_id = :guild AND unready = 1",
        creator=creator,
        guild=guild,
    )
    return changed > 0


async def held(tx: Transaction, creator: CreatorId) -> bool:
    """Whether a creator waits for that."""
    row = await tx.one(
        "SELECT 1 AS found FROM forums WHERE creator_uuid = :creator AND unready = 1 LIMIT 1", creator=creator
    )
    return row is not None


async def of_guild(tx: Transaction, guild: DiscordId) -> list[Forum]:
    """Every forum of a server, oldest first."""
    rows = await tx.all(
        "SELECT * FROM forums WHERE guild_id = :guild ORDER BY created_at, forum_id", guild=guild
    )
    return [forum_of(row) for row in rows]


async def every(tx: Transaction) -> list[Forum]:
    """The forums of all servers, server by server, oldest first."""
    rows = await tx.all("SELECT * FROM forums ORDER BY guild_id, created_at, forum_id")
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
        name=row["name"],
    )
