"""Creators that somebody has linked, and each person's link to one of them."""

from storage.database import FrequentStatement, Transaction, Value
from storage.engine import signed_rights
from storage.engine.signed_rights import LINKS
from storage.records import Creator, CreatorId, DiscordId, Link, LinkId, LinkKind, LinkState, Millis
from storage.rows import record_of, row_of

_OPEN_LINK = FrequentStatement("SELECT * FROM links WHERE creator_uuid = :creator AND state <> 'closed'")


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
    return record_of(Creator, row, id=row["creator_uuid"]) if row else None


async def names(tx: Transaction) -> set[str]:
    """The handles and names of all creators, linked now or earlier."""
    rows = await tx.all("SELECT handle, display_name FROM creators")
    return {name for row in rows for name in (row["handle"], row["display_name"])}


async def add_link(tx: Transaction, link: Link, *, now: Millis) -> None:
    """Add a link; the database refuses a second open one for the same creator.

    One that was changed by hand counts as none, so it makes room.
    """
    for row in await tx.all(_OPEN_LINK, creator=link.creator):
        if not signed_rights.fits(tx, LINKS, row):
            await close(tx, LinkId(row["id"]), now=now)
    row = row_of(link, LINKS.columns, created_at=now, closed_at=None)
    await signed_rights.add(tx, LINKS, row)


async def link(tx: Transaction, link_id: LinkId) -> Link | None:
    """One link by its id, open or closed."""
    row = await signed_rights.one(tx, LINKS, "SELECT * FROM links WHERE id = :id", id=link_id)
    return record_of(Link, row) if row else None


async def open_link(tx: Transaction, creator: CreatorId) -> Link | None:
    """The creator's link that is not closed, its own or a steward's; there is at most one."""
    row = await signed_rights.one(tx, LINKS, _OPEN_LINK, creator=creator)
    return record_of(Link, row) if row else None


async def links_of(tx: Transaction, user: DiscordId) -> list[Link]:
    """Every open link of one Discord user, oldest first."""
    rows = await signed_rights.every(
        tx,
        LINKS,
        "SELECT * FROM links WHERE discord_user = :user AND state <> 'closed' ORDER BY created_at, id",
        user=user,
    )
    return [record_of(Link, row) for row in rows]


async def linked_on(tx: Transaction, guild: DiscordId) -> list[CreatorId]:
    """Every creator with an open link that was made on this server."""
    rows = await signed_rights.every(
        tx,
        LINKS,
        """SELECT * FROM links WHERE guild_id = :guild AND state <> 'closed' AND kind <> 'member'
           ORDER BY created_at, id""",
        guild=guild,
    )
    return [CreatorId(row["creator_uuid"]) for row in rows]


async def active_links(tx: Transaction) -> list[Link]:
    """Every link through which a creator is reached now; accounts of members are not among them."""
    rows = await signed_rights.every(
        tx, LINKS, "SELECT * FROM links WHERE state = 'active' AND kind <> 'member' ORDER BY created_at, id"
    )
    return [record_of(Link, row) for row in rows]


async def open_links(tx: Transaction) -> list[Link]:
    """Every link that is not closed, oldest first."""
    sql = "SELECT * FROM links WHERE state <> 'closed' ORDER BY created_at, id"
    return [record_of(Link, row) for row in await signed_rights.every(tx, LINKS, sql)]


async def signed_in(tx: Transaction) -> list[Link]:
    """Every active link that has tokens of its own, of any account."""
    sql = "SELECT * FROM links WHERE state = 'active' AND via IS NULL ORDER BY created_at, id"
    return [record_of(Link, row) for row in await signed_rights.every(tx, LINKS, sql)]


async def stewarded(tx: Transaction, via: LinkId) -> list[Link]:
    """The open links of a steward that use this link's tokens."""
    sql = "SELECT * FROM links WHERE via = :via AND state <> 'closed' ORDER BY created_at, id"
    return [record_of(Link, row) for row in await signed_rights.every(tx, LINKS, sql, via=via)]


async def lead_through(tx: Transaction, old: LinkId, new: LinkId) -> None:
    """Move uses of the old link to the new one: the same person has signed in again."""
    await signed_rights.change(tx, LINKS, "via = :old AND state <> 'closed'", {"via": new}, old=old)


async def ever_own(tx: Transaction, creator: CreatorId) -> bool:
    """Whether the creator was ever connected by its own account; by a row that is refused, it may."""
    rows = await tx.all("SELECT * FROM links WHERE creator_uuid = :creator", creator=creator)
    return any(row["kind"] == LinkKind.OWN or not signed_rights.fits(tx, LINKS, row) for row in rows)


async def last_generation(tx: Transaction, creator: CreatorId) -> int:
    """The highest generation that any link of this creator ever had; 0 when there was none."""
    row = await tx.one(
        "SELECT COALESCE(MAX(generation), 0) AS highest FROM links WHERE creator_uuid = :creator",
        creator=creator,
    )
    return int(row["highest"]) if row else 0


async def move(tx: Transaction, link_id: LinkId, *, was: LinkState, to: LinkState) -> bool:
    """Compare and set a link's state; False when it was in another one."""
    where = "id = :id AND state = :was"
    return await signed_rights.change(tx, LINKS, where, {"state": to}, id=link_id, was=was) == 1


async def fence(tx: Transaction, link_id: LinkId, *, generation: int) -> None:
    """Raise a link's generation, so that work begun under the old one no longer fits."""
    await signed_rights.change(tx, LINKS, "id = :id", {"generation": generation}, id=link_id)


async def close(tx: Transaction, link_id: LinkId, *, now: Millis) -> None:
    """Close a link for good; closing it twice keeps the first time."""
    closed: dict[str, Value] = {"state": LinkState.CLOSED, "closed_at": now}
    await signed_rights.change(tx, LINKS, "id = :id AND state <> 'closed'", closed, id=link_id)


async def granted(tx: Transaction, link_id: LinkId, scopes: str) -> None:
    """Remember what Fanvue now allows this link to do."""
    await signed_rights.change(tx, LINKS, "id = :id", {"scopes": scopes}, id=link_id)
