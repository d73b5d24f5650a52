"""Effects that wait for a person: parked with a sentence, settled by a word."""

from storage.database import Transaction
from storage.records import EffectId, Millis


async def ask(tx: Transaction, effect: EffectId, attention: str) -> None:
    """Park an effect for a person, with the sentence they will read."""
    await tx.execute("UPDATE outbox SET attention = :why WHERE id = :id", id=effect, why=attention)


async def again(tx: Transaction, effect: EffectId, *, now: Millis) -> bool:
    """Absent or rejected → pending, by a person's word; False when it is in no such state any more."""
    changed = await tx.execute(
        """UPDATE outbox SET state = 'pending', attempt_started = NULL, not_before = :now, reason = NULL,
                  settled_at = NULL, attention = NULL
           WHERE id = :id AND state IN ('absent', 'rejected')""",
        id=effect,
        now=now,
    )
    return changed == 1


async def give_up(tx: Transaction, effect: EffectId, *, now: Millis) -> bool:
    """Absent or rejected → cancelled, by a person's word."""
    changed = await tx.execute(
        """UPDATE outbox SET state = 'cancelled', settled_at = :now, attention = NULL
           WHERE id = :id AND state IN ('absent', 'rejected')""",
        id=effect,
        now=now,
    )
    return changed == 1


async def found(tx: Transaction, effect: EffectId, *, now: Millis, external_id: str) -> bool:
    """Absent → done: what was looked for in vain turned up after all."""
    changed = await tx.execute(
        """UPDATE outbox SET state = 'done', settled_at = :now, external_id = :external_id, attention = NULL
           WHERE id = :id AND state = 'absent'""",
        id=effect,
        now=now,
        external_id=external_id,
    )
    return changed == 1
