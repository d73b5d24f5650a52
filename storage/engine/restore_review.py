"""Effects a restored database would repeat: parked, listed, taken up on a word.

Work that was waiting when the backup was made may have been done since, so nobody does it until the
operator says so: effects are `absent` with a sentence, staged commands and one-time things of a sign-in are
over. Undecided facts stay as they are: nobody decides them before the word.
"""

from dataclasses import dataclass

from storage.database import Transaction
from storage.engine import instance
from storage.records import CreatorId, FanId, Millis
from storage.rows import record_of

PARKED = "This was waiting when the backup was made. It may have been sent since."
_SINCE = "restored"


@dataclass(frozen=True)
class RestoredEffect:
    """One effect that was waiting when the backup was made."""

    kind: str
    creator: CreatorId
    fan: FanId | None
    handle: str | None  # the creator's
    fan_handle: str | None
    created_at: Millis


@dataclass(frozen=True)
class RestoreDifferences:
    """Possible differences between the world and this database."""

    since: Millis
    backed_up_at: Millis | None
    effects: list[RestoredEffect]
    facts: int
    links: list[str]  # handles of links whose tokens may have been renewed since the backup


async def since(tx: Transaction) -> Millis | None:
    """The time the database was found to be restored; None unless it still waits for a word."""
    value = await instance.recall(tx, _SINCE)
    return int(value) if value is not None else None


async def park(tx: Transaction, *, now: Millis) -> int:
    """Stop everything that was going on; how many effects there were."""
    effects = await tx.execute(
        """UPDATE outbox SET state = 'absent', settled_at = :now, reason = :why, attention = :why
           WHERE settled_at IS NULL AND state IN ('pending', 'sending', 'unknown')""",
        now=now,
        why=PARKED,
    )
    await tx.execute("UPDATE commands SET state = 'cancelled' WHERE state = 'staged'")
    # One-time things that may have been used since: none of them may be used a second time.
    await tx.execute("UPDATE tickets SET state = 'closed' WHERE state <> 'closed'")
    await tx.execute("UPDATE attempts SET state = 'consumed' WHERE state = 'started'")
    await tx.execute("DELETE FROM page_sessions")
    await tx.execute("UPDATE pending_links SET state = 'expired', tokens_ct = NULL WHERE state = 'open'")
    await tx.execute(
        "UPDATE drafts SET state = 'expired', settled_at = :now, version = version + 1 WHERE state = 'open'",
        now=now,
    )
    await tx.execute(
        "UPDATE mass_requests SET state = 'expired', decided_at = :now WHERE state = 'open'", now=now
    )
    await instance.remember(tx, _SINCE, str(now))
    return effects


async def differences(tx: Transaction) -> RestoreDifferences | None:
    """The report for the operator; None when nothing waits for their word."""
    found = await since(tx)
    if found is None:
        return None
    made = await instance.recall(tx, "backed_up_at")
    effects = await tx.all(
        """SELECT o.kind, o.creator_uuid, o.fan_uuid, c.handle, f.handle AS fan_handle, o.created_at
           FROM outbox o
           LEFT JOIN creators c ON c.creator_uuid = o.creator_uuid
           LEFT JOIN fans f ON f.creator_uuid = o.creator_uuid AND f.fan_uuid = o.fan_uuid
           WHERE o.state = 'absent' AND o.reason = :why ORDER BY o.created_at, o.stream, o.seq""",
        why=PARKED,
    )
    facts = await tx.one("SELECT COUNT(*) AS facts FROM inbox WHERE state = 'new'")
    links = await tx.all("SELECT handle FROM links WHERE state = 'active' ORDER BY handle")
    return RestoreDifferences(
        since=found,
        backed_up_at=int(made) if made is not None else None,
        effects=[record_of(RestoredEffect, row) for row in effects],
        facts=facts["facts"] if facts else 0,
        links=[row["handle"] for row in links],
    )


async def accept(tx: Transaction, *, now: Millis) -> bool:
    """The operator's word; False when none was waited for.

    What was parked becomes unknown: its delivery reads first and never repeats blindly.
    """
    if await since(tx) is None:
        return False
    # The 15 minutes in which a command can be answered are over, or somebody has answered since.
    await tx.execute(
        """UPDATE outbox SET state = 'cancelled', attention = NULL
           WHERE state = 'absent' AND reason = :why AND kind = 'answer'""",
        why=PARKED,
    )
    await tx.execute(
        """UPDATE outbox SET state = 'unknown', settled_at = NULL, attention = NULL, not_before = :now,
                  attempt_started = COALESCE(attempt_started, created_at)
           WHERE state = 'absent' AND reason = :why""",
        now=now,
        why=PARKED,
    )
    await tx.execute("DELETE FROM kept WHERE name = :name", name=_SINCE)
    return True
