"""A fan's status with a creator by Fanvue's own word, and since when."""

from dataclasses import dataclass

from storage.database import FrequentStatement, Transaction
from storage.records import CreatorId, FanId, Millis

_OF_FAN = FrequentStatement(
    """SELECT status, status_at FROM fans WHERE creator_uuid = :creator AND fan_uuid = :fan
         AND status IS NOT NULL AND status_at IS NOT NULL"""
)

SUBSCRIBER, FOLLOWER, EXPIRED = "subscriber", "follower", "expired"
NOT_CONTACTABLE = "not_contactable"


@dataclass(frozen=True)
class FanStatus:
    """The last word told, and when. The words are an open set."""

    word: str
    at: Millis


async def of_fan(tx: Transaction, creator: CreatorId, fan: FanId) -> FanStatus | None:
    """None: nobody told, or nothing is kept of this fan."""
    row = await tx.one(_OF_FAN, creator=creator, fan=fan)
    return FanStatus(row["status"], row["status_at"]) if row else None


async def told(tx: Transaction, creator: CreatorId, fan: FanId, word: str, *, at: Millis) -> bool:
    """Keep it, of a fan who is known; an older word changes nothing. Whether there is anything new in it."""
    before = await of_fan(tx, creator, fan)
    changed = await tx.execute(
        """UPDATE fans SET status = :word, status_at = :at WHERE creator_uuid = :creator AND fan_uuid = :fan
             AND (status_at IS NULL OR status_at <= :at)""",
        creator=creator,
        fan=fan,
        word=word,
        at=at,
    )
    return changed == 1 and (before is None or before.word != word)
