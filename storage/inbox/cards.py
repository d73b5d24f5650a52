"""The content of each fan's card, and the tags of their thread."""

import json
from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, FanId

REFUSED = "!"  # before tags that Discord did not take: the same are not tried again


@dataclass(frozen=True)
class CardShown:
    """`shows`: a digest of the card, empty where it is not known. `tags`: ids with spaces between."""

    thread: DiscordId
    shows: str = ""
    tags: str = ""


async def get(tx: Transaction, creator: CreatorId, fan: FanId, thread: DiscordId) -> CardShown:
    """The content shown in this thread; of an unknown thread: nothing."""
    row = await tx.one(
        """SELECT * FROM cards WHERE creator_uuid = :creator AND fan_uuid = :fan AND thread_id = :thread""",
        creator=creator,
        fan=fan,
        thread=thread,
    )
    return CardShown(thread, row["shows"], row["tags"]) if row else CardShown(thread)


async def keep(tx: Transaction, creator: CreatorId, fan: FanId, shown: CardShown) -> None:
    """Remember it, instead of what was known."""
    await tx.execute(
        """INSERT INTO cards (creator_uuid, fan_uuid, thread_id, shows, tags)
           VALUES (:creator, :fan, :thread, :shows, :tags)
           ON CONFLICT (creator_uuid, fan_uuid) DO UPDATE SET thread_id = excluded.thread_id,
               shows = excluded.shows, tags = excluded.tags""",
        creator=creator,
        fan=fan,
        **vars(shown),
    )


async def tags_refused(tx: Transaction, creator: CreatorId) -> bool:
    """Whether Discord takes the tags of any of this creator's threads no more."""
    row = await tx.one(
        """SELECT 1 AS one FROM cards WHERE creator_uuid = :creator AND tags LIKE '!%' LIMIT 1""",
        creator=creator,
    )
    return row is not None


async def tagged(tx: Transaction, name: str) -> list[tuple[CreatorId, FanId]]:
    """Every fan whose thread has the tag that its forum calls so, as far as is known."""
    found = []
    for forum in await tx.all("SELECT forum_id, tags FROM forums"):
        tag = json.loads(forum["tags"]).get(name)
        if tag is not None:
            found += await tx.all(
                """SELECT c.creator_uuid, c.fan_uuid FROM cards c JOIN threads t ON t.thread_id = c.thread_id
                   WHERE t.forum_id = :forum AND ' ' || c.tags || ' ' LIKE :one""",
                forum=forum["forum_id"],
                one=f"% {tag} %",
            )
    return [(CreatorId(row["creator_uuid"]), FanId(row["fan_uuid"])) for row in found]


# Not DISTINCT: for that SQLite walks through the whole outbox in order of fans.
TROUBLED = """SELECT creator_uuid, fan_uuid FROM outbox
    WHERE attention IS NOT NULL AND network = 'fanvue' AND fan_uuid IS NOT NULL"""


async def troubled(tx: Transaction) -> frozenset[tuple[CreatorId, FanId]]:
    """Every fan for whom anything waits for a person."""
    rows = await tx.all(TROUBLED)
    return frozenset((CreatorId(row["creator_uuid"]), FanId(row["fan_uuid"])) for row in rows)


async def in_trouble(tx: Transaction, creator: CreatorId, fan: FanId) -> bool:
    """Whether anything that was to reach this fan waits for a person."""
    row = await tx.one(
        """SELECT 1 AS one FROM outbox WHERE creator_uuid = :creator AND fan_uuid = :fan
             AND network = 'fanvue' AND attention IS NOT NULL LIMIT 1""",
        creator=creator,
        fan=fan,
    )
    return row is not None
