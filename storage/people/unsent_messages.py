"""Messages for Fanvue in a creator's name that have not left, as far as known."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import OPEN, CreatorId, EffectId, EffectState, FanId, Millis, Stream
from storage.rows import record_of


@dataclass(frozen=True)
class UnsentMessage:
    """Something that was meant to leave for Fanvue in a creator's name and has not, as far as is known."""

    effect: EffectId
    kind: str  # chat.send, chat.unsend, chat.mark, reply.later, proposed.*
    fan: FanId | None  # None: it is for many, or for nobody in particular
    state: EffectState
    at: Millis  # when it was decided


async def of(tx: Transaction, creator: CreatorId) -> list[UnsentMessage]:
    """Messages in this creator's name that have not gone out, or may not have, oldest first."""
    rows = await tx.all(
        """SELECT id, kind, fan_uuid, state, created_at FROM outbox
           WHERE creator_uuid = :creator AND network = 'fanvue'
             AND (kind IN ('chat.send', 'chat.unsend', 'chat.mark', 'reply.later') OR kind LIKE 'proposed.%')
             AND (state IN ('pending', 'sending', 'unknown', 'absent')
                  OR (state = 'rejected' AND attention IS NOT NULL))
           ORDER BY created_at, stream, seq""",
        creator=creator,
    )
    return [record_of(UnsentMessage, row, effect=row["id"], at=row["created_at"]) for row in rows]


async def release(tx: Transaction, creator: CreatorId) -> list[Stream]:
    """Let what waited for a new sign-in go on now; the streams it waits in."""
    rows = await tx.all(
        f"""SELECT DISTINCT stream FROM outbox
           WHERE creator_uuid = :creator AND network = 'fanvue' AND state IN ('pending', 'unknown')
             AND {OPEN}""",  # noqa: S608 - a constant
        creator=creator,
    )
    await tx.execute(
        """UPDATE outbox SET not_before = 0, attention = NULL
           WHERE creator_uuid = :creator AND network = 'fanvue' AND state IN ('pending', 'unknown')
             AND attention IS NOT NULL""",
        creator=creator,
    )
    return [Stream(row["stream"]) for row in rows]
