"""Programs' webhooks; ended, never erased while the creator is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from storage.database import Transaction
from storage.engine.outbox import effect_of
from storage.records import OPEN, CreatorId, Effect, Millis, Stream
from storage.rows import record_of

_EVENT: Final = "event"  # the part of each; the part of one that is told again is the id of the first
# Set aside, and not told again since. The last time of each event is found once for all of them: to look
# behind each one takes seconds where an address was dead for a week.
_ASIDE: Final = f"""state = 'cancelled' AND seq IN (
    SELECT MAX(seq) FROM outbox WHERE stream = :stream
    GROUP BY CASE WHEN part = '{_EVENT}' THEN id ELSE part END)"""  # noqa: S608 - constants
_ENDED: Final = f"state IN ('done', 'cancelled') AND part = '{_EVENT}'"


@dataclass(frozen=True)
class ProgramWebhookRecord:
    """One address. `key`: the id of the program's key. `reason`: why it ended, unless it was removed."""

    id: str
    creator: CreatorId
    key: str
    body: bytes  # sealed
    made_at: Millis
    ended_at: Millis | None = None
    reason: str | None = None


@dataclass(frozen=True)
class WebhookBacklog:
    """The events of one address: `waiting`, the oldest of them, why it waits, and `aside` of late."""

    waiting: int
    oldest: Millis | None
    reason: str | None
    aside: int


async def add(tx: Transaction, new: ProgramWebhookRecord) -> None:
    await tx.execute(
        """INSERT INTO program_webhooks (id, creator_uuid, key_id, body_ct, made_at)
           VALUES (:id, :creator, :key, :body, :made_at)""",
        **vars(new),
    )


async def get(tx: Transaction, webhook: str) -> ProgramWebhookRecord | None:
    """An address, also one that has ended."""
    row = await tx.one("SELECT * FROM program_webhooks WHERE id = :id", id=webhook)
    return record_of(ProgramWebhookRecord, row) if row else None


async def open_of(tx: Transaction, creator: CreatorId) -> Sequence[ProgramWebhookRecord]:
    """A creator's addresses that have not ended, the oldest first."""
    rows = await tx.all(
        """SELECT * FROM program_webhooks WHERE creator_uuid = :creator AND ended_at IS NULL
           ORDER BY made_at, id""",
        creator=creator,
    )
    return [record_of(ProgramWebhookRecord, row) for row in rows]


async def every_open(tx: Transaction) -> Sequence[ProgramWebhookRecord]:
    """All that have not ended, of any creator."""
    rows = await tx.all("SELECT * FROM program_webhooks WHERE ended_at IS NULL ORDER BY made_at, id")
    return [record_of(ProgramWebhookRecord, row) for row in rows]


async def change(tx: Transaction, webhook: str, *, body: bytes) -> None:
    """Other events go to the same address from now on."""
    await tx.execute("UPDATE program_webhooks SET body_ct = :body WHERE id = :id", id=webhook, body=body)


async def end(tx: Transaction, webhook: str, *, now: Millis, reason: str | None = None) -> bool:
    """It is told of nothing from now on; False where it had ended."""
    changed = await tx.execute(
        "UPDATE program_webhooks SET ended_at = :now, reason = :reason WHERE id = :id AND ended_at IS NULL",
        id=webhook,
        now=now,
        reason=reason,
    )
    return changed == 1


async def end_with_key(tx: Transaction, creator: CreatorId, key: str | None, *, now: Millis) -> None:
    """All of one key's end, or with None all of a creator's."""
    await tx.execute(
        """UPDATE program_webhooks SET ended_at = :now, reason = 'key'
           WHERE creator_uuid = :creator AND (key_id = :key OR :key IS NULL) AND ended_at IS NULL""",
        creator=creator,
        key=key,
        now=now,
    )


async def backlog(tx: Transaction, stream: Stream, *, since: Millis) -> WebhookBacklog:
    """The events of one address; `since`: from when on those count that were set aside."""
    row = await tx.one(
        f"""SELECT COUNT(*) AS number, MIN(created_at) AS oldest FROM outbox
            WHERE stream = :stream AND {OPEN}""",  # noqa: S608 - a constant
        stream=stream,
    )
    head = await tx.one(
        f"SELECT reason FROM outbox WHERE stream = :stream AND {OPEN} ORDER BY seq LIMIT 1",  # noqa: S608 - a constant
        stream=stream,
    )
    aside = await tx.one(
        f"""SELECT COUNT(*) AS number FROM outbox WHERE stream = :stream AND created_at >= :since
              AND erased_at IS NULL AND {_ASIDE}""",  # noqa: S608 - constants
        stream=stream,
        since=since,
    )
    return WebhookBacklog(
        waiting=row["number"] if row else 0,
        oldest=row["oldest"] if row else None,
        reason=head["reason"] if head else None,
        aside=aside["number"] if aside else 0,
    )


async def last_place(tx: Transaction, stream: Stream) -> int:
    """The place of the newest event of one address."""
    row = await tx.one("SELECT MAX(seq) AS seq FROM outbox WHERE stream = :stream", stream=stream)
    return (row["seq"] if row else None) or 0


async def settled_after(
    tx: Transaction, stream: Stream, seq: int, *, until: int, since: Millis, aside_only: bool, limit: int
) -> Sequence[Effect]:
    """Events of one address that have ended, in their order, from behind one place up to another.

    `aside_only`: those alone that nobody took, and that were not told again since.
    """
    which = _ASIDE if aside_only else _ENDED
    rows = await tx.all(
        f"""SELECT * FROM outbox WHERE stream = :stream AND seq > :seq AND seq <= :until
              AND created_at >= :since AND {which} ORDER BY seq LIMIT :limit""",  # noqa: S608 - constants
        stream=stream,
        seq=seq,
        until=until,
        since=since,
        limit=limit,
    )
    return [effect_of(row) for row in rows]
