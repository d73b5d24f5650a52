"""Followed posts: whose, and where each one's thread is."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Forum, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class FollowedCreator:
    """A creator whose posts are followed. `look_at`: when Fanvue's list is read next."""

    creator: CreatorId
    since: Millis
    look_at: Millis


@dataclass(frozen=True)
class FollowedPost:
    """One followed post. `state`: wanted, open, over. `comments`: how many there were when last read."""

    creator: CreatorId
    post: str
    state: str
    published: Millis
    since: Millis
    guild: DiscordId
    forum: DiscordId
    thread: DiscordId | None
    card: DiscordId | None
    due: Millis | None
    comments: int | None
    shows: str


# ── whose posts are followed ──


async def follow(tx: Transaction, creator: CreatorId, *, by: DiscordId, now: Millis) -> bool:
    """Follow a creator's posts from now on; False when they are followed already."""
    return (
        await tx.execute(
            """INSERT INTO post_follows (creator_uuid, by_id, since_at, look_at)
               VALUES (:creator, :by, :now, :now) ON CONFLICT DO NOTHING""",
            creator=creator,
            by=by,
            now=now,
        )
        == 1
    )


async def unfollow(tx: Transaction, creator: CreatorId) -> bool:
    """Follow them no more; False when they were not."""
    return await tx.execute("DELETE FROM post_follows WHERE creator_uuid = :creator", creator=creator) == 1


async def following(tx: Transaction, creator: CreatorId) -> FollowedCreator | None:
    """Whether a creator's posts are followed."""
    row = await tx.one("SELECT * FROM post_follows WHERE creator_uuid = :creator", creator=creator)
    return record_of(FollowedCreator, row) if row else None


async def due(tx: Transaction, *, now: Millis) -> list[FollowedCreator]:
    """Connected creators whose list is due and not wanted yet."""
    rows = await tx.all(
        """SELECT * FROM post_follows WHERE look_at <= :now
             AND EXISTS (SELECT 1 FROM links WHERE links.creator_uuid = post_follows.creator_uuid
                           AND links.state = 'active')
             AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.cause = 'posts:' || post_follows.creator_uuid
                               AND outbox.part = 'look:' || post_follows.look_at)
           ORDER BY look_at, creator_uuid""",
        now=now,
    )
    return [record_of(FollowedCreator, row) for row in rows]


async def look_again(tx: Transaction, creator: CreatorId, *, was: Millis, at: Millis) -> bool:
    """Set the next read of the list; False when another took it first, or nobody follows any more."""
    changed = await tx.execute(
        "UPDATE post_follows SET look_at = :at WHERE creator_uuid = :creator AND look_at = :was",
        creator=creator,
        was=was,
        at=at,
    )
    return changed == 1


# ── one post ──


async def get(tx: Transaction, creator: CreatorId, post: str) -> FollowedPost | None:
    row = await tx.one(
        "SELECT * FROM post_cards WHERE creator_uuid = :creator AND post_uuid = :post",
        creator=creator,
        post=post,
    )
    return record_of(FollowedPost, row) if row else None


async def add(
    tx: Transaction,
    creator: CreatorId,
    post: str,
    forum: Forum,
    *,
    published: Millis,
    shows: str,
    now: Millis,
) -> bool:
    """Follow a post whose thread is wanted in this forum; False when it is known already."""
    return (
        await tx.execute(
            """INSERT INTO post_cards (creator_uuid, post_uuid, state, published_at, since_at, guild_id,
                                       forum_id, due_at, shows)
               VALUES (:creator, :post, 'wanted', :published, :now, :guild, :forum, :now, :shows)
               ON CONFLICT DO NOTHING""",
            creator=creator,
            post=post,
            published=published,
            now=now,
            guild=forum.guild,
            forum=forum.id,
            shows=shows,
        )
        == 1
    )


async def aim(tx: Transaction, creator: CreatorId, post: str, forum: Forum) -> None:
    """Its thread is made in this forum instead."""
    await tx.execute(
        """UPDATE post_cards SET guild_id = :guild, forum_id = :forum
           WHERE creator_uuid = :creator AND post_uuid = :post AND state = 'wanted'""",
        creator=creator,
        post=post,
        guild=forum.guild,
        forum=forum.id,
    )


async def opened(tx: Transaction, known: FollowedPost, *, thread: DiscordId, card: DiscordId) -> None:
    await tx.execute(
        """UPDATE post_cards SET thread_id = :thread, card_id = :card,
                  state = CASE WHEN state = 'wanted' THEN 'open' ELSE state END
           WHERE creator_uuid = :creator AND post_uuid = :post""",
        creator=known.creator,
        post=known.post,
        thread=thread,
        card=card,
    )


async def looked(
    tx: Transaction, known: FollowedPost, *, due: Millis | None, comments: int | None, shows: str
) -> None:
    """It was read: when next, and what its card is to show."""
    await tx.execute(
        """UPDATE post_cards SET due_at = :due, comments = :comments, shows = :shows
           WHERE creator_uuid = :creator AND post_uuid = :post AND state <> 'over'""",
        creator=known.creator,
        post=known.post,
        due=due,
        comments=comments,
        shows=shows,
    )


async def end(tx: Transaction, creator: CreatorId, post: str) -> None:
    """Nothing more comes to its thread."""
    await tx.execute(
        """UPDATE post_cards SET state = 'over', due_at = NULL
           WHERE creator_uuid = :creator AND post_uuid = :post""",
        creator=creator,
        post=post,
    )


async def followed(tx: Transaction, creator: CreatorId) -> list[FollowedPost]:
    """A creator's posts that are still looked at, oldest first."""
    rows = await tx.all(
        """SELECT * FROM post_cards WHERE creator_uuid = :creator AND due_at IS NOT NULL
           ORDER BY published_at, post_uuid""",
        creator=creator,
    )
    return [record_of(FollowedPost, row) for row in rows]


async def by_thread(tx: Transaction, thread: DiscordId) -> FollowedPost | None:
    """The post whose thread this is."""
    row = await tx.one("SELECT * FROM post_cards WHERE thread_id = :thread", thread=thread)
    return record_of(FollowedPost, row) if row else None
