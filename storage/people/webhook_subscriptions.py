"""Webhook subscriptions made through Fanvue's API, each with its own secret."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Row, Transaction
from storage.records import CreatorId, LinkId, Millis


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
           VALUES (:id, :creator, :link, :url, :events, :secret, :state, :created_at)""",
        id=new.id,
        creator=new.creator,
        link=new.link,
        url=new.url,
        events=" ".join(new.events),
        secret=new.secret,
        state=new.state,
        created_at=new.created_at,
    )


async def all_of(tx: Transaction, creator: CreatorId | None = None) -> Sequence[WebhookSubscriptionRecord]:
    """Every subscription, or those of one creator; the oldest first."""
    rows = await tx.all(
        """SELECT * FROM subscriptions WHERE :creator IS NULL OR creator_uuid = :creator
           ORDER BY created_at, id""",
        creator=creator,
    )
    return [_subscription_of(row) for row in rows]


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


def _subscription_of(row: Row) -> WebhookSubscriptionRecord:
    return WebhookSubscriptionRecord(
        id=row["id"],
        creator=CreatorId(row["creator_uuid"]),
        link=LinkId(row["link_id"]),
        url=row["url"],
        events=tuple(row["events"].split()),
        secret=row["secret_ct"],
        state=row["state"],
        created_at=row["created_at"],
        retired_at=row["retired_at"],
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
