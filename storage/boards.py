"""Which message in an alerts channel lists what waits for a person."""

from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.records import CreatorId, DiscordId, Stream


@dataclass(frozen=True)
class Board:
    """One creator's board. `shows` is a digest of what it says, to tell whether it must change."""

    creator: CreatorId
    channel: DiscordId
    message: DiscordId
    shows: str


async def get(tx: Transaction, creator: CreatorId) -> Board | None:
    """A creator's board, if it is posted."""
    row = await tx.one("SELECT * FROM boards WHERE creator_uuid = :creator", creator=creator)
    return _board_of(row) if row else None


async def by_message(tx: Transaction, message: DiscordId) -> Board | None:
    """The board that a Discord message is."""
    row = await tx.one("SELECT * FROM boards WHERE message_id = :message", message=message)
    return _board_of(row) if row else None


async def creators(tx: Transaction) -> list[CreatorId]:
    """Every creator with a board."""
    return [CreatorId(row["creator_uuid"]) for row in await tx.all("SELECT creator_uuid FROM boards")]


async def keep(tx: Transaction, board: Board) -> None:
    """Remember where the board is and what it shows, instead of what was known."""
    await tx.execute(
        """INSERT INTO boards (creator_uuid, channel_id, message_id, shows)
           VALUES (:creator, :channel, :message, :shows)
           ON CONFLICT (creator_uuid) DO UPDATE SET channel_id = excluded.channel_id,
               message_id = excluded.message_id, shows = excluded.shows""",
        creator=board.creator,
        channel=board.channel,
        message=board.message,
        shows=board.shows,
    )


async def forget(tx: Transaction, creator: CreatorId) -> None:
    """There is no board any more."""
    await tx.execute("DELETE FROM boards WHERE creator_uuid = :creator", creator=creator)


async def awaited(tx: Transaction, stream: Stream) -> bool:
    """Whether an effect waits in this stream that has not begun: it will show what is true by then."""
    row = await tx.one(
        "SELECT 1 AS one FROM outbox WHERE stream = :stream AND state = 'pending' LIMIT 1", stream=stream
    )
    return row is not None


def _board_of(row: Row) -> Board:
    return Board(
        creator=CreatorId(row["creator_uuid"]),
        channel=DiscordId(row["channel_id"]),
        message=DiscordId(row["message_id"]),
        shows=row["shows"],
    )
