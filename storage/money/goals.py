"""The income that a creator aims for, and the goals told to be reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Transaction
from storage.records import Cents, CreatorId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class Goal:
    """One of a creator's goals. `span`: week or month; `net`: after Fanvue's fee."""

    creator: CreatorId
    span: str
    cents: Cents
    net: bool
    set_at: Millis


async def put(tx: Transaction, goal: Goal) -> None:
    """Keep a goal instead of the one that this span had."""
    await tx.execute(
        """INSERT INTO goals (creator_uuid, span, cents, net, set_at)
           VALUES (:creator, :span, :cents, :net, :set_at)
           ON CONFLICT (creator_uuid, span) DO UPDATE SET cents = excluded.cents, net = excluded.net,
               set_at = excluded.set_at""",
        **vars(goal),
    )


async def remove(tx: Transaction, creator: CreatorId, span: str) -> bool:
    """Want it no longer; whether there was one."""
    gone = await tx.execute(
        "DELETE FROM goals WHERE creator_uuid = :creator AND span = :span", creator=creator, span=span
    )
    return gone > 0


async def of_creator(tx: Transaction, creator: CreatorId) -> Sequence[Goal]:
    """A creator's goals, by their spans."""
    rows = await tx.all("SELECT * FROM goals WHERE creator_uuid = :creator ORDER BY span", creator=creator)
    return [record_of(Goal, row) for row in rows]


async def running(tx: Transaction) -> Sequence[tuple[Goal, str | None]]:
    """Every goal of a creator whom Fanvue lets the bridge read now, with the name of their zone."""
    rows = await tx.all(
        """SELECT goals.*, zones.zone FROM goals
           LEFT JOIN zones ON zones.creator_uuid = goals.creator_uuid
           WHERE EXISTS (SELECT 1 FROM links
                         WHERE links.creator_uuid = goals.creator_uuid AND links.state = 'active')
           ORDER BY goals.creator_uuid, goals.span"""
    )
    return [(record_of(Goal, row), row["zone"]) for row in rows]


async def was_told(tx: Transaction, goal: Goal, first_day: str) -> bool:
    """Whether it was told that this goal was reached in the span that began on that day."""
    row = await tx.one(
        """SELECT 1 AS one FROM goals_told WHERE creator_uuid = :creator AND span = :span
             AND cents = :cents AND net = :net AND first_day = :first_day""",
        **vars(goal),
        first_day=first_day,
    )
    return row is not None


async def tell(tx: Transaction, goal: Goal, first_day: str, *, now: Millis) -> bool:
    """Take it as told; False when it was before, or when the goal is another one by now."""
    if goal not in await of_creator(tx, goal.creator):
        return False
    added = await tx.execute(
        """INSERT INTO goals_told (creator_uuid, span, cents, net, first_day, told_at)
           VALUES (:creator, :span, :cents, :net, :first_day, :now)
           ON CONFLICT (creator_uuid, span, cents, net, first_day) DO NOTHING""",
        **vars(goal),
        first_day=first_day,
        now=now,
    )
    return added == 1
