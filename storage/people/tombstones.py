"""Notes in the place of removed lines, and counts of removals by day."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Millis, Stream
from storage.rows import record_of


@dataclass(frozen=True)
class Tombstone:
    """So many lines of a thread, older than so many days, were removed; the last of them at this time."""

    channel: DiscordId
    number: int
    days: int
    at: Millis
    message: DiscordId | None  # which shows it, once it is posted


@dataclass(frozen=True)
class RemovalCount:
    """The whole threads, and the lines in all, removed about a creator on a day."""

    creator: CreatorId
    day: str
    threads: int
    lines: int


async def add(tx: Transaction, channel: DiscordId, *, number: int, days: int, at: Millis) -> None:
    """More lines of a thread are removed."""
    await tx.execute(
        """INSERT INTO tombstones (channel_id, number, days, at) VALUES (:channel, :number, :days, :at)
           ON CONFLICT (channel_id) DO UPDATE SET number = tombstones.number + excluded.number,
               days = excluded.days, at = excluded.at""",
        channel=channel,
        number=number,
        days=days,
        at=at,
    )


async def get(tx: Transaction, channel: DiscordId) -> Tombstone | None:
    """A thread's tombstone, if any line of it was removed."""
    row = await tx.one("SELECT * FROM tombstones WHERE channel_id = :channel", channel=channel)
    return record_of(Tombstone, row) if row else None


async def shown(tx: Transaction, channel: DiscordId, message: DiscordId) -> None:
    """Remember which message shows it."""
    await tx.execute(
        "UPDATE tombstones SET message_id = :message WHERE channel_id = :channel",
        channel=channel,
        message=message,
    )


async def remove(tx: Transaction, channel: DiscordId) -> None:
    """The thread itself is gone."""
    await tx.execute("DELETE FROM tombstones WHERE channel_id = :channel", channel=channel)


async def count(tx: Transaction, creator: CreatorId, day: str, *, threads: int = 0, lines: int = 0) -> None:
    """Remember what is removed about a creator on a day."""
    await tx.execute(
        """INSERT INTO removed (creator_uuid, day, threads, lines) VALUES (:creator, :day, :threads, :lines)
           ON CONFLICT (creator_uuid, day) DO UPDATE SET threads = removed.threads + excluded.threads,
               lines = removed.lines + excluded.lines, told = 0""",
        creator=creator,
        day=day,
        threads=threads,
        lines=lines,
    )


async def untold(tx: Transaction) -> list[RemovalCount]:
    """The removals not told of yet, oldest first."""
    rows = await tx.all("SELECT * FROM removed WHERE told = 0 ORDER BY day, creator_uuid")
    return [record_of(RemovalCount, row) for row in rows]


async def tell(tx: Transaction, removed: RemovalCount) -> None:
    await tx.execute(
        "UPDATE removed SET told = 1 WHERE creator_uuid = :creator AND day = :day",
        creator=removed.creator,
        day=removed.day,
    )


async def under_way(tx: Transaction, stream: Stream) -> bool:
    """Whether something of this stream is still to be removed."""
    row = await tx.one(
        """SELECT 1 AS one FROM outbox WHERE stream = :stream
             AND settled_at IS NULL AND state IN ('pending', 'sending', 'unknown') LIMIT 1""",
        stream=stream,
    )
    return row is not None
