"""Members' notes about a fan; the texts are sealed."""

from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.inbox.fan_rows import FanRows
from storage.records import CreatorId, DiscordId, FanId, Millis


@dataclass(frozen=True)
class FanNote:
    """One note. `body`: the sealed text."""

    id: str
    creator: CreatorId
    fan: FanId
    author: DiscordId
    written: Millis
    body: bytes
    edited_by: DiscordId | None = None
    edited: Millis | None = None

    @property
    def version(self) -> Millis:
        """Another one after each change."""
        return self.written if self.edited is None else self.edited


async def add(tx: Transaction, note: FanNote) -> None:
    await tx.execute(
        """INSERT INTO notes (id, creator_uuid, fan_uuid, author_id, written_at, body_ct)
           VALUES (:id, :creator, :fan, :author, :written, :body)""",
        id=note.id,
        creator=note.creator,
        fan=note.fan,
        author=note.author,
        written=note.written,
        body=note.body,
    )


async def get(tx: Transaction, creator: CreatorId, fan: FanId, note: str) -> FanNote | None:
    """One note of this fan's; None also where it is somebody else's."""
    row = await tx.one(
        "SELECT * FROM notes WHERE creator_uuid = :creator AND fan_uuid = :fan AND id = :id",
        creator=creator,
        fan=fan,
        id=note,
    )
    return _note_of(row) if row else None


async def change(tx: Transaction, note: str, *, body: bytes, by: DiscordId, at: Millis) -> None:
    """Give a note another text; who wrote it first stays. `at`: later than its version."""
    await tx.execute(
        "UPDATE notes SET body_ct = :body, edited_by = :by, edited_at = :at WHERE id = :id",
        id=note,
        body=body,
        by=by,
        at=at,
    )


def _note_of(row: Row) -> FanNote:
    return FanNote(
        id=row["id"],
        creator=CreatorId(row["creator_uuid"]),
        fan=FanId(row["fan_uuid"]),
        author=DiscordId(row["author_id"]),
        written=row["written_at"],
        body=bytes(row["body_ct"]),
        edited_by=DiscordId(row["edited_by"]) if row["edited_by"] is not None else None,
        edited=row["edited_at"],
    )


_ROWS = FanRows("notes", "written_at", _note_of)
of_fan, newest, remove = _ROWS.of_fan, _ROWS.newest, _ROWS.remove
