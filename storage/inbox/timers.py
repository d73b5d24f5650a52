"""Timers of pings to a creator's team about waiting fans, and standing pings."""

from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.records import CreatorId, DiscordId, EffectId, FanId, Millis
from storage.rows import record_of

PING = "ping.post"  # the kind of the effect that pings


@dataclass(frozen=True)
class TimerSettings:
    """One creator's; minutes. Quiet hours are minutes of the day in the creator's zone, both or neither."""

    creator: CreatorId
    first: int
    second: int | None = None
    quiet_from: int | None = None
    quiet_to: int | None = None


@dataclass(frozen=True)
class StandingPing:
    """A ping about a fan that nobody has taken away."""

    effect: EffectId
    step: str
    at: Millis  # when it was decided


async def get(tx: Transaction, creator: CreatorId) -> TimerSettings | None:
    """A creator's; None: nobody is ever pinged."""
    row = await tx.one("SELECT * FROM timers WHERE creator_uuid = :creator", creator=creator)
    return _timers_of(row) if row else None


async def running(tx: Transaction) -> list[TimerSettings]:
    """Those of all creators whose threads are not frozen."""
    rows = await tx.all(
        """SELECT * FROM timers WHERE EXISTS (
               SELECT 1 FROM links WHERE links.creator_uuid = timers.creator_uuid
                 AND links.state NOT IN ('closed', 'unlinking'))
           ORDER BY creator_uuid"""
    )
    return [_timers_of(row) for row in rows]


async def put(tx: Transaction, timers: TimerSettings, *, by: DiscordId, now: Millis) -> None:
    """Let these hold in place of what held."""
    await tx.execute(
        """INSERT INTO timers (creator_uuid, first_minutes, second_minutes, quiet_from, quiet_to, changed_by,
                               changed_at)
           VALUES (:creator, :first, :second, :quiet_from, :quiet_to, :by, :now)
           ON CONFLICT (creator_uuid) DO UPDATE SET first_minutes = excluded.first_minutes,
               second_minutes = excluded.second_minutes, quiet_from = excluded.quiet_from,
               quiet_to = excluded.quiet_to, changed_by = excluded.changed_by,
               changed_at = excluded.changed_at""",
        **vars(timers),
        by=by,
        now=now,
    )


async def remove(tx: Transaction, creator: CreatorId) -> None:
    await tx.execute("DELETE FROM timers WHERE creator_uuid = :creator", creator=creator)


async def standing(tx: Transaction, creator: CreatorId, fan: FanId, kind: str = PING) -> list[StandingPing]:
    """The pings of this kind about a fan that nobody has had taken away, oldest first."""
    rows = await tx.all(
        """SELECT p.id, p.part, p.created_at FROM outbox p
           WHERE p.creator_uuid = :creator AND p.fan_uuid = :fan AND p.kind = :kind
             AND NOT EXISTS (SELECT 1 FROM outbox g WHERE g.cause = p.id AND g.part = 'gone')
           ORDER BY p.seq""",
        creator=creator,
        fan=fan,
        kind=kind,
    )
    return [StandingPing(EffectId(row["id"]), row["part"], row["created_at"]) for row in rows]


async def ever(tx: Transaction, creator: CreatorId, fan: FanId) -> int:
    """Count the pings about a fan, with those that were taken away."""
    row = await tx.one(
        """SELECT COUNT(*) AS number FROM outbox
           WHERE creator_uuid = :creator AND fan_uuid = :fan AND kind = :kind""",
        creator=creator,
        fan=fan,
        kind=PING,
    )
    return int(row["number"]) if row else 0


def _timers_of(row: Row) -> TimerSettings:
    return record_of(TimerSettings, row, first=row["first_minutes"], second=row["second_minutes"])
