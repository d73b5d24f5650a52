"""The data of webhooks: one pure function per kind, in Fanvue's names."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from bot.sandbox.fanvue.records import (
    AccountRecord,
    FanBond,
    MessageRecord,
    PaymentRecord,
    SubscriptionRecord,
)

Json = dict[str, Any]

# Which scope an event needs on the grant of the creator that it is about (README section 13; for the
# two `creator.fan.*` events no scope is documented, read:chat is assumed).
EVENT_SCOPES = {
    "creator.message.received": "read:chat",
    "creator.message.sent": "read:chat",
    "creator.message.deleted": "read:chat",
    "creator.message.read": "read:chat",
    "creator.message.reaction": "read:chat",
    "creator.fan.presence_changed": "read:chat",
    "creator.fan.status_changed": "read:chat",
    "creator.follow.created": "read:creator",
    "creator.subscription.activated": "read:creator",
    "creator.subscription.renewed": "read:creator",
    "creator.subscription.deactivated": "read:creator",
    "creator.subscription.cancel_at_period_end_changed": "read:creator",
    "creator.payment.succeeded": "read:creator",
    "creator.refund.created": "read:creator",
    "creator.dispute.created": "read:creator",
}


@lru_cache(maxsize=65_536)  # each page of a crowd is sorted by all of its moments
def iso(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds, as in Fanvue's examples."""
    return moment.isoformat(timespec="milliseconds")[:23] + "Z"  # strftime is slow


def iso_or_none(moment: datetime | None) -> str | None:
    return None if moment is None else iso(moment)


def person(account: AccountRecord) -> Json:
    return {
        "uuid": account.uuid,
        "handle": account.handle,
        "display_name": account.display_name,
        "avatar_url": account.avatar_url,
    }


def of_creator(bond: FanBond) -> Json:
    return {"uuid": bond.creator.uuid}


def message_data(bond: FanBond, message: MessageRecord, *, with_text: bool) -> Json:
    """The full form, or the older one that names only ids."""
    data: Json = {
        "object": "message",
        "uuid": message.uuid,
        "sender": "fan" if message.from_fan else "creator",
        "created_at": iso(message.sent_at),
        "deleted_at": iso_or_none(message.deleted_at),
    }
    if not with_text:
        return data | {"fan": {"uuid": bond.fan.uuid}, "creator": of_creator(bond)}
    data |= {
        "text": message.text,
        "unread_messages_count": bond.unread,
        "is_muted": bond.muted,
        "is_automated": message.automated,
        "message_type": message.type,
    }
    return data | {"fan": person(bond.fan), "creator": of_creator(bond)}


def deleted_data(bond: FanBond, message: MessageRecord) -> Json:
    return {
        "object": "message",
        "uuid": message.uuid,
        "sender": "fan" if message.from_fan else "creator",
        "created_at": iso(message.sent_at),
        "deleted_at": iso_or_none(message.deleted_at),
        "is_automated": message.automated,
        "fan": person(bond.fan),
        "creator": of_creator(bond),
    }


def read_data(bond: FanBond) -> Json:
    return {
        "object": "fan_message_read",
        "unread_messages_count": bond.unread,
        "fan": person(bond.fan),
        "creator": of_creator(bond),
    }


def reaction_data(bond: FanBond, message: MessageRecord, emoji: str) -> Json:
    return {
        "message_uuid": message.uuid,
        "emoji": emoji,
        "actor": {"uuid": bond.fan.uuid},
        "creator": of_creator(bond),
    }


def status_data(bond: FanBond, change_type: str, state: str, changed_at: datetime) -> Json:
    return {
        "object": "fan_status",
        "change_type": change_type,
        "state": state,
        "changed_at": iso(changed_at),
        "fan": person(bond.fan),
        "creator": of_creator(bond),
    }


def follow_data(bond: FanBond) -> Json:
    data: Json = {"follower": person(bond.fan), "creator": of_creator(bond)}
    return data if bond.followed_at is None else {"created_at": iso(bond.followed_at)} | data


def subscription_data(bond: FanBond, subscription: SubscriptionRecord, *, with_id: bool = True) -> Json:
    """The id is null in some real deliveries; the caller says which form it wants."""
    return {
        "object": "subscription",
        "id": subscription.id if with_id else None,
        "status": "active" if subscription.active else "expired",
        "cancel_at_period_end": subscription.cancel_at_period_end,
        "current_period_start": iso(subscription.period_start),
        "created_at": iso(subscription.created_at),
        "expires_at": iso(subscription.expires_at),
        "deactivation_reason": subscription.ended_because,
        "purchaser": person(bond.fan),
        "creator": of_creator(bond),
        "tracking": None,
    }


def payment_data(bond: FanBond, payment: PaymentRecord) -> Json:
    return {
        "id": payment.id,
        "source": payment.source,
        "gross": payment.gross,
        "currency": payment.currency,
        "created_at": iso(payment.at),
        "paid_at": iso(payment.at),
        "post_uuid": payment.post,
        "message_uuid": payment.message,
        "subscription": None if payment.subscription is None else {"id": payment.subscription},
        "purchaser": person(bond.fan),
        "creator": of_creator(bond),
        "tracking": None,
    }


def refund_data(bond: FanBond, reversal: PaymentRecord) -> Json:
    return {
        "id": reversal.id,
        "payment_id": reversal.reverses,
        "amount": -reversal.gross,
        "currency": reversal.currency,
        "created_at": iso(reversal.at),
        "purchaser": person(bond.fan),
        "creator": of_creator(bond),
    }


def dispute_data(bond: FanBond, reversal: PaymentRecord) -> Json:
    return {
        "id": reversal.id,
        "payment": {"id": reversal.reverses, "purchaser": person(bond.fan)},
        "amount": -reversal.gross,
        "currency": reversal.currency,
        "created_at": iso(reversal.at),
        "creator": of_creator(bond),
    }
