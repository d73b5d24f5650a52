"""The creators that an account manages on Fanvue, as Fanvue said last."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Transaction
from storage.people import creators
from storage.records import CreatorId, DiscordId, Link, LinkId, LinkState, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class ManagedCreator:
    """One creator that a link's account manages."""

    link: LinkId
    creator: CreatorId
    handle: str
    display_name: str
    role: str | None = None  # Fanvue's word for what the account is to the creator, if it says one


@dataclass(frozen=True)
class ManagingAccount:
    """One member's own account on the way to a creator. `scopes`: Fanvue's rights for it, with spaces."""

    link: LinkId
    handle: str
    scopes: str


async def put(
    tx: Transaction, link: LinkId, found: Sequence[ManagedCreator], *, now: Millis
) -> list[CreatorId]:
    """Remember the whole list in place of the last one; the creators that it no longer has."""
    before = {reach.creator for reach in await of_link(tx, link)}
    await forget(tx, link)
    for reach in found:
        await tx.execute(
            """INSERT INTO reaches (link_id, creator_uuid, handle, display_name, role, seen_at)
               VALUES (:link, :creator, :handle, :name, :role, :now)
               ON CONFLICT (link_id, creator_uuid) DO NOTHING""",
            link=link,
            creator=reach.creator,
            handle=reach.handle,
            name=reach.display_name,
            role=reach.role,
            now=now,
        )
    return sorted(before - {reach.creator for reach in found})


async def forget(tx: Transaction, link: LinkId) -> None:
    """Forget an ended link, or one looked at again."""
    await tx.execute("DELETE FROM reaches WHERE link_id = :link", link=link)


async def lead_through(tx: Transaction, old: LinkId, new: LinkId) -> None:
    """Move knowledge of the old link to the new one: the same person has signed in again."""
    await tx.execute("UPDATE reaches SET link_id = :new WHERE link_id = :old", old=old, new=new)


async def of_link(tx: Transaction, link: LinkId) -> list[ManagedCreator]:
    """The creators that a link's account manages, by handle."""
    rows = await tx.all(
        "SELECT * FROM reaches WHERE link_id = :link ORDER BY handle, creator_uuid", link=link
    )
    return [record_of(ManagedCreator, row) for row in rows]


async def of_user(tx: Transaction, user: DiscordId) -> list[ManagedCreator]:
    """The creators that any active link of this person's reaches, by handle."""
    active = [link.id for link in await _active(tx, user)]
    found = [reach for link in active for reach in await of_link(tx, link)]
    return sorted(found, key=lambda reach: (reach.handle, reach.creator, active.index(reach.link)))


async def ways(tx: Transaction, creator: CreatorId, user: DiscordId) -> list[ManagingAccount]:
    """A person's active links that reach the creator and were not denied, the oldest first."""
    return [
        ManagingAccount(link.id, link.handle, link.scopes)
        for link in await _active(tx, user)
        if await has(tx, link.id, creator)
    ]


async def has(tx: Transaction, link: LinkId, creator: CreatorId) -> bool:
    """Whether Fanvue listed this creator for this link, and denied it nothing since."""
    row = await tx.one(
        """SELECT 1 AS found FROM reaches
           WHERE link_id = :link AND creator_uuid = :creator AND denied_at IS NULL""",
        link=link,
        creator=creator,
    )
    return row is not None


async def deny(tx: Transaction, link: LinkId, creator: CreatorId, *, now: Millis) -> None:
    """Fanvue denied what its list seemed to allow; until the next look this way is not taken."""
    await tx.execute(
        "UPDATE reaches SET denied_at = :now WHERE link_id = :link AND creator_uuid = :creator",
        link=link,
        creator=creator,
        now=now,
    )


async def _active(tx: Transaction, user: DiscordId) -> list[Link]:
    """A person's links that Fanvue takes, the oldest first."""
    return [link for link in await creators.links_of(tx, user) if link.state is LinkState.ACTIVE]
