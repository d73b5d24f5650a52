"""Webhook subscriptions made through Fanvue's API, each with its own secret."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Transaction
from storage.records import CreatorId, LinkId, Millis
from storage.rows import record_of


@dataclass(frozen=True)
class WebhookSubscriptionRecord:
    """One of them. A retired one is no longer wanted; its secret still verifies what was under way."""

    id: str  # Fanvue's
    creator: CreatorId
    link: LinkId
    url: str
    events: tuple[str, ...]
    secret: bytes  # sealed
    state: str  # active or retired
    created_at: Millis
    retired_at: Millis | None = None


async def add(tx: Transaction, new: WebhookSubscriptionRecord) -> None:
    """Remember one that was just made."""
    await tx.execute(
        """INSERT INTO subscriptions (id, creator_uuid, link_id, url, events, secret_ct, state, created_at)
           VALUES (:id, :creator, :link, :url, :event_names, :secret, :state, :created_at)""",
        event_names=" ".join(new.events),
        **vars(new),
    )


async def all_of(tx: Transaction, creator: CreatorId | None = None) -> Sequence[WebhookSubscriptionRecord]:
    """Every subscription, or those of one creator; the oldest first."""
    rows = await tx.all(
        """SELECT * FROM subscriptions WHERE :creator IS NULL OR creator_uuid = :creator
           ORDER BY created_at, id""",
        creator=creator,
    )
    return [record_of(WebhookSubscriptionRecord, row, events=tuple(row["events"].split())) for row in rows]


async def retire(tx: Transaction, subscription: str, *, now: Millis) -> None:
    """It is no longer wanted."""
    await tx.execute(
        "UPDATE subscriptions SET state = 'retired', retired_at = :now WHERE id = :id AND state = 'active'",
        id=subscription,
        now=now,
    )


async def forget(tx: Transaction, *, retired_before: Millis) -> int:
    """Erase those that were retired so long ago that nothing signed by them is under way any more."""
    return await tx.execute(
        "DELETE FROM subscriptions WHERE state = 'retired' AND retired_at < :before", before=retired_before
    )


async def expect_probe(tx: Transaction, creator: CreatorId, *, until: Millis) -> None:
    """Fanvue is asked for a subscription now: until then an unsigned request may be its probe."""
    await tx.execute(
        """INSERT INTO webhook_probes (creator_uuid, until) VALUES (:creator, :until)
           ON CONFLICT (creator_uuid) DO UPDATE SET until = excluded.until""",
        creator=creator,
        until=until,
    )


async def probe_over(tx: Transaction, creator: CreatorId) -> None:
    await tx.execute("DELETE FROM webhook_probes WHERE creator_uuid = :creator", creator=creator)


async def expects_probe(tx: Transaction, *, now: Millis) -> bool:
    """Whether Fanvue is being asked for a subscription, by whichever process."""
    return await tx.one("SELECT 1 AS one FROM webhook_probes WHERE until > :now LIMIT 1", now=now) is not None
