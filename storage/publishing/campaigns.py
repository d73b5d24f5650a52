"""Mass messages that went out through the bridge, and when they are told of next."""

from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.engine.outbox import effect_of
from storage.records import CreatorId, DiscordId, Effect, EffectId, Millis
from storage.rows import record_of

LOOK = "campaign.look"  # the kind of the effect that reads what came of one


@dataclass(frozen=True)
class Campaign:
    """One mass message. `told`: how many of its times are over; `due`: the next look, None: never again."""

    creator: CreatorId
    message: str
    effect: EffectId
    by: DiscordId
    launched: Millis
    most: int | None
    least: int | None
    told: int
    due: Millis | None


async def unfollowed(tx: Transaction, creator: CreatorId, kind: str, *, since: Millis) -> list[Effect]:
    """Effects of this kind that took place and of which nobody follows yet what comes, oldest first."""
    rows = await tx.all(
        """SELECT * FROM outbox WHERE creator_uuid = :creator AND fan_uuid IS NULL AND kind = :kind
             AND state = 'done' AND external_id IS NOT NULL AND created_at >= :since
             AND NOT EXISTS (SELECT 1 FROM campaigns WHERE campaigns.effect_id = outbox.id)
           ORDER BY created_at, id""",
        creator=creator,
        kind=kind,
        since=since,
    )
    return [effect_of(row) for row in rows]


async def follow(tx: Transaction, new: Campaign) -> bool:
    """Follow one; False when it was followed already."""
    return (
        await tx.execute(
            """INSERT INTO campaigns (creator_uuid, message_uuid, effect_id, launched_by, launched_at, most,
                                      least, told, due_at)
               VALUES (:creator, :message, :effect, :by, :launched, :most, :least, :told, :due)
               ON CONFLICT DO NOTHING""",
            **vars(new),
        )
        == 1
    )


async def get(tx: Transaction, creator: CreatorId, message: str) -> Campaign | None:
    """One by its id on Fanvue."""
    row = await tx.one(
        "SELECT * FROM campaigns WHERE creator_uuid = :creator AND message_uuid = :message",
        creator=creator,
        message=message,
    )
    return _campaign_of(row) if row else None


async def due(tx: Transaction, *, now: Millis, limit: int) -> list[Campaign]:
    """Those whose look is due and not wanted yet, of creators who are connected, the oldest date first."""
    rows = await tx.all(
        """SELECT * FROM campaigns WHERE due_at <= :now
             AND EXISTS (SELECT 1 FROM links WHERE links.creator_uuid = campaigns.creator_uuid
                           AND links.state = 'active')
             AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.cause = 'campaign:' || campaigns.message_uuid
                               AND outbox.part = 'look:' || campaigns.due_at)
           ORDER BY due_at, message_uuid LIMIT :limit""",
        now=now,
        limit=limit,
    )
    return [_campaign_of(row) for row in rows]


async def first_due(tx: Transaction, *, since: Millis, until: Millis) -> list[CreatorId]:
    """Creators with a first look due in this time, `until` outside: as long before it something went out."""
    rows = await tx.all(
        """SELECT DISTINCT creator_uuid FROM campaigns
           WHERE told = 0 AND due_at >= :since AND due_at < :until ORDER BY creator_uuid""",
        since=since,
        until=until,
    )
    return [CreatorId(row["creator_uuid"]) for row in rows]


async def not_begun(tx: Transaction, creator: CreatorId, *, after: Millis) -> list[Campaign]:
    """A creator's of which nothing is told yet, and whose first look is due later; the soonest first."""
    rows = await tx.all(
        """SELECT * FROM campaigns WHERE creator_uuid = :creator AND told = 0 AND due_at > :after
           ORDER BY due_at, message_uuid""",
        creator=creator,
        after=after,
    )
    return [_campaign_of(row) for row in rows]


async def go_on(
    tx: Transaction, creator: CreatorId, message: str, *, was: Millis, told: int, due: Millis | None
) -> bool:
    """Go on to the next look; False when somebody was faster."""
    changed = await tx.execute(
        """UPDATE campaigns SET told = :told, due_at = :due
           WHERE creator_uuid = :creator AND message_uuid = :message AND due_at = :was""",
        creator=creator,
        message=message,
        was=was,
        told=told,
        due=due,
    )
    return changed == 1


async def count(
    tx: Transaction, creator: CreatorId, message: str, *, reached: int | None, bought: int | None
) -> None:
    """Set how many got one with a price by now, and how many bought it; None: no price, or nobody tells."""
    await tx.execute(
        """UPDATE campaigns SET reached = :reached, bought = :bought
           WHERE creator_uuid = :creator AND message_uuid = :message""",
        creator=creator,
        message=message,
        reached=reached,
        bought=bought,
    )


def _campaign_of(row: Row) -> Campaign:
    return record_of(Campaign, row, by=row["launched_by"])
