"""A team's promises to its fans, and their times; the texts are sealed."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, DiscordId, EffectId, FanId, Millis
from storage.rows import record_of

REMIND = "ping.owed"  # the kind of the effect that reminds
OPEN, KEPT, DROPPED = "open", "kept", "dropped"


@dataclass(frozen=True)
class Promise:
    """One promise. `body`: the sealed texts. `version` grows with every change."""

    id: str
    creator: CreatorId
    fan: FanId
    owed_by: DiscordId | None  # None: the whole team
    made: Millis
    due: Millis
    body: bytes
    version: int = 1
    channel: DiscordId | None = None  # of the message that was marked
    message: DiscordId | None = None
    reminder: EffectId | None = None  # what reminds of this date
    state: str = OPEN
    settled_by: DiscordId | None = None
    settled: Millis | None = None


async def add(tx: Transaction, new: Promise) -> None:
    await tx.execute(
        """INSERT INTO promises (id, creator_uuid, fan_uuid, owed_by, made_at, due_at, version, channel_id,
                                 message_id, reminder_id, state, settled_by, settled_at, body_ct)
           VALUES (:id, :creator, :fan, :owed_by, :made, :due, :version, :channel, :message, :reminder,
                   :state, :settled_by, :settled, :body)""",
        **vars(new),
    )


async def get(tx: Transaction, promise: str) -> Promise | None:
    row = await tx.one("SELECT * FROM promises WHERE id = :id", id=promise)
    return record_of(Promise, row) if row else None


async def open_of_fan(tx: Transaction, creator: CreatorId, fan: FanId) -> list[Promise]:
    """A fan's open promises, the soonest due first."""
    rows = await tx.all(
        """SELECT * FROM promises WHERE creator_uuid = :creator AND fan_uuid = :fan AND state = 'open'
           ORDER BY due_at, id""",
        creator=creator,
        fan=fan,
    )
    return [record_of(Promise, row) for row in rows]


async def settled_of_fan(tx: Transaction, creator: CreatorId, fan: FanId, *, limit: int) -> list[Promise]:
    """A fan's promises kept or dropped, still remembered, the newest first."""
    rows = await tx.all(
        """SELECT * FROM promises WHERE creator_uuid = :creator AND fan_uuid = :fan AND state <> 'open'
           ORDER BY settled_at DESC, id LIMIT :limit""",
        creator=creator,
        fan=fan,
        limit=limit,
    )
    return [record_of(Promise, row) for row in rows]


async def open_of_creator(tx: Transaction, creator: CreatorId, *, limit: int) -> list[Promise]:
    """Open promises to a creator's fans, likewise."""
    rows = await tx.all(
        """SELECT * FROM promises WHERE creator_uuid = :creator AND state = 'open'
           ORDER BY due_at, id LIMIT :limit""",
        creator=creator,
        limit=limit,
    )
    return [record_of(Promise, row) for row in rows]


async def open_by(tx: Transaction, creator: CreatorId, member: DiscordId) -> list[Promise]:
    """A member's open promises to a creator's fans, likewise."""
    rows = await tx.all(
        """SELECT * FROM promises WHERE creator_uuid = :creator AND owed_by = :member AND state = 'open'
           ORDER BY due_at, id""",
        creator=creator,
        member=member,
    )
    return [record_of(Promise, row) for row in rows]


async def creators_due(tx: Transaction, *, now: Millis) -> list[CreatorId]:
    """Creators with due promises not reminded of; not those who are frozen."""
    rows = await tx.all(
        """SELECT DISTINCT creator_uuid FROM promises
           WHERE state = 'open' AND reminder_id IS NULL AND due_at <= :now
             AND EXISTS (SELECT 1 FROM links WHERE links.creator_uuid = promises.creator_uuid
                           AND links.state NOT IN ('closed', 'unlinking'))
           ORDER BY creator_uuid""",
        now=now,
    )
    return [CreatorId(row["creator_uuid"]) for row in rows]


async def due(tx: Transaction, creator: CreatorId, *, now: Millis, limit: int) -> list[Promise]:
    """A creator's due promises not reminded of, the oldest date first."""
    rows = await tx.all(
        """SELECT * FROM promises WHERE creator_uuid = :creator AND state = 'open' AND reminder_id IS NULL
             AND due_at <= :now ORDER BY due_at, id LIMIT :limit""",
        creator=creator,
        now=now,
        limit=limit,
    )
    return [record_of(Promise, row) for row in rows]


async def change(tx: Transaction, after: Promise) -> None:
    """A promise that was just read is so from now on. Whose it is, and of which message, stays."""
    await tx.execute(
        """UPDATE promises SET owed_by = :owed_by, due_at = :due, version = :version, reminder_id = :reminder,
                  state = :state, settled_by = :settled_by, settled_at = :settled, body_ct = :body
           WHERE id = :id""",
        **vars(after),
    )


async def settled_before(tx: Transaction, before: Millis) -> bool:
    """Whether anything was settled earlier than this."""
    row = await tx.one("SELECT 1 AS one FROM promises WHERE settled_at < :before LIMIT 1", before=before)
    return row is not None


async def forget_settled(tx: Transaction, *, before: Millis) -> int:
    """Delete what was settled earlier than this; how many there were."""
    return await tx.execute("DELETE FROM promises WHERE settled_at < :before", before=before)
