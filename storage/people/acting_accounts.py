"""Through whose account the last attempt of an effect goes."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, EffectId, LinkId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class AttemptAccount:
    """A link, and the creator whom it manages; None: the link's account is the creator."""

    link: LinkId
    managed: CreatorId | None


async def choose(tx: Transaction, effect: EffectId, chosen: AttemptAccount, *, now: Millis) -> bool:
    """Remember the choice; False when the last attempt went the same way."""
    if await get(tx, effect) == chosen:
        return False
    await tx.execute(
        """INSERT INTO voices (effect_id, link_id, managed, chosen_at)
           VALUES (:effect, :link, :managed, :now)
           ON CONFLICT (effect_id) DO UPDATE SET link_id = excluded.link_id, managed = excluded.managed,
                                                 chosen_at = excluded.chosen_at""",
        effect=effect,
        link=chosen.link,
        managed=chosen.managed,
        now=now,
    )
    return True


async def get(tx: Transaction, effect: EffectId) -> AttemptAccount | None:
    """The last choice for an effect."""
    row = await tx.one("SELECT link_id, managed FROM voices WHERE effect_id = :effect", effect=effect)
    if row is None:
        return None
    return record_of(AttemptAccount, row)


async def forget(tx: Transaction, effect: EffectId) -> None:
    """It is over, and how it went stands in the audit."""
    await tx.execute("DELETE FROM voices WHERE effect_id = :effect", effect=effect)


async def forget_before(tx: Transaction, before: Millis) -> None:
    """Forget older choices: the matters they were for have long been settled."""
    await tx.execute("DELETE FROM voices WHERE chosen_at < :before", before=before)
