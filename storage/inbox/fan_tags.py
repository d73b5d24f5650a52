"""By which short words a team finds its fans again; the words are sealed."""

from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.inbox.fan_rows import FanRows
from storage.records import CreatorId, DiscordId, FanId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class FanTag:
    """One word on one fan. `body`: the sealed word."""

    id: str
    creator: CreatorId
    fan: FanId
    by: DiscordId
    at: Millis
    body: bytes


async def add(tx: Transaction, tag: FanTag) -> None:
    """Keep a new one; that the fan does not have the word yet is the caller's to know."""
    await tx.execute(
        """INSERT INTO fan_tags (id, creator_uuid, fan_uuid, added_by, added_at, body_ct)
           VALUES (:id, :creator, :fan, :by, :at, :body)""",
        **vars(tag),
    )


async def of_standing(tx: Transaction, creator: CreatorId, *, now: Millis) -> list[FanTag]:
    """Of those fans of a creator who wait, are answered now, or are out of sight until later."""
    rows = await tx.all(
        """SELECT fan_tags.* FROM talks
           JOIN fan_tags ON fan_tags.creator_uuid = talks.creator_uuid AND fan_tags.fan_uuid = talks.fan_uuid
           WHERE talks.creator_uuid = :creator
             AND (waiting_since IS NOT NULL OR claimed_until > :now OR snoozed_until > :now)
           ORDER BY added_at, id""",
        creator=creator,
        now=now,
    )
    return [_tag_of(row) for row in rows]


def _tag_of(row: Row) -> FanTag:
    return record_of(FanTag, row, by=row["added_by"], at=row["added_at"])


_ROWS = FanRows("fan_tags", "added_at", _tag_of)
of_fan, newest, remove = _ROWS.of_fan, _ROWS.newest, _ROWS.remove
