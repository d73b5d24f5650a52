"""Records in REST answers (camelCase, whole cents, ISO 8601)."""

from typing import Any

from bot.sandbox.fanvue import audience, files
from bot.sandbox.fanvue.events import iso, iso_or_none
from bot.sandbox.fanvue.records import BROADCAST, AccountRecord, FanBond, MessageRecord
from bot.sandbox.fanvue.state import FanvueState

Json = dict[str, Any]


def user_brief(state: FanvueState, bond: FanBond) -> Json:
    return {
        "uuid": bond.fan.uuid,
        "handle": bond.fan.handle,
        "displayName": bond.fan.display_name,
        "nickname": bond.nickname,
        "isTopSpender": audience.is_top_spender(state, bond),
    }


def user_summary(state: FanvueState, bond: FanBond) -> Json:
    return user_brief(state, bond) | {
        "avatarUrl": files.avatar_url(state, bond.fan),
        "registeredAt": iso(bond.fan.created_at),
    }


def list_member(bond: FanBond) -> Json:
    return {
        "uuid": bond.fan.uuid,
        "displayName": bond.fan.display_name,
        "handle": bond.fan.handle,
        "isCreator": bond.fan.is_creator,
    }


def subscriber(state: FanvueState, bond: FanBond) -> Json:
    """The v1 row, which adds the subscription."""
    subscription = bond.subscription
    details = None
    if subscription is not None:
        details = {
            "status": "cancelled" if subscription.cancel_at_period_end else "active",
            "price": subscription.price,
            "amountPaid": subscription.price,
            "currentPeriodStart": iso(subscription.period_start),
            "currentPeriodEnd": iso(subscription.expires_at),
            "autoRenewalEnabled": not subscription.cancel_at_period_end,
        }
    return user_summary(state, bond) | {
        "subscription": details,
        "firstSubscribedAt": iso_or_none(bond.first_subscribed_at),
    }


def chat(state: FanvueState, bond: FanBond, *, v1: bool) -> Json:
    """A row of the chat list; online and lastSeenAt are told on v1 only."""
    last = bond.visible[-1] if bond.visible else None
    row: Json = {
        "createdAt": iso_or_none(bond.chat_since),
        "lastMessageAt": None if last is None else iso(last.sent_at),
        "isRead": bond.unread == 0 and not bond.marked_unread,
        "isMuted": bond.muted,
        "unreadMessagesCount": bond.unread,
        "user": user_summary(state, bond),
        "lastMessage": None if last is None else _last_message(state, bond, last),
    }
    if v1:
        row |= {
            "isCreator": bond.fan.is_creator,
            "online": bond.fan.online,
            "lastSeenAt": iso_or_none(bond.fan.last_seen_at),
        }
    return row


def message(state: FanvueState, bond: FanBond, one: MessageRecord, *, v1: bool) -> Json:
    """A row of the message list; media by uuid only, never by URL."""
    sender, recipient = (bond.fan, bond.creator) if one.from_fan else (bond.creator, bond.fan)
    row: Json = {
        "uuid": one.uuid,
        "text": one.text,
        "sentAt": iso(one.sent_at),
        "sender": _named(sender) if state.switches.senders_named else None,
        "recipient": _named(recipient),
        "hasMedia": bool(one.media),
        "mediaType": media_type(state, one),
        "mediaUuids": list(one.media),
        "type": one.type,
        "pricing": pricing(one.price),
        "purchasedAt": iso_or_none(one.purchased_at),
        "sentByUserId": one.sent_by,
        "isRead": one.read,
        "mediaPreviewUuid": one.preview,
        "gif": None,
        "tipSource": one.tip_source,
        "appUuid": None,
    }
    return row | ({"status": _status(one)} if v1 else {})


def media_type(state: FanvueState, one: MessageRecord) -> str | None:
    return state.media[one.media[0]].type if one.media else None


def pricing(price: int | None) -> Json | None:
    return None if price is None else {"USD": {"price": price}}


def _named(account: AccountRecord) -> Json:
    return {"uuid": account.uuid, "handle": account.handle}


def _last_message(state: FanvueState, bond: FanBond, one: MessageRecord) -> Json:
    sender = bond.fan if one.from_fan else bond.creator
    return {
        "uuid": one.uuid,
        "text": one.text,
        "type": one.type,
        "sentAt": iso(one.sent_at),
        "hasMedia": bool(one.media),
        "mediaType": media_type(state, one),
        "senderUuid": sender.uuid if state.switches.senders_named else None,
        "sentByUserId": one.sent_by,
        "hasGif": False,
        "senderRole": _role(one),
        "status": _status(one),
    }


def _role(one: MessageRecord) -> str:
    if one.from_fan:
        return "FAN"
    return "SYSTEM" if one.automated else "CREATOR"


def _status(one: MessageRecord) -> str:
    return "Read" if one.read and one.type != BROADCAST else "Sent"
