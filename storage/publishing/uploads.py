"""Files on their way into a vault, and what went there; names are sealed."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from storage.database import Row, Transaction
from storage.records import CommandId, CreatorId, DiscordId, MediaId, Millis
from storage.rows import record_of


class UploadState(StrEnum):
    """The progress of a file. Each step may be repeated."""

    WAITING = "waiting"  # nothing is at Fanvue
    STARTING = "starting"  # Fanvue is being asked to begin; no other one with the same bytes may
    SENDING = "sending"  # parts go up
    FINISHING = "finishing"  # all are there; Fanvue may have been asked to put them together
    PROCESSING = "processing"  # it has
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OVER = frozenset({UploadState.DONE, UploadState.FAILED, UploadState.CANCELLED})
_TO_STOP = "'waiting', 'starting', 'sending'"


@dataclass(frozen=True)
class UploadRecord:
    """One file. `body`: sealed."""

    id: str
    creator: CreatorId
    member: DiscordId | None
    size: int
    made: Millis
    body: bytes
    state: UploadState = UploadState.WAITING
    changed: Millis = 0
    due: Millis = 0
    tries: int = 0
    rounds: int = 0
    contents: str | None = None
    media: MediaId | None = None
    upload: str | None = None
    part_size: int | None = None
    etags: tuple[str, ...] = ()
    known: bool = False
    why: str | None = None
    command: CommandId | None = None

    @property
    def parts(self) -> int | None:
        """The number of parts in all; None while nobody knows."""
        return None if self.part_size is None else -(-self.size // self.part_size)


async def add(tx: Transaction, new: UploadRecord) -> bool:
    """Take a file on; False when this one was before."""
    added = await tx.execute(
        """INSERT INTO uploads (id, creator_uuid, member_id, command_id, size, made_at, changed_at, due_at,
                                tries, rounds, state, etags, known, body_ct)
           VALUES (:id, :creator, :member, :command, :size, :made, :made, 0, 0, 0, 'waiting', '[]', 0, :body)
           ON CONFLICT (id) DO NOTHING""",
        **vars(new),
    )
    return added == 1


async def get(tx: Transaction, upload: str) -> UploadRecord | None:
    row = await tx.one("SELECT * FROM uploads WHERE id = :id", id=upload)
    return _upload_of(row) if row else None


async def of_command(tx: Transaction, command: CommandId) -> list[UploadRecord]:
    """The uploads of one command, in the order in which the files were named."""
    rows = await tx.all(
        "SELECT * FROM uploads WHERE command_id = :command ORDER BY made_at, id", command=command
    )
    return [_upload_of(row) for row in rows]


async def due(tx: Transaction, *, now: Millis, besides: Collection[str], each: int) -> list[UploadRecord]:
    """Uploads that can go on now, at most `each` of a creator, oldest first; not `besides`, under way."""
    rows = await tx.all(
        """SELECT * FROM (
             SELECT uploads.*, ROW_NUMBER() OVER (PARTITION BY creator_uuid ORDER BY made_at, id) AS place
             FROM uploads WHERE state NOT IN ('done', 'failed', 'cancelled') AND due_at <= :now
           ) AS waiting WHERE place <= :most ORDER BY made_at, id""",
        now=now,
        most=each + len(besides),
    )
    return [_upload_of(row) for row in rows if row["id"] not in besides]


async def change(tx: Transaction, was: UploadRecord, after: UploadRecord) -> bool:
    """It is so from now on; False, and nothing, when it is not any more as it was."""
    changed = await tx.execute(
        """UPDATE uploads SET state = :state, changed_at = :changed, due_at = :due, tries = :tries,
                  rounds = :rounds, contents = :contents, media_uuid = :media, upload_id = :upload,
                  part_size = :part_size, etags = :tags_of_parts, known = :known, why = :why
           WHERE id = :upload_id AND state = :was""",
        upload_id=was.id,
        was=was.state,
        tags_of_parts=json.dumps(after.etags),
        **vars(after),
    )
    return changed == 1


async def call(tx: Transaction, upload: str, body: bytes) -> None:
    """Set its name, and its place in the vault, from now on."""
    await tx.execute("UPDATE uploads SET body_ct = :body WHERE id = :id", body=body, id=upload)


async def cancel(tx: Transaction, upload: str, *, now: Millis) -> bool:
    """Stop it; False when Fanvue has it already, or it is over."""
    stopped = await tx.execute(
        f"""UPDATE uploads SET state = 'cancelled', changed_at = :now, why = NULL
            WHERE id = :id AND state IN ({_TO_STOP})""",  # noqa: S608 - a constant
        id=upload,
        now=now,
    )
    return stopped == 1


async def twin_under_way(tx: Transaction, upload: UploadRecord) -> bool:
    """Whether another one with the same bytes goes into the same vault right now."""
    row = await tx.one(
        """SELECT 1 AS one FROM uploads WHERE creator_uuid = :creator AND contents = :contents
             AND size = :size AND id <> :id
             AND state IN ('starting', 'sending', 'finishing', 'processing') LIMIT 1""",
        creator=upload.creator,
        contents=upload.contents,
        size=upload.size,
        id=upload.id,
    )
    return row is not None


async def in_vault(tx: Transaction, creator: CreatorId, contents: str, size: int) -> MediaId | None:
    """The item that these bytes became, as far as it is known here."""
    row = await tx.one(
        """SELECT media_uuid FROM vault_files
           WHERE creator_uuid = :creator AND contents = :contents AND size = :size""",
        creator=creator,
        contents=contents,
        size=size,
    )
    return MediaId(row["media_uuid"]) if row else None


async def remember(tx: Transaction, upload: UploadRecord, *, now: Millis) -> None:
    """These bytes are this item from now on."""
    await tx.execute(
        """INSERT INTO vault_files (creator_uuid, contents, size, media_uuid, at)
           VALUES (:creator, :contents, :size, :media, :now)
           ON CONFLICT (creator_uuid, contents, size)
           DO UPDATE SET media_uuid = excluded.media_uuid, at = excluded.at""",
        creator=upload.creator,
        contents=upload.contents,
        size=upload.size,
        media=upload.media,
        now=now,
    )


async def forget(tx: Transaction, creator: CreatorId, media: MediaId) -> None:
    """An item that is not in the vault any more."""
    await tx.execute(
        "DELETE FROM vault_files WHERE creator_uuid = :creator AND media_uuid = :media",
        creator=creator,
        media=media,
    )


def _upload_of(row: Row) -> UploadRecord:
    return record_of(UploadRecord, row, etags=tuple(json.loads(row["etags"])))
