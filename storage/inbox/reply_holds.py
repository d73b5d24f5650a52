"""The delay before replies are sent, so that they can be cancelled."""

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Millis


async def seconds(tx: Transaction, creator: CreatorId) -> int:
    """0: they are sent at once."""
    row = await tx.one("SELECT seconds FROM reply_holds WHERE creator_uuid = :creator", creator=creator)
    return int(row["seconds"]) if row else 0


async def put(tx: Transaction, creator: CreatorId, wanted: int, *, by: DiscordId, now: Millis) -> None:
    """Let this hold from now on; 0 leaves no row."""
    await tx.execute("DELETE FROM reply_holds WHERE creator_uuid = :creator", creator=creator)
    if wanted:
        await tx.execute(
            """INSERT INTO reply_holds (creator_uuid, seconds, changed_by, changed_at)
               VALUES (:creator, :seconds, :by, :now)""",
            creator=creator,
            seconds=wanted,
            by=by,
            now=now,
        )
