"""The timers of scheduled replies, in the outbox."""

from storage.database import Transaction
from storage.engine.outbox import effect_of
from storage.records import CreatorId, Effect


async def of_creator(tx: Transaction, creator: CreatorId) -> list[Effect]:
    """Those that wait for their time, or since then for a person; the soonest first."""
    rows = await tx.all(
        """SELECT * FROM outbox WHERE creator_uuid = :creator AND kind = 'reply.later'
             AND state IN ('pending', 'sending', 'unknown', 'rejected') ORDER BY not_before, id""",
        creator=creator,
    )
    return [effect_of(row) for row in rows]
