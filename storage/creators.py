"""Creators that somebody has linked, and each person's link to one of them."""

from storage.database import Row, Transaction
from storage.records import (
    Creator,
    CreatorId,
    DiscordId,
    EffectId,
    FanId,
    Link,
    LinkId,
    LinkState,
    Millis,
    Stream,
)


async def learn(tx: Transaction, creator: Creator, *, now: Millis) -> None:
    """Remember a creator, or their new handle and name."""
    await tx.execute(
        """INSERT INTO creators (creator_uuid, handle, display_name, created_at)
           VALUES (:creator, :handle, :name, :now)
           ON CONFLICT (creator_uuid) DO UPDATE SET handle = excluded.handle,
                                                    display_name = excluded.display_name""",
        creator=creator.id,
        handle=creator.handle,
        name=creator.display_name,
        now=now,
    )


async def get(tx: Transaction, creator: CreatorId) -> Creator | None:
    """One creator, linked now or earlier."""
    row = await tx.one(
        "SELECT creator_uuid, handle, display_name FROM creators WHERE creator_uuid = :creator",
        creator=creator,
    )
    return Creator(CreatorId(row["creator_uuid"]), row["handle"], row["display_name"]) if row else None


async def add_link(tx: Transaction, link: Link, *, now: Millis) -> None:
    """Add a link; the database refuses a second open one for the same creator."""
    await tx.execute(
        """INSERT INTO links (id, creator_uuid, discord_user, guild_id, generation, state, scopes, handle,
                              created_at)
           VALUES (:id, :creator, :user, :guild, :generation, :state, :scopes, :handle, :now)""",
        id=link.id,
        creator=link.creator,
        user=link.discord_user,
        guild=link.guild,
        generation=link.generation,
        state=link.state,
        scopes=link.scopes,
        handle=link.handle,
        now=now,
    )


async def link(tx: Transaction, link_id: LinkId) -> Link | None:
    """One link by its id, open or closed."""
    row = await tx.one("SELECT * FROM links WHERE id = :id", id=link_id)
    return _link_of(row) if row else None


async def open_link(tx: Transaction, creator: CreatorId) -> Link | None:
    """The creator's link that is not closed; there is at most one."""
    row = await tx.one(
        "SELECT * FROM links WHERE creator_uuid = :creator AND state <> 'closed'", creator=creator
    )
    return _link_of(row) if row else None


async def links_of(tx: Transaction, user: DiscordId) -> list[Link]:
    """Every open link of one Discord user, oldest first."""
    rows = await tx.all(
        """SELECT * FROM links WHERE discord_user = :user AND state <> 'closed'
           ORDER BY created_at, id""",
        user=user,
    )
    return [_link_of(row) for row in rows]


async def linked_on(tx: Transaction, guild: DiscordId) -> list[CreatorId]:
    """Every creator with an open link that was made on this server."""
    rows = await tx.all(
        """SELECT creator_uuid FROM links WHERE guild_id = :guild AND state <> 'closed'
           ORDER BY created_at, id""",
        guild=guild,
    )
    return [CreatorId(row["creator_uuid"]) for row in rows]


async def active_links(tx: Transaction) -> list[Link]:
    """Every link that Fanvue lets the bridge use now."""
    rows = await tx.all("SELECT * FROM links WHERE state = 'active' ORDER BY created_at, id")
    return [_link_of(row) for row in rows]


async def open_links(tx: Transaction) -> list[Link]:
    """Every link that is not closed, oldest first."""
    rows = await tx.all("SELECT * FROM links WHERE state <> 'closed' ORDER BY created_at, id")
    return [_link_of(row) for row in rows]


async def last_generation(tx: Transaction, creator: CreatorId) -> int:
    """The highest generation that any link of this creator ever had; 0 when there was none."""
    row = await tx.one(
        "SELECT COALESCE(MAX(generation), 0) AS highest FROM links WHERE creator_uuid = :creator",
        creator=creator,
    )
    return int(row["highest"]) if row else 0


async def move(tx: Transaction, link_id: LinkId, *, was: LinkState, to: LinkState) -> bool:
    """Compare and set a link's state; False when it was in another one."""
    changed = await tx.execute(
        "UPDATE links SET state = :to WHERE id = :id AND state = :was", id=link_id, was=was, to=to
    )
    return changed == 1


async def fence(tx: Transaction, link_id: LinkId, *, generation: int) -> None:
    """Raise a link's generation, so that whatever was begun under the old one no longer fits."""
    await tx.execute(
        "UPDATE links SET generation = :generation WHERE id = :id", id=link_id, generation=generation
    )


async def close(tx: Transaction, link_id: LinkId, *, now: Millis) -> None:
    """Close a link for good; closing it twice keeps the first time."""
    await tx.execute(
        "UPDATE links SET state = 'closed', closed_at = :now WHERE id = :id AND state <> 'closed'",
        id=link_id,
        now=now,
    )


async def granted(tx: Transaction, link_id: LinkId, scopes: str) -> None:
    """Remember what Fanvue now allows this link to do."""
    await tx.execute("UPDATE links SET scopes = :scopes WHERE id = :id", id=link_id, scopes=scopes)


async def unsent(tx: Transaction, creator: CreatorId) -> list[tuple[EffectId, FanId]]:
    """What waits to be sent to this creator's fans and has surely not left yet, oldest first."""
    rows = await tx.all(
        """SELECT id, fan_uuid FROM outbox
           WHERE creator_uuid = :creator AND network = 'fanvue' AND kind = 'chat.send' AND state = 'pending'
           ORDER BY created_at, stream, seq""",
        creator=creator,
    )
    return [(EffectId(row["id"]), FanId(row["fan_uuid"])) for row in rows]


async def release(tx: Transaction, creator: CreatorId) -> list[Stream]:
    """Let what waited for a new sign-in go on now; the streams it waits in."""
    rows = await tx.all(
        """SELECT DISTINCT stream FROM outbox
           WHERE creator_uuid = :creator AND network = 'fanvue' AND state IN ('pending', 'unknown')""",
        creator=creator,
    )
    await tx.execute(
        """UPDATE outbox SET not_before = 0, attention = NULL
           WHERE creator_uuid = :creator AND network = 'fanvue' AND state IN ('pending', 'unknown')
             AND attention IS NOT NULL""",
        creator=creator,
    )
    return [Stream(row["stream"]) for row in rows]


def _link_of(row: Row) -> Link:
    return Link(
        id=LinkId(row["id"]),
        creator=CreatorId(row["creator_uuid"]),
        discord_user=DiscordId(row["discord_user"]),
        guild=DiscordId(row["guild_id"]),
        generation=row["generation"],
        state=LinkState(row["state"]),
        scopes=row["scopes"],
        handle=row["handle"],
    )
