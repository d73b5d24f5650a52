"""Creators whose list of chats Fanvue does not let the bridge read."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, Millis


@dataclass(frozen=True)
class UnreadChats:
    """Since when it cannot be read; `told`: whether the team knows."""

    since: Millis
    told: bool


async def get(tx: Transaction, creator: CreatorId) -> UnreadChats | None:
    """None: it can be read, as far as is known."""
    row = await tx.one(
        "SELECT unread_since, unread_told FROM watermarks WHERE creator_uuid = :creator", creator=creator
    )
    if row is None or row["unread_since"] is None:
        return None
    return UnreadChats(row["unread_since"], bool(row["unread_told"]))


async def begin(tx: Transaction, creator: CreatorId, *, at: Millis) -> None:
    """From now on it cannot be read; an earlier beginning stays."""
    await tx.execute(
        """UPDATE watermarks SET unread_since = :at, unread_told = 0
           WHERE creator_uuid = :creator AND unread_since IS NULL""",
        creator=creator,
        at=at,
    )


async def tell(tx: Transaction, creator: CreatorId) -> None:
    await tx.execute("UPDATE watermarks SET unread_told = 1 WHERE creator_uuid = :creator", creator=creator)


async def end(tx: Transaction, creator: CreatorId) -> None:
    """It can be read again."""
    await tx.execute(
        "UPDATE watermarks SET unread_since = NULL, unread_told = 0 WHERE creator_uuid = :creator",
        creator=creator,
    )


async def every(tx: Transaction) -> list[Millis]:
    """Since when, for each linked creator of whom it cannot be read; the oldest first."""
    rows = await tx.all(
        """SELECT DISTINCT watermarks.creator_uuid, unread_since FROM watermarks
           JOIN links ON links.creator_uuid = watermarks.creator_uuid
           WHERE unread_since IS NOT NULL AND links.state = 'active' ORDER BY unread_since"""
    )
    return [row["unread_since"] for row in rows]


async def never_heard(tx: Transaction) -> int:
    """Count creators connected by their own account of whom no live event ever came."""
    row = await tx.one(
        """SELECT COUNT(DISTINCT creator_uuid) AS number FROM links
           WHERE state = 'active' AND kind = 'own'
             AND NOT EXISTS (SELECT 1 FROM heard WHERE heard.creator_uuid = links.creator_uuid)"""
    )
    return int(row["number"]) if row is not None else 0
