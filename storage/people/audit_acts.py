"""Actions and their results: the audit log as people look through it."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Transaction
from storage.engine.audit_log import AuditEntry, entry_of
from storage.records import CreatorId, DiscordId, Millis, Pseudonym
from storage.rows import record_of


@dataclass(frozen=True)
class ActFilter:
    """A choice of actions about a creator; None does not matter."""

    creator: CreatorId
    actor: DiscordId | None = None
    actions: tuple[str, ...] = ()  # each itself, and whatever goes on with a dot; none: all of them
    denied: bool = False  # only what was not allowed
    fan: Pseudonym | None = None
    since: Millis = 0


@dataclass(frozen=True)
class ActResult:
    """The result of an action, as a later line tells it."""

    at: Millis
    outcome: str


@dataclass(frozen=True)
class AuditedAct:
    """A line that follows no other, and what became of it beyond its own outcome, in order."""

    seq: int
    line: AuditEntry
    results: tuple[ActResult, ...] = ()


async def results(tx: Transaction, acts: Sequence[str]) -> dict[str, tuple[ActResult, ...]]:
    """The results of each of these actions, in order; an action without any is left out."""
    named = {f"a{number}": act for number, act in enumerate(acts)}
    rows = await tx.all(
        f"""SELECT follows, at, outcome FROM audit
            WHERE follows IN ({", ".join(f":{name}" for name in named) or "NULL"})
            ORDER BY seq""",  # noqa: S608 - names of parameters
        **named,
    )
    found: dict[str, tuple[ActResult, ...]] = {}
    for row in rows:
        found[row["follows"]] = (*found.get(row["follows"], ()), record_of(ActResult, row))
    return found


async def found(tx: Transaction, wanted: ActFilter, *, before: int | None, limit: int) -> list[AuditedAct]:
    """The newest acts that fit and come before the line with this number, newest first."""
    named = {f"a{number}": action for number, action in enumerate(wanted.actions)}
    either = [
        f"action = :{name} OR substr(action, 1, length(:{name}) + 1) = :{name} || '.'" for name in named
    ]
    rows = await tx.all(
        f"""SELECT * FROM audit
            WHERE creator_uuid = :creator AND follows IS NULL AND at >= :since
              AND (CAST(:actor AS BIGINT) IS NULL OR actor = :actor)
              AND (CAST(:fan AS TEXT) IS NULL OR fan = :fan)
              AND (CAST(:before AS BIGINT) IS NULL OR seq < :before)
              AND (:denied = 0 OR outcome = 'denied') AND ({" OR ".join(either) or "1 = 1"})
            ORDER BY seq DESC LIMIT :limit""",  # noqa: S608 - names of parameters
        **vars(wanted),
        before=before,
        limit=limit,
        **named,
    )
    became = await results(tx, [row["id"] for row in rows])
    return [AuditedAct(row["seq"], entry_of(row), became.get(row["id"], ())) for row in rows]
