"""Members' notes about a fan; the texts are sealed."""

from dataclasses import dataclass
from functools import partial

from storage.database import Transaction
from storage.inbox.fan_rows import FanRows
from storage.records import CreatorId, DiscordId, FanId, Millis
from storage.rows import record_of


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
        **vars(note),
    )


async def get(tx: Transaction, creator: CreatorId, fan: FanId, note: str) -> FanNote | None:
    """One note of this fan's; None also where it is somebody else's."""
    row = await tx.one(
        "SELECT * FROM notes WHERE creator_uuid = :creator AND fan_uuid = :fan AND id = :id",
        creator=creator,
        fan=fan,
        id=note,
    )
    return record_of(FanNote, row) if row else None


async def change(tx: Transaction, note: str, *, body: bytes, by: DiscordId, at: Millis) -> None:
    """Give a note another text; who wrote it first stays. `at`: later than its version."""
    await tx.execute(
        "UPDATE notes SET body_ct = :body, edited_by = :by, edited_at = :at WHERE id = :id",
        id=note,
        body=body,
        by=by,
        at=at,
    )


_ROWS = FanRows("notes", "written_at", partial(record_of, FanNote))
of_fan, newest, remove = _ROWS.of_fan, _ROWS.newest, _ROWS.remove
