"""Effects of unknown fate: looked for, looked for later, and open again."""

from storage.database import Transaction
from storage.records import EffectId, Millis


async def doubt(
    tx: Transaction, effect: EffectId, *, not_before: Millis, reason: str, ended: Millis | None = None
) -> None:
    """An attempt may have arrived: from here the effect is only looked for, at `not_before`.

    `ended`: when that attempt ended; None when it was an earlier one, of which this is known.
    """
    await tx.execute(
        """UPDATE outbox SET state = 'unknown', reason = :reason, not_before = :not_before,
                  doubted_at = COALESCE(:ended, doubted_at), attention = NULL
           WHERE id = :id AND state IN ('sending', 'unknown')""",
        id=effect,
        not_before=not_before,
        reason=reason,
        ended=ended,
    )


async def postpone(tx: Transaction, effect: EffectId, *, not_before: Millis, reason: str) -> None:
    """Look for an effect of unknown fate at `not_before`; a person it waits for is still asked."""
    await tx.execute(
        "UPDATE outbox SET reason = :reason, not_before = :not_before WHERE id = :id AND state = 'unknown'",
        id=effect,
        not_before=not_before,
        reason=reason,
    )


async def reopen(tx: Transaction, effect: EffectId, *, now: Millis, forget: bool) -> None:
    """Unknown → pending for a deed that is safe to repeat (a nonce, an edit, a proven absence).

    The first attempt's time is kept, since a nonce counts from it, unless `forget` says that the
    attempt is known not to have taken place.
    """
    await tx.execute(
        """UPDATE outbox SET state = 'pending', not_before = :now,
                  attempt_started = CASE WHEN :forget = 1 THEN NULL ELSE attempt_started END,
                  doubted_at = CASE WHEN :forget = 1 THEN NULL ELSE doubted_at END
           WHERE id = :id AND state = 'unknown'""",
        id=effect,
        now=now,
        forget=int(forget),
    )
