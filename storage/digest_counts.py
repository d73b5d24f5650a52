"""What a digest counts: subscriptions that changed, and what is owed or failed."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, Millis

_BEGAN, _RENEWED, _ENDED = "subscription.activated", "subscription.renewed", "subscription.deactivated"


@dataclass(frozen=True)
class Moves:
    """How many subscriptions began, were renewed, ended, and will end because renewal was switched off."""

    began: int = 0
    renewed: int = 0
    ended: int = 0
    off: int = 0

    @property
    def any(self) -> bool:
        """Whether anything happened at all."""
        return bool(self.began or self.renewed or self.ended or self.off)


@dataclass(frozen=True)
class Ending:
    """Subscriptions that run and will not renew: how many, and when the first one ends, if that was told."""

    number: int = 0
    first: Millis | None = None


NONE_ENDING = Ending()


async def moves(tx: Transaction, creator: CreatorId, *, since: Millis, until: Millis, doubled: str) -> Moves:
    """What became of subscriptions in this time; `doubled`: the reason of facts that were told before."""
    rows = await tx.all(
        """SELECT kind, COUNT(*) AS number FROM inbox
           WHERE creator_uuid = :creator AND source_at >= :since AND source_at < :until
             AND kind IN (:began, :renewed, :ended) AND (reason IS NULL OR reason <> :doubled)
           GROUP BY kind""",
        creator=creator,
        since=since,
        until=until,
        began=_BEGAN,
        renewed=_RENEWED,
        ended=_ENDED,
        doubled=doubled,
    )
    found = {row["kind"]: int(row["number"]) for row in rows}
    off = await tx.one(
        """SELECT COUNT(*) AS number FROM subscribers WHERE creator_uuid = :creator AND active = 1
             AND renews = 0 AND terms_at >= :since AND terms_at < :until""",
        creator=creator,
        since=since,
        until=until,
    )
    number = int(off["number"]) if off else 0
    return Moves(found.get(_BEGAN, 0), found.get(_RENEWED, 0), found.get(_ENDED, 0), number)


async def ending(tx: Transaction, creator: CreatorId, *, now: Millis) -> Ending:
    """Who subscribes now and has switched the renewal off."""
    row = await tx.one(
        """SELECT COUNT(*) AS number, MIN(ends_at) AS first FROM subscribers
           WHERE creator_uuid = :creator AND active = 1 AND renews = 0
             AND (ends_at IS NULL OR ends_at > :now)""",
        creator=creator,
        now=now,
    )
    return Ending(int(row["number"]), row["first"]) if row else Ending()


async def owed(tx: Transaction, creator: CreatorId, *, by: Millis) -> int:
    """How many open promises are due by this time."""
    row = await tx.one(
        """SELECT COUNT(*) AS number FROM promises
           WHERE creator_uuid = :creator AND state = 'open' AND due_at <= :by""",
        creator=creator,
        by=by,
    )
    return int(row["number"]) if row else 0


async def unsent(tx: Transaction, creator: CreatorId) -> int:
    """How many replies were not sent, or nobody knows whether, and wait for a person's word."""
    row = await tx.one(
        """SELECT COUNT(*) AS number FROM outbox WHERE creator_uuid = :creator AND kind = 'chat.send'
             AND state IN ('rejected', 'absent') AND attention IS NOT NULL""",
        creator=creator,
    )
    return int(row["number"]) if row else 0
