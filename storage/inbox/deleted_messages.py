"""Lines whose message was deleted on Fanvue."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, EffectId, FanId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class DeletedMessage:
    line: EffectId
    creator: CreatorId
    fan: FanId
    at: Millis
    by_fan: bool
    was_shown: bool
    taken_by: DiscordId | None = None  # who in the team took it back; None: somebody on Fanvue, or the fan


async def add(tx: Transaction, struck: DeletedMessage) -> None:
    """Strike a line; the first word about it holds, but who took it back may be told later."""
    await tx.execute(
        """INSERT INTO struck_lines (line_id, creator_uuid, fan_uuid, deleted_at, by_fan, was_shown, taken_by)
           VALUES (:line, :creator, :fan, :at, :by_fan, :was_shown, :taken_by)
           ON CONFLICT (line_id) DO UPDATE SET
               taken_by = COALESCE(struck_lines.taken_by, excluded.taken_by)""",
        **vars(struck),
    )


async def of_line(tx: Transaction, line: EffectId) -> DeletedMessage | None:
    """None: its message was not deleted, as far as is known."""
    row = await tx.one("SELECT * FROM struck_lines WHERE line_id = :line", line=line)
    if row is None:
        return None
    return record_of(DeletedMessage, row, at=row["deleted_at"], taken_by=row["taken_by"])
