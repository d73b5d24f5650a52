"""Creators that somebody has linked, and each person's link to one of them."""

from storage.database import Often, Row, Transaction
from storage.records import (
    Creator,
    CreatorId,
    DiscordId,
    Link,
    LinkId,
    LinkKind,
    LinkState,
    Millis,
)

_OPEN_LINK = Often("SELECT * FROM links WHERE creator_uuid = :creator AND state <> 'closed'")


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


async def names(tx: Transaction) -> set[str]:
    """The handles and names of all creators, linked now or earlier."""
    rows = await tx.all("SELECT handle, display_name FROM creators")
    return {name for row in rows for name in (row["handle"], row["display_name"])}


async def add_link(tx: Transaction, link: Link, *, now: Millis) -> None:
    """Add a link; the database refuses a second open one for the same creator."""
    await tx.execute(
        """INSERT INTO links (id, creator_uuid, discord_user, guild_id, generation, state, scopes, handle,
                              created_at, kind, via)
           VALUES (:id, :creator, :user, :guild, :generation, :state, :scopes, :handle, :now, :kind, :via)""",
        id=link.id,
        creator=link.creator,
        user=link.discord_user,
        guild=link.guild,
        generation=link.generation,
        state=link.state,
        scopes=link.scopes,
        handle=link.handle,
        now=now,
        kind=link.kind,
        via=link.via,
    )


async def link(tx: Transaction, link_id: LinkId) -> Link | None:
    """One link by its id, open or closed."""
    row = await tx.one("SELECT * FROM links WHERE id = :id", id=link_id)
    return _link_of(row) if row else None


async def open_link(tx: Transaction, creator: CreatorId) -> Link | None:
    """The creator's link that is not closed, its own or a steward's; there is at most one."""
    row = await tx.one(_OPEN_LINK, creator=creator)
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
        """SELECT creator_uuid FROM links WHERE guild_id = :guild AND state <> 'closed' AND kind <> 'member'
           ORDER BY created_at, id""",
        guild=guild,
    )
    return [CreatorId(row["creator_uuid"]) for row in rows]


async def active_links(tx: Transaction) -> list[Link]:
    """Every link through which a creator is reached now; accounts of members are not among them."""
    rows = await tx.all(
        "SELECT * FROM links WHERE state = 'active' AND kind <> 'member' ORDER BY created_at, id"
    )
    return [_link_of(row) for row in rows]


async def open_links(tx: Transaction) -> list[Link]:
    """Every link that is not closed, oldest first."""
    rows = await tx.all("SELECT * FROM links WHERE state <> 'closed' ORDER BY created_at, id")
    return [_link_of(row) for row in rows]


async def signed_in(tx: Transaction) -> list[Link]:
    """Every active link that has tokens of its own, whatever account it is."""
    rows = await tx.all("SELECT * FROM links WHERE state = 'active' AND via IS NULL ORDER BY created_at, id")
    return [_link_of(row) for row in rows]


async def stewarded(tx: Transaction, via: LinkId) -> list[Link]:
    """The open links of a steward that use this link's tokens."""
    rows = await tx.all(
        "SELECT * FROM links WHERE via = :via AND state <> 'closed' ORDER BY created_at, id", via=via
    )
    return [_link_of(row) for row in rows]


async def lead_through(tx: Transaction, old: LinkId, new: LinkId) -> None:
    """The same person has signed in anew: what was done through the old link goes through the new one."""
    await tx.execute("UPDATE links SET via = :new WHERE via = :old AND state <> 'closed'", old=old, new=new)


async def ever_own(tx: Transaction, creator: CreatorId) -> bool:
    """Whether the creator was ever connected by its own account."""
    row = await tx.one(
        "SELECT 1 AS found FROM links WHERE creator_uuid = :creator AND kind = 'own' LIMIT 1", creator=creator
    )
    return row is not None


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
        kind=LinkKind(row["kind"]),
        via=LinkId(row["via"]) if row["via"] is not None else None,
    )
