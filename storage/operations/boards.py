"""Boards in alerts channels: messages about problems, or about waiting fans."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, DiscordId
from storage.rows import record_of


@dataclass(frozen=True)
class BoardMessage:
    """One creator's board. `shows` is a digest of what it says, to tell whether it must change."""

    creator: CreatorId
    channel: DiscordId
    message: DiscordId
    shows: str


@dataclass(frozen=True)
class BoardMessages:
    """The boards of one kind; each kind has a table of its own."""

    _table: str

    async def get(self, tx: Transaction, creator: CreatorId) -> BoardMessage | None:
        """A creator's board, if it is posted."""
        row = await tx.one(
            f"SELECT * FROM {self._table} WHERE creator_uuid = :creator",  # noqa: S608 - a constant
            creator=creator,
        )
        return record_of(BoardMessage, row) if row else None

    async def by_message(self, tx: Transaction, message: DiscordId) -> BoardMessage | None:
        """The board that a Discord message is."""
        row = await tx.one(
            f"SELECT * FROM {self._table} WHERE message_id = :message",  # noqa: S608 - a constant
            message=message,
        )
        return record_of(BoardMessage, row) if row else None

    async def creators(self, tx: Transaction) -> list[CreatorId]:
        """Every creator with a board."""
        rows = await tx.all(f"SELECT creator_uuid FROM {self._table}")  # noqa: S608 - a constant
        return [CreatorId(row["creator_uuid"]) for row in rows]

    async def keep(self, tx: Transaction, board: BoardMessage) -> None:
        """Remember where the board is and what it shows, instead of what was known."""
        await tx.execute(
            f"""INSERT INTO {self._table} (creator_uuid, channel_id, message_id, shows)
                VALUES (:creator, :channel, :message, :shows)
                ON CONFLICT (creator_uuid) DO UPDATE SET channel_id = excluded.channel_id,
                    message_id = excluded.message_id, shows = excluded.shows""",  # noqa: S608 - a constant
            **vars(board),
        )

    async def forget(self, tx: Transaction, creator: CreatorId) -> None:
        """There is no board any more."""
        await tx.execute(
            f"DELETE FROM {self._table} WHERE creator_uuid = :creator",  # noqa: S608 - a constant
            creator=creator,
        )


PROBLEMS = BoardMessages("boards")
WAITING = BoardMessages("waiting_boards")
