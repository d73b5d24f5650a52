"""Rejections at the webhooks' address, by day, and the secrets that were good."""

from dataclasses import dataclass

from storage.database import Transaction
from storage.records import Millis
from storage.rows import record_of

OTHERS = "others"  # the source of whatever came after the first MOST of a day
MOST = 50  # sources that are told apart for each reason and day: whoever forges must not fill the disk
STALE = "stale"
WRONG = "wrong"  # no secret that is known made the signature


@dataclass(frozen=True)
class WebhookRejection:
    """So many deliveries of one day that were turned away for one reason. `source` is a keyed hash."""

    day: str  # as in 2026-11-24, UTC
    reason: str
    source: str
    number: int


@dataclass(frozen=True)
class UsedWebhookSecret:
    """A secret that has signed webhooks. `key` is a keyed hash of it, `place` says where it comes from."""

    key: str
    place: str
    number: int
    last_at: Millis


async def add(tx: Transaction, new: WebhookRejection) -> None:
    """Count more of them; a source too many for one day counts among the others."""
    source = new.source if await _has_room(tx, new) else OTHERS
    await tx.execute(
        """INSERT INTO rejections (day, reason, source, number) VALUES (:day, :reason, :counted_as, :number)
           ON CONFLICT (day, reason, source) DO UPDATE SET number = rejections.number + excluded.number""",
        counted_as=source,
        **vars(new),
    )


async def since(tx: Transaction, day: str) -> list[WebhookRejection]:
    """The rejections of this day and later, the newest day and the largest number first."""
    rows = await tx.all(
        """SELECT day, reason, source, number FROM rejections WHERE day >= :day
           ORDER BY day DESC, number DESC, reason, source""",
        day=day,
    )
    return [record_of(WebhookRejection, row) for row in rows]


async def forget(tx: Transaction, *, before: str) -> None:
    """Delete the counts of earlier days."""
    await tx.execute("DELETE FROM rejections WHERE day < :day", day=before)


async def used(tx: Transaction, key: UsedWebhookSecret) -> None:
    """Count more webhooks that a secret has signed."""
    await tx.execute(
        """INSERT INTO webhook_keys (key_id, place, number, last_at) VALUES (:key, :place, :number, :last_at)
           ON CONFLICT (key_id) DO UPDATE SET place = excluded.place, last_at = excluded.last_at,
               number = webhook_keys.number + excluded.number""",
        **vars(key),
    )


async def keys(tx: Transaction) -> list[UsedWebhookSecret]:
    """Every secret that was ever good, the one that was used last first."""
    rows = await tx.all("SELECT * FROM webhook_keys ORDER BY last_at DESC, key_id")
    return [record_of(UsedWebhookSecret, row) for row in rows]


async def raise_alarm(tx: Transaction, name: str, at: Millis) -> None:
    """From then on something is wrong; an alarm that is raised already keeps its time."""
    await tx.execute(
        "INSERT INTO alarms (name, since) VALUES (:name, :at) ON CONFLICT (name) DO NOTHING", name=name, at=at
    )


async def end_alarm(tx: Transaction, name: str) -> None:
    await tx.execute("DELETE FROM alarms WHERE name = :name", name=name)


async def alarm(tx: Transaction, name: str) -> Millis | None:
    """Since when an alarm is raised; None when it is not."""
    row = await tx.one("SELECT since FROM alarms WHERE name = :name", name=name)
    return int(row["since"]) if row else None


async def _has_room(tx: Transaction, new: WebhookRejection) -> bool:
    row = await tx.one(
        """SELECT COUNT(*) AS number, COALESCE(SUM(CASE WHEN source = :source THEN 1 ELSE 0 END), 0) AS known
           FROM rejections WHERE day = :day AND reason = :reason""",
        **vars(new),
    )
    return row is None or bool(row["known"]) or row["number"] < MOST
