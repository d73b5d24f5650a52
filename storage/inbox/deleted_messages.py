"""Lines whose message was deleted on Fanvue."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, EffectId, FanId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class DeletedMessage:
    line: EffectId
    creator: CreatorId
    fan: FanId
    at: Millis
    by_fan: bool
    was_shown: bool


async def add(tx: Transaction, struck: DeletedMessage) -> None:
    """Strike a line; the first word about it holds."""
    await tx.execute(
        """INSERT INTO struck_lines (line_id, creator_uuid, fan_uuid, deleted_at, by_fan, was_shown)
           VALUES (:line, :creator, :fan, :at, :by_fan, :was_shown) ON CONFLICT (line_id) DO NOTHING""",
        **vars(struck),
    )


async def of_line(tx: Transaction, line: EffectId) -> DeletedMessage | None:
    """None: its message was not deleted, as far as is known."""
    row = await tx.one("SELECT * FROM struck_lines WHERE line_id = :line", line=line)
    if row is None:
        return None
    return record_of(DeletedMessage, row, at=row["deleted_at"])
