"""Reads a webhook's raw body in the relay's words; pure.

A signed body is never refused: one that no rule covers is NotUnderstood, kept, and read again after an
upgrade (A6). An event is kept under a key that every source of the same fact shares (R2).
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from bot.fanvue.envelope import (
    OddWebhookError,
    WebhookEnvelope,
    at_of,
    creator_in,
    digest_of,
    digest_of_body,
    id_in,
    inner,
    needed_creator,
    needed_id,
    needed_person,
    opened,
    parsed,
    person_in,
    text_in,
    time_in,
    type_in,
)
from bot.fanvue.money_events import installment, payment, payout, reversal
from bot.fanvue.presence_events import presence
from bot.model.events import (
    NO_TYPE,
    PRESENCE,
    TIP,
    ChatRead,
    CreatorWrote,
    Event,
    FanWrote,
    Followed,
    Ignored,
    MessageDeleted,
    NotUnderstood,
    Reacted,
    Subscribed,
    Understood,
    is_known_type,
)
from storage.records import CreatorId, FanvueMessageId

_UNKNOWN = "unknown"
_MESSAGES = "creator.message."


def understand(raw: bytes) -> Understood | NotUnderstood:
    """Read a body, never raising, never keeping an e-mail address."""
    body: Mapping[str, Any] = {}
    try:
        body = parsed(raw)
        envelope = opened(body)
        return _understood(envelope)
    except OddWebhookError as odd:
        return _quarantined(raw, body, str(odd))


def _understood(envelope: WebhookEnvelope) -> Understood:
    reader = _READERS.get(envelope.type)
    if reader is None:
        raise OddWebhookError("a type that this program does not know")
    kind, read = reader
    event = read(envelope)
    if isinstance(event, FanWrote | CreatorWrote | MessageDeleted):
        key: str = event.message  # R2.1: webhook, sweep, batch read and echo share it
    else:
        key = envelope.id or digest_of(envelope.type, event.creator, *_what(envelope))
    return Understood(event, kind or envelope.type, key)


def _quarantined(raw: bytes, body: Mapping[str, Any], reason: str) -> NotUnderstood:
    data = inner(body, "data")
    creator = creator_in(data) or id_in(body, "recipientUuid") or ""
    return NotUnderstood(
        reason=reason,
        kind=type_in(body) or _UNKNOWN,
        key=id_in(body, "id") or digest_of_body(raw),
        creator=CreatorId(creator),
        at=time_in(data, "created_at") or time_in(body, "timestamp"),
        fan=person_in(data, "fan") if (type_in(body) or "").startswith(_MESSAGES) else None,
    )


# ── one reader for each family ──


def _message(envelope: WebhookEnvelope) -> Event:
    data = envelope.data
    received = envelope.type == "creator.message.received"
    if data.get("sender") not in (None, "fan" if received else "creator"):
        raise OddWebhookError("a sender that contradicts the type")
    creator, fan, at = needed_creator(data), needed_person(data, "fan"), at_of(envelope)
    message = FanvueMessageId(needed_id(data, "uuid"))
    text, kind = text_in(data, "text"), text_in(data, "message_type")
    # Media never come with an event, so a message without text must be read to know what it is; a tip
    # says so itself.
    complete = text is not None or kind == TIP
    if received:
        return FanWrote(creator, fan, message, at, text, complete=complete, kind=kind)
    automated = data.get("is_automated") is True or (kind or "").startswith("AUTOMATED")
    return CreatorWrote(
        creator,
        fan,
        message,
        at,
        text,
        complete=complete,
        automated=automated,
        kind=kind,
        unclear="" if automated or is_known_type(kind) else NO_TYPE,
    )


def _deleted(envelope: WebhookEnvelope) -> Event:
    data = envelope.data
    at = time_in(data, "deleted_at") or envelope.sent_at or at_of(envelope)
    message = FanvueMessageId(needed_id(data, "uuid"))
    return MessageDeleted(
        needed_creator(data),
        person_in(data, "fan"),
        message,
        at,
        by_fan=data.get("sender") == "fan",
        sent_at=time_in(data, "created_at"),
    )


def _read(envelope: WebhookEnvelope) -> Event:
    return ChatRead(needed_creator(envelope.data), needed_person(envelope.data, "fan"), at_of(envelope))


def _reaction(envelope: WebhookEnvelope) -> Event:
    data = envelope.data
    message, emoji = FanvueMessageId(needed_id(data, "message_uuid")), text_in(data, "emoji")
    if emoji is None:
        raise OddWebhookError("a reaction without an emoji")
    return Reacted(needed_creator(data), message, emoji, at_of(envelope))


def _subscription(envelope: WebhookEnvelope) -> Event:
    data = envelope.data
    change = envelope.type.rsplit(".", 1)[1]
    ends, tracking = data.get("cancel_at_period_end"), data.get("tracking")
    return Subscribed(
        creator=needed_creator(data),
        fan=needed_person(data, "purchaser"),
        change="renewal_changed" if change == "cancel_at_period_end_changed" else change,
        # `created_at` is the subscription's birthday, whatever happens to it later.
        at=envelope.sent_at or at_of(envelope),
        expires_at=time_in(data, "expires_at"),
        renews=not ends if isinstance(ends, bool) else None,
        reason=text_in(data, "deactivation_reason"),
        since=time_in(data, "created_at"),
        period_from=time_in(data, "current_period_start"),
        link=text_in(tracking, "link_url") if isinstance(tracking, dict) else None,
    )


def _follow(envelope: WebhookEnvelope) -> Event:
    return Followed(needed_creator(envelope.data), needed_person(envelope.data, "follower"), at_of(envelope))


def _ignored(envelope: WebhookEnvelope) -> Event:
    # The app's own sales name no creator; everything else is somebody's.
    creator = creator_in(envelope.data)
    if creator is None and not envelope.type.startswith("app."):
        raise OddWebhookError("no creator")
    return Ignored(creator or CreatorId(""), envelope.type, at_of(envelope))


_IGNORED = (
    "creator.fan.status_changed",
    "creator.post.liked",
    "creator.post.commented",
    "checkout_link.payment.pending",
    "checkout_link.payment.failed",
    # Whether these come beside `creator.subscription.*` for the same fan is not known: telling both
    # would tell one subscription twice.
    "checkout_link.subscription.activated",
    "checkout_link.subscription.deactivated",
    "checkout_link.subscription.cancel_at_period_end_changed",
    "app.payment.succeeded",
    "app.payment.refunded",
)

Reader = tuple[str, Callable[[WebhookEnvelope], Event]]

# Type → the kind that its fact is kept under ("" for Fanvue's own word), and who reads it.
_READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "creator.message.received": ("message", _message),
        "creator.message.sent": ("message", _message),
        "creator.message.deleted": ("message.deleted", _deleted),
        "creator.message.read": ("chat.read", _read),
        "creator.message.reaction": ("reaction", _reaction),
        "creator.subscription.activated": ("subscription.activated", _subscription),
        "creator.subscription.renewed": ("subscription.renewed", _subscription),
        "creator.subscription.deactivated": ("subscription.deactivated", _subscription),
        "creator.subscription.cancel_at_period_end_changed": ("subscription.renewal_changed", _subscription),
        "creator.follow.created": ("follow", _follow),
        "creator.payment.succeeded": ("payment", payment),
        "creator.refund.created": ("refund", reversal),
        "creator.dispute.created": ("dispute", reversal),
        "checkout_link.payment.succeeded": ("payment", payment),
        "checkout_link.refund.created": ("refund", reversal),
        "checkout_link.dispute.created": ("dispute", reversal),
        "checkout_link.dispute.flagged": ("dispute.flagged", reversal),
        "checkout_link.installment.paid": ("installment.paid", installment),
        "checkout_link.installment.failed": ("installment.failed", installment),
        "checkout_link.plan.completed": ("plan.completed", installment),
        "payout.paid": ("", payout),
        PRESENCE: ("", presence),
        **dict.fromkeys(_IGNORED, ("", _ignored)),
    }
)


VOCABULARY = digest_of(*sorted(_READERS))
"""Changes with the kinds of bodies that this program can read."""


def _what(envelope: WebhookEnvelope) -> tuple[object, ...]:
    """Identify an event without an id: never by names or avatars, they change between attempts."""
    data = envelope.data
    people = [person_in(data, name) for name in ("fan", "purchaser", "follower", "actor")]
    names = (
        "id",
        "payment_id",
        "message_uuid",
        "emoji",
        "gross",
        "amount",
        "expires_at",
        "created_at",
        "paid_at",
    )
    changed = (data["changed_at"], data.get("state")) if "changed_at" in data else ()
    return (*(person.id if person else None for person in people), *map(data.get, names), *changed)
