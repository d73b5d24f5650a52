"""The Discord thread of each fan, before and after Discord knows it."""

from storage.database import FrequentStatement, Row, Transaction
from storage.records import CreatorId, DiscordId, FanId, FanThread, Forum, ThreadKey
from storage.rows import record_of

_CURRENT = FrequentStatement(
    """SELECT * FROM threads WHERE creator_uuid = :creator AND fan_uuid = :fan
       ORDER BY generation DESC LIMIT 1"""
)


async def current(tx: Transaction, creator: CreatorId, fan: FanId) -> FanThread | None:
    """A fan's thread of the highest generation, in any state."""
    row = await tx.one(
        _CURRENT,
        creator=creator,
        fan=fan,
    )
    return thread_of(row) if row else None


async def want(tx: Transaction, thread: FanThread) -> bool:
    """Keep a thread that is to be opened; False when this generation is there already."""
    kept = await tx.execute(
        """
        INSERT INTO threads (thread_key, creator_uuid, fan_uuid, generation, guild_id, forum_id, thread_id,
                             card_id, reference, state)
        VALUES (:key, :creator, :fan, :generation, :guild, :forum, :thread, :card, :reference, :state)
        ON CONFLICT (creator_uuid, fan_uuid, generation) DO NOTHING
        """,
        **vars(thread),
    )
    return kept == 1


async def by_key(tx: Transaction, key: ThreadKey) -> FanThread | None:
    """One thread by our key."""
    row = await tx.one("SELECT * FROM threads WHERE thread_key = :key", key=key)
    return thread_of(row) if row else None


async def by_discord(tx: Transaction, thread: DiscordId) -> FanThread | None:
    """One thread by Discord's id."""
    row = await tx.one("SELECT * FROM threads WHERE thread_id = :thread", thread=thread)
    return thread_of(row) if row else None


async def aim(tx: Transaction, key: ThreadKey, forum: Forum) -> None:
    """Remember in which forum a wanted thread is tried next."""
    await tx.execute(
        """UPDATE threads SET forum_id = :forum, guild_id = :guild
           WHERE thread_key = :key AND state = 'wanted'""",
        key=key,
        forum=forum.id,
        guild=forum.guild,
    )


async def opened(tx: Transaction, key: ThreadKey, *, thread: DiscordId, card: DiscordId) -> None:
    """Remember which forum post a thread became."""
    await tx.execute(
        "UPDATE threads SET state = 'open', thread_id = :thread, card_id = :card WHERE thread_key = :key",
        key=key,
        thread=thread,
        card=card,
    )


async def move(tx: Transaction, creator: CreatorId, left: DiscordId, forum: Forum) -> None:
    """The creator has left a server and lives elsewhere: threads there are gone, wanted ones open here."""
    await tx.execute(
        """UPDATE threads SET state = 'gone'
           WHERE creator_uuid = :creator AND guild_id = :left AND state = 'open'""",
        creator=creator,
        left=left,
    )
    await tx.execute(
        """UPDATE threads SET forum_id = :forum, guild_id = :guild
           WHERE creator_uuid = :creator AND guild_id = :left AND state = 'wanted'""",
        creator=creator,
        left=left,
        forum=forum.id,
        guild=forum.guild,
    )


async def gone(tx: Transaction, key: ThreadKey) -> None:
    """Remember that Discord has a thread no more; its id stays, so that old links still name the fan."""
    await tx.execute("UPDATE threads SET state = 'gone' WHERE thread_key = :key", key=key)


def thread_of(row: Row) -> FanThread:
    """The record of one row."""
    return record_of(FanThread, row, key=row["thread_key"])
