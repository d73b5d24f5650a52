"""Fanvue's answers about posts, media, money and webhooks."""

from bot.fanvue.models import UserRow
from bot.fanvue.rows import At, FanvueRow, Money, Text
from storage.records import MediaId


class SubscriptionRow(FanvueRow):
    status: str | None = None
    price: Money = None
    amount_paid: Money = None
    current_period_start: At = None
    current_period_end: At = None
    auto_renewal_enabled: bool | None = None


class SubscriberRow(UserRow):
    """A subscriber; their payment is told on v1 only."""

    subscription: SubscriptionRow | None = None
    first_subscribed_at: At = None


class CommentRow(FanvueRow):
    """A comment below a post; without `user` where its author is not there any more."""

    essential = frozenset({"uuid"})
    uuid: str
    text: Text | None = None
    created_at: At = None
    user: UserRow | None = None


class CollectionRow(FanvueRow):
    essential = frozenset({"uuid"})
    uuid: str
    label: Text | None = None


class PostTips(FanvueRow):
    """The tips for a post; only its owner is told."""

    count: int | None = None
    total_gross: Money = None
    total_net: Money = None


class PostRow(FanvueRow):
    """A post, a draft or a scheduled post."""

    essential = frozenset({"uuid"})
    uuid: str
    created_at: At = None
    text: Text | None = None
    price: Money = None
    audience: str | None = None
    publish_at: At = None
    published_at: At = None
    expires_at: At = None
    media_preview_uuid: MediaId | None = None
    media_uuids: list[MediaId] | None = None
    is_pinned: bool | None = None
    likes_count: int | None = None
    comments_count: int | None = None
    tips: PostTips | None = None
    collections: list[CollectionRow] | None = None


class MediaVariantRow(FanvueRow):
    """One form of a media item. `url` is signed and short-lived: fetch it again, never keep it."""

    variant_type: str | None = None
    url: str | None = None
    width: int | None = None
    height: int | None = None
    length_ms: int | None = None


class MediaRow(FanvueRow):
    """A vault item; until it is ready only uuid and status are told."""

    essential = frozenset({"uuid"})
    uuid: MediaId
    owner_uuid: str | None = None  # of a chat's media only
    status: str | None = None
    media_type: str | None = None
    name: Text | None = None
    caption: Text | None = None
    created_at: At = None
    recommended_price: Money = None
    purchased_by_fan: bool | None = None
    variants: list[MediaVariantRow] | None = None


class FolderRow(FanvueRow):
    """A folder of the vault; its name is its address."""

    essential = frozenset({"name"})
    name: str
    media_count: int | None = None


class SpentRow(FanvueRow):
    gross: Money = None
    total: Money = None
    net: Money = None


class SpendingRow(FanvueRow):
    last_purchase_at: At = None
    total: SpentRow | None = None
    max_single_payment: SpentRow | None = None
    sources: dict[str, SpentRow] | None = None


class FanSubscriptionRow(FanvueRow):
    created_at: At = None
    renews_at: At = None
    auto_renewal_enabled: bool | None = None


class FanInsights(FanvueRow):
    """One fan's status: subscriber, expired, follower, not_contactable, and the money."""

    status: str | None = None
    spending: SpendingRow | None = None
    subscription: FanSubscriptionRow | None = None


class FanvueEarningRow(FanvueRow):
    """One transaction. On v1 a refund or chargeback is a row of its own with negative amounts.

    On the unversioned surface those are in the spending list, whose rows have the same fields.
    """

    essential = frozenset({"gross", "date"})
    date: At
    gross: Money
    net: Money = None
    currency: str | None = None
    source: str | None = None
    transaction_order_id: str | None = None
    transaction_order_status: str | None = None
    user: UserRow | None = None
    message_uuid: str | None = None
    post_uuid: str | None = None
    reversed_transaction_order_id: str | None = None


class TrendPoint(FanvueRow):
    """Beginnings and cancellations on one UTC day, as Fanvue counts; no size of an audience."""

    essential = frozenset({"date"})
    date: At
    new_subscribers_count: int | None = None
    cancelled_subscribers_count: int | None = None


class GrossNet(FanvueRow):
    gross: Money = None
    net: Money = None


class EarningsTotals(FanvueRow):
    all_time: GrossNet | None = None
    this_month: GrossNet | None = None


class EarningsSummary(FanvueRow):
    """Up to 10 minutes old and without reversals: it will not add up with the list."""

    totals: EarningsTotals | None = None
    breakdown_by_source: dict[str, GrossNet] | None = None


class TopSpender(FanvueRow):
    """One of the fans who spent most."""

    essential = frozenset({"user"})
    user: UserRow
    gross: Money = None
    net: Money = None
    messages: int | None = None


class WebhookSubscription(FanvueRow):
    """A subscription made through the API."""

    essential = frozenset({"id"})
    id: str
    url: str | None = None
    events: list[str] | None = None


class WebhookSecret(FanvueRow):
    """A new subscription; the secret is shown this once."""

    essential = frozenset({"id", "signingSecret"})
    id: str
    signing_secret: str
