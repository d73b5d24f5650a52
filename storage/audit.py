"""Who did what and how it ended; only ever added to."""

from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.records import CreatorId, DiscordId, Millis


@dataclass(frozen=True)
class Entry:
    """One line of the record. No message texts, no tokens."""

    id: str
    at: Millis
    actor: DiscordId | None  # None: the bridge itself
    creator: CreatorId | None
    action: str
    target: str
    cause: str | None  # the command, fact or effect behind it
    outcome: str


async def write(tx: Transaction, entry: Entry) -> None:
    """Add a line after all others."""
    await tx.execute(
        """
        INSERT INTO audit (id, seq, at, actor, creator_uuid, action, target, cause, outcome)
        SELECT :id, COALESCE(MAX(seq), 0) + 1, :at, :actor, :creator, :action, :target, :cause, :outcome
        FROM audit
        """,
        id=entry.id,
        at=entry.at,
        actor=entry.actor,
        creator=entry.creator,
        action=entry.action,
        target=entry.target,
        cause=entry.cause,
        outcome=entry.outcome,
    )


async def recent(tx: Transaction, creator: CreatorId, limit: int) -> list[Entry]:
    """The newest lines about a creator, newest first."""
    rows = await tx.all(
        "SELECT * FROM audit WHERE creator_uuid = :creator ORDER BY seq DESC LIMIT :limit",
        creator=creator,
        limit=limit,
    )
    return [entry_of(row) for row in rows]


async def last_by_a_person(tx: Transaction, cause: str) -> Entry | None:
    """The newest line that a person's deed left about a command, fact or effect."""
    row = await tx.one(
        "SELECT * FROM audit WHERE cause = :cause AND actor IS NOT NULL ORDER BY seq DESC LIMIT 1",
        cause=cause,
    )
    return entry_of(row) if row else None


def entry_of(row: Row) -> Entry:
    """The record of one row."""
    return Entry(
        id=row["id"],
        at=row["at"],
        actor=DiscordId(row["actor"]) if row["actor"] is not None else None,
        creator=CreatorId(row["creator_uuid"]) if row["creator_uuid"] is not None else None,
        action=row["action"],
        target=row["target"],
        cause=row["cause"],
        outcome=row["outcome"],
    )
