"""The forum channels in which a creator's fans live, one or more on each server."""

from storage.database import FrequentStatement, Row, Transaction, Value
from storage.engine import signed_rights
from storage.engine.signed_rights import FORUMS
from storage.records import CreatorId, DiscordId, Forum, Millis
from storage.rows import record_of

_OF_CREATOR = FrequentStatement(
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
    known = await signed_rights.one(tx, FORUMS, _ONE, forum=forum.id)
    row: dict[str, Value] = {
        "forum_id": forum.id,
        "guild_id": forum.guild if known is None else known["guild_id"],
        "category_id": forum.category,
        "alerts_id": forum.alerts,
        "creator_uuid": forum.creator if known is None else known["creator_uuid"] or forum.creator,
        "tags": forum.tags,
        "name": forum.name or ("" if known is None else known["name"]),
        "unready": 0 if known is None else known["unready"],
        "created_at": now if known is None else known["created_at"],
    }
    await signed_rights.put(tx, FORUMS, row)


async def get(tx: Transaction, forum: DiscordId) -> Forum | None:
    """One forum by Discord's id."""
    row = await signed_rights.one(tx, FORUMS, _ONE, forum=forum)
    return forum_of(row) if row else None


async def of_creator(tx: Transaction, creator: CreatorId) -> Forum | None:
    """A creator's newest forum; one on a server that they have left only where there is no other."""
    row = await signed_rights.one(tx, FORUMS, _OF_CREATOR, creator=creator)
    return forum_of(row) if row else None


async def waiting(tx: Transaction, guild: DiscordId) -> list[Forum]:
    """A server's forums that no creator has yet, in no order that says for whom one is."""
    rows = await signed_rights.every(
        tx,
        FORUMS,
        "SELECT * FROM forums WHERE guild_id = :guild AND creator_uuid IS NULL ORDER BY forum_id",
        guild=guild,
    )
    return [forum_of(row) for row in rows]


async def bind(tx: Transaction, forum: DiscordId, creator: CreatorId) -> bool:
    """Give a waiting forum to a creator; False when it is not waiting."""
    where = "forum_id = :forum AND creator_uuid IS NULL"
    return await signed_rights.change(tx, FORUMS, where, {"creator_uuid": creator}, forum=forum) == 1


async def guilds_of(tx: Transaction, creator: CreatorId) -> list[DiscordId]:
    """Every server on which a creator has a forum."""
    rows = await signed_rights.every(
        tx, FORUMS, "SELECT * FROM forums WHERE creator_uuid = :creator ORDER BY guild_id", creator=creator
    )
    return list(dict.fromkeys(DiscordId(row["guild_id"]) for row in rows))


async def hold(tx: Transaction, forum: DiscordId) -> None:
    """Show nothing of its creator until everybody not let in by its owner was taken out of it."""
    await signed_rights.change(tx, FORUMS, "forum_id = :forum", {"unready": 1}, forum=forum)


async def ready(tx: Transaction, creator: CreatorId, guild: DiscordId) -> bool:
    """That was done; False when nothing waited for it."""
    where = "creator_uuid = :creator AND guild_id = :guild AND unready = 1"
    return await signed_rights.change(tx, FORUMS, where, {"unready": 0}, creator=creator, guild=guild) > 0


async def held(tx: Transaction, creator: CreatorId) -> bool:
    """Whether a creator waits for that."""
    row = await tx.one(
        "SELECT 1 AS found FROM forums WHERE creator_uuid = :creator AND unready = 1 LIMIT 1", creator=creator
    )
    return row is not None


async def of_guild(tx: Transaction, guild: DiscordId) -> list[Forum]:
    """Every forum of a server, oldest first."""
    sql = "SELECT * FROM forums WHERE guild_id = :guild ORDER BY created_at, forum_id"
    rows = await signed_rights.every(tx, FORUMS, sql, guild=guild)
    return [forum_of(row) for row in rows]


async def every(tx: Transaction) -> list[Forum]:
    """The forums of all servers, server by server, oldest first."""
    rows = await signed_rights.every(
        tx, FORUMS, "SELECT * FROM forums ORDER BY guild_id, created_at, forum_id"
    )
    return [forum_of(row) for row in rows]


async def remove(tx: Transaction, forum: DiscordId) -> None:
    """Forget a forum that is no longer there."""
    await tx.execute("DELETE FROM forums WHERE forum_id = :forum", forum=forum)


def forum_of(row: Row) -> Forum:
    """The record of one row."""
    return record_of(Forum, row, id=row["forum_id"])
