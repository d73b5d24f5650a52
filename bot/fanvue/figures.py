"""What Fanvue's answers about posts, media, money and webhooks hold."""

from bot.fanvue.models import User
from bot.fanvue.rows import At, Money, Row, Text
from storage.records import MediaId


class Subscription(Row):
    status: str | None = None
    price: Money = None
    amount_paid: Money = None
    current_period_start: At = None
    current_period_end: At = None
    auto_renewal_enabled: bool | None = None


class Subscriber(User):
    """A subscriber; what they pay is told on v1 only."""

    subscription: Subscription | None = None
    first_subscribed_at: At = None


class CommentRow(Row):
    """A comment below a post; without `user` where its author is not there any more."""

    essential = frozenset({"uuid"})
    uuid: str
    text: Text | None = None
    created_at: At = None
    user: User | None = None


class CollectionRow(Row):
    """A collection of posts."""

    essential = frozenset({"uuid"})
    uuid: str
    label: Text | None = None


class PostTips(Row):
    """What was tipped for a post; only its owner is told."""

    count: int | None = None
    total_gross: Money = None
    total_net: Money = None


class PostRow(Row):
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


class Variant(Row):
    """One form of a media item. `url` is signed and short-lived: fetch it again, never keep it."""

    variant_type: str | None = None
    url: str | None = None
    width: int | None = None
    height: int | None = None
    length_ms: int | None = None


class MediaRow(Row):
    """A vault item; until it is ready only uuid and status are told."""

    essential = frozenset({"uuid"})
    uuid: MediaId
    status: str | None = None
    media_type: str | None = None
    name: Text | None = None
    caption: Text | None = None
    created_at: At = None
    recommended_price: Money = None
    purchased_by_fan: bool | None = None
    variants: list[Variant] | None = None


class FolderRow(Row):
    """A folder of the vault; its name is its address."""

    essential = frozenset({"name"})
    name: str
    media_count: int | None = None


class Spent(Row):
    gross: Money = None
    total: Money = None
    net: Money = None


class Spending(Row):
    last_purchase_at: At = None
    total: Spent | None = None
    max_single_payment: Spent | None = None
    sources: dict[str, Spent] | None = None


class FanSubscription(Row):
    created_at: At = None
    renews_at: At = None
    auto_renewal_enabled: bool | None = None


class FanInsights(Row):
    """What one fan is to the creator: subscriber, expired, follower, not_contactable, and the money."""

    status: str | None = None
    spending: Spending | None = None
    subscription: FanSubscription | None = None


class Earning(Row):
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
    user: User | None = None
    message_uuid: str | None = None
    post_uuid: str | None = None
    reversed_transaction_order_id: str | None = None


class TrendPoint(Row):
    """What began and was cancelled on one UTC day, as Fanvue counts it; no size of an audience."""

    essential = frozenset({"date"})
    date: At
    new_subscribers_count: int | None = None
    cancelled_subscribers_count: int | None = None


class GrossNet(Row):
    gross: Money = None
    net: Money = None


class Totals(Row):
    all_time: GrossNet | None = None
    this_month: GrossNet | None = None


class EarningsSummary(Row):
    """Up to 10 minutes old and without reversals: it will not add up with the list."""

    totals: Totals | None = None
    breakdown_by_source: dict[str, GrossNet] | None = None


class TopSpender(Row):
    """One of the fans who spent most."""

    essential = frozenset({"user"})
    user: User
    gross: Money = None
    net: Money = None
    messages: int | None = None


class WebhookSubscription(Row):
    """A subscription made through the API."""

    essential = frozenset({"id"})
    id: str
    url: str | None = None
    events: list[str] | None = None


class WebhookSecret(Row):
    """A new subscription; the secret is shown this once."""

    essential = frozenset({"id", "signingSecret"})
    id: str
    signing_secret: str
