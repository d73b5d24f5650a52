"""What an effect follows from in the end: a fact, a command, or nothing of both."""

from dataclasses import dataclass
from typing import Final

from storage.database import Transaction
from storage.records import Effect

_LONGEST: Final = 16  # effects that follow from each other; the longest way there is has four


@dataclass(frozen=True)
class RootCause:
    """`known`: it is a fact or a command. Otherwise it is the first of the effects."""

    id: str
    known: bool


async def root_cause(tx: Transaction, effect: Effect) -> RootCause:
    """Go from an effect to its cause, and from there on as long as the cause is an effect, too."""
    reached, cause = str(effect.id), effect.cause
    for _ in range(_LONGEST):
        # What follows twice from the same one has more words behind its id.
        one = cause.partition(":")[0]
        row = await tx.one(
            """SELECT cause AS up FROM outbox WHERE id = :id
               UNION ALL SELECT '' AS up FROM inbox WHERE id = :id
               UNION ALL SELECT '' AS up FROM commands WHERE id = :id""",
            id=one,
        )
        if row is None:
            break
        if not row["up"]:
            return RootCause(one, known=True)
        reached, cause = one, row["up"]
    return RootCause(reached, known=False)
