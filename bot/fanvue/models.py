"""Fanvue's answers; missing, null and unknown fields are all fine.

Sets of words (types, states, sources) are open: plain strings.
"""

from typing import Any

from pydantic import Field

from bot.fanvue.rows import At, FanvueRow, Money, Text
from storage.records import Cents, CreatorId, FanId, FanvueMessageId, MediaId


class UserRow(FanvueRow):
    """A person on Fanvue as lists name them."""

    essential = frozenset({"uuid"})
    uuid: FanId
    handle: Text | None = None
    display_name: Text | None = None
    nickname: Text | None = None
    is_top_spender: bool | None = None
    registered_at: At = None
    avatar_url: str | None = None  # it may end soon: read again, never keep it


class OwnProfile(FanvueRow):
    """The token's owner. The e-mail address is left at the door."""

    essential = frozenset({"uuid"})
    uuid: CreatorId
    handle: Text = ""
    display_name: Text = ""
    is_creator: bool | None = None
    avatar_url: str | None = None


class FanCounts(FanvueRow):
    followers: int | None = None
    subscribers: int | None = None


class Balance(FanvueRow):
    total: Money = None
    available_balance: Money = None


class AccountState(FanvueRow):
    status: str | None = None
    earnings: Balance | None = None
    fans: FanCounts | None = None


class AccountRow(OwnProfile):
    """The account with its balance and audience."""

    account: AccountState | None = None


class CreatorRow(UserRow):
    """A creator that this identity manages."""

    role: str | None = None


class DollarPrice(FanvueRow):
    price: Money = None


class PricingRow(FanvueRow):
    """Pay-to-view price; whole cents under the only currency that Fanvue has."""

    usd: DollarPrice | None = Field(default=None, alias="USD")


class RefRow(FanvueRow):
    """Somebody or something of which only the id matters."""

    uuid: str | None = None


class MessageRow(FanvueRow):
    """One message of a chat."""

    essential = frozenset({"uuid"})
    uuid: FanvueMessageId
    text: Text | None = None
    sent_at: At = None
    sender: RefRow | None = None
    recipient: RefRow | None = None
    has_media: bool | None = None
    media_type: str | None = None
    media_uuids: list[MediaId] | None = None
    type: str | None = None
    pricing: PricingRow | None = None
    purchased_at: At = None
    sent_by_user_id: str | None = None
    is_read: bool | None = None
    gif: Any = None

    @property
    def wordless(self) -> bool:
        """Whether Fanvue does not tell its text, not even that it has none."""
        return "text" not in self.model_fields_set

    @property
    def empty(self) -> bool:
        """Whether Fanvue calls it empty; anything missing here may be somewhere else."""
        told = {"text", "media_uuids", "pricing"} <= self.model_fields_set
        something = (self.text or "").strip() or self.media_uuids or self.has_media or self.gif
        return told and not something and self.pricing is None

    @property
    def price(self) -> Cents | None:
        """The fan's price to see it."""
        return self.pricing.usd.price if self.pricing and self.pricing.usd else None


class LastMessage(FanvueRow):
    uuid: FanvueMessageId | None = None
    text: Text | None = None
    type: str | None = None
    sent_at: At = None
    sender_uuid: str | None = None


class ChatRow(FanvueRow):
    """One chat; it is addressed by `user.uuid`."""

    essential = frozenset({"user"})
    user: UserRow
    created_at: At = None
    last_message_at: At = None
    is_read: bool | None = None
    is_muted: bool | None = None
    unread_messages_count: int | None = None
    last_message: LastMessage | None = None
    online: bool | None = None
    last_seen_at: At = None


class MessageSent(FanvueRow):
    essential = frozenset({"messageUuid"})
    message_uuid: FanvueMessageId


class ChatBatch(FanvueRow):
    """One chat of a batch read; `error` instead of messages when Fanvue refused this one."""

    messages: list[Any] | None = None
    has_more: bool | None = None
    oldest_message_uuid: str | None = None
    error: str | None = None


class OnlineStatus(FanvueRow):
    is_online: bool | None = None
    last_seen_at: At = None


class SmartList(FanvueRow):
    """A list that Fanvue fills; its id is a fixed word."""

    essential = frozenset({"uuid"})
    uuid: str
    name: Text | None = None
    count: int | None = None


class CustomListRow(FanvueRow):
    """A list that the creator fills."""

    essential = frozenset({"uuid"})
    uuid: str
    name: Text | None = None
    members_count: int | None = None
    created_at: At = None


class ListMember(FanvueRow):
    essential = frozenset({"uuid"})
    uuid: FanId
    handle: Text | None = None
    display_name: Text | None = None


class AddedToList(FanvueRow):
    """Numbers of the named fans that Fanvue put on a list, and that it left out."""

    essential = frozenset({"added"})
    added: int
    skipped: int | None = None


class MassMessageSent(FanvueRow):
    """Fanvue accepted a mass message for so many recipients."""

    essential = frozenset({"id"})
    id: str
    recipient_count: int | None = None
    created_at: At = None


class MassMessageRow(FanvueRow):
    """A mass message with its counters."""

    essential = frozenset({"uuid"})
    uuid: str
    text: Text | None = None
    status: str | None = None
    price: Money = None
    created_at: At = None
    published_at: At = None
    scheduled_at: At = None
    recipient_count: int | None = None
    view_count: int | None = None
    purchase_count: int | None = None
    total_revenue: Money = None
    media_uuids: list[MediaId] | None = None
