"""The stand-in's records: accounts, bonds, messages, media, money, posts."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

# Each id is a UUID drawn from the world's own random source; unique in one world.
UserId = NewType("UserId", str)
MessageId = NewType("MessageId", str)
MediaId = NewType("MediaId", str)
PostId = NewType("PostId", str)
ListId = NewType("ListId", str)
# An invoice number such as FV-100001, as events name it. Lists of earnings name `PaymentRecord.order`
# instead.
PaymentId = NewType("PaymentId", str)

# Rows that a chat list may show as its last message, and that the message list leaves out.
BROADCAST = "BROADCAST"


@dataclass
class AccountRecord:
    """A person on Fanvue: creator, fan, or a member of an agency who manages creators."""

    uuid: UserId
    handle: str
    display_name: str
    is_creator: bool
    created_at: datetime
    manages: set[UserId] = field(default_factory=set)
    role: str = "CHATTER"  # what they are to those whom they manage
    online: bool = False
    last_seen_at: datetime | None = None
    deleted: bool = False

    @property
    def email(self) -> str:
        return f"{self.handle}@example.com"

    @property
    def avatar_url(self) -> str:
        return f"https://media.fanvue.com/avatars/{self.handle}.jpg"


@dataclass
class SubscriptionRecord:
    """One fan's subscription to one creator; cancelled ones stay active until they lapse."""

    id: str
    created_at: datetime
    period_start: datetime
    expires_at: datetime
    price: int
    active: bool = True
    cancel_at_period_end: bool = False
    ended_because: str | None = None


@dataclass
class MessageRecord:
    """One line of a chat, as both sides see it."""

    uuid: MessageId
    creator: UserId
    fan: UserId
    from_fan: bool
    text: str | None
    sent_at: datetime
    media: list[MediaId] = field(default_factory=list)
    type: str = "SINGLE_RECIPIENT"
    price: int | None = None
    preview: MediaId | None = None
    sent_by: UserId | None = None
    read: bool = False
    purchased_at: datetime | None = None
    deleted_at: datetime | None = None
    tip_source: str | None = None
    automated: bool = False
    broadcast: MessageId | None = None

    @property
    def listed(self) -> bool:
        return self.deleted_at is None and self.type != BROADCAST


@dataclass
class FanBond:
    """The bond of one creator and one fan: chat, subscription, follow, block."""

    creator: AccountRecord
    fan: AccountRecord
    messages: list[MessageRecord] = field(default_factory=list)
    chat_since: datetime | None = None
    subscription: SubscriptionRecord | None = None
    first_subscribed_at: datetime | None = None
    followed_at: datetime | None = None
    blocked: bool = False
    muted: bool = False
    archived: bool = False
    marked_unread: bool = False
    nickname: str | None = None

    @property
    def subscribed(self) -> bool:
        return self.subscription is not None and self.subscription.active

    @property
    def contactable(self) -> bool:
        """Followers who never subscribed, blocked and deleted people cannot be written to."""
        return not self.blocked and not self.fan.deleted and self.first_subscribed_at is not None

    @property
    def listed(self) -> list[MessageRecord]:
        return [message for message in self.messages if message.listed]

    @property
    def visible(self) -> list[MessageRecord]:
        return [message for message in self.messages if message.deleted_at is None]

    @property
    def unread(self) -> int:
        return sum(1 for message in self.listed if message.from_fan and not message.read)


@dataclass
class MediaRecord:
    """A file in somebody's vault."""

    uuid: MediaId
    owner: UserId
    type: str
    status: str
    created_at: datetime
    name: str | None = None
    caption: str | None = None
    recommended_price: int | None = None


@dataclass
class PaymentRecord:
    """Money that a fan paid to a creator; a reversal points at the payment that it takes back."""

    id: PaymentId
    creator: UserId
    fan: UserId
    source: str
    gross: int
    at: datetime
    message: MessageId | None = None
    post: PostId | None = None
    subscription: str | None = None
    reverses: PaymentId | None = None
    reversed: bool = False
    currency: str = "USD"

    @property
    def order(self) -> str:
        """The id in lists of earnings."""
        return order_of(self.id)

    @property
    def net(self) -> int:
        """Fanvue keeps a fifth; whole cents, the part of a cent goes to Fanvue."""
        return self.gross * 80 // 100 if self.gross >= 0 else -(-self.gross * 80 // 100)


def order_of(payment: PaymentId) -> str:
    """The id that a payment has in lists of earnings."""
    return f"order-{int(payment.removeprefix('FV-')) * 7919 % 1_000_003:07d}"


@dataclass(frozen=True)
class SubscriptionChangeRecord:
    """A subscription that began or ended."""

    creator: UserId
    at: datetime
    began: bool


@dataclass
class PostRecord:
    """A post on a creator's page, published, scheduled or expired."""

    uuid: PostId
    creator: UserId
    audience: str
    created_at: datetime
    text: str | None = None
    price: int | None = None
    media: list[MediaId] = field(default_factory=list)
    preview: MediaId | None = None
    publish_at: datetime | None = None
    published_at: datetime | None = None
    expires_at: datetime | None = None


@dataclass
class MassMessageRecord:
    """One mass message and the people whom it reached or will reach."""

    uuid: MessageId
    creator: UserId
    text: str | None
    media: list[MediaId]
    price: int | None
    preview: MediaId | None
    created_at: datetime
    scheduled_at: datetime | None
    status: str
    recipients: list[UserId]
    published_at: datetime | None = None
    sent_by: UserId | None = None
    client_id: str | None = None


@dataclass
class CustomListRecord:
    """A list of fans that the creator keeps by hand."""

    uuid: ListId
    creator: UserId
    name: str
    created_at: datetime
    members: list[UserId] = field(default_factory=list)


@dataclass
class DeveloperApp:
    """An app as ticked and filled in in the Developer Area."""

    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...]
    scopes: frozenset[str]
    name: str
    webhook_url: str | None
    webhook_secret: str
    events: frozenset[str]


@dataclass
class WebhookHook:
    """A webhook subscription made over the API: own secret, one app, one user."""

    id: str
    client_id: str
    user: UserId
    url: str
    events: frozenset[str]
    secret: str
