"""Findings of the guard, and leads' returns and changes, from the audit log."""

from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.records import CreatorId, DiscordId, Millis, Pseudonym
from storage.rows import record_of

RETURNED, EDITED = "reply.return", "reply.approve_edited"
GUARD = "guard."  # what the actions of its packs begin with
FOR_ALL = ".all"  # and what they end with, of what was written for many


@dataclass(frozen=True)
class StoppedAttemptFilter:
    """A choice of attempts about a creator; None does not matter."""

    creator: CreatorId
    since: Millis
    member: DiscordId | None = None
    action: str | None = None  # itself, and of a pack also what was written for many


@dataclass(frozen=True)
class StoppedAttempt:
    """One attempt, as the audit has it."""

    creator: CreatorId
    at: Millis
    action: str
    outcome: str
    writer: DiscordId | None  # None: it is not known any more
    writer_name: str
    lead: DiscordId | None  # who returned or changed it
    fan: Pseudonym | None
    anyway: bool  # it was let go all the same


# The first condition is the index's own. A lead's word is about a command of somebody else's.
FOUND = f"""
    SELECT audit.*, commands.actor AS command_actor, COALESCE(commands.actor_name, '') AS writer_name,
           CASE WHEN EXISTS (SELECT 1 FROM audit AS later
                             WHERE later.cause = audit.cause AND later.action = audit.action
                               AND later.outcome = 'anyway') THEN 1 ELSE 0 END AS anyway
    FROM audit LEFT JOIN commands ON commands.id = audit.cause
    WHERE (audit.outcome IN ('warned', 'held', 'blocked')
           OR audit.action IN ('{RETURNED}', '{EDITED}'))
      AND audit.creator_uuid = :creator AND audit.at >= :since AND audit.follows IS NULL
      AND (audit.action IN ('{RETURNED}', '{EDITED}') OR substr(audit.action, 1, 6) = '{GUARD}')
      AND (CAST(:action AS TEXT) IS NULL OR audit.action = :action OR audit.action = :action || '{FOR_ALL}')
      AND (CAST(:member AS BIGINT) IS NULL OR :member =
           CASE WHEN substr(audit.action, 1, 6) = '{GUARD}' THEN audit.actor ELSE commands.actor END)
    ORDER BY audit.at DESC, audit.seq DESC LIMIT :limit"""  # noqa: S608 - constants


async def found(tx: Transaction, wanted: StoppedAttemptFilter, *, limit: int) -> list[StoppedAttempt]:
    """The newest that fit, at most so many, newest first."""
    rows = await tx.all(FOUND, **vars(wanted), limit=limit)
    return [_stopped_of(row) for row in rows]


def _stopped_of(row: Row) -> StoppedAttempt:
    guarded = row["action"].startswith(GUARD)
    writer, lead = (row["actor"], None) if guarded else (row["command_actor"], row["actor"])
    return record_of(StoppedAttempt, row, writer=writer, lead=lead)
