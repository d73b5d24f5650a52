"""Reads events about money: payments, reversals, payouts; pure."""

from bot.fanvue.envelope import (
    WebhookEnvelope,
    at_of,
    cents_in,
    creator_in,
    id_in,
    inner,
    needed_creator,
    person_in,
    text_in,
    time_in,
)
from bot.fanvue.values import word_of
from bot.model.events import Event, Ignored, MoneyBack, Paid, PaidOut
from storage.records import CreatorId, FanvueMessageId

_UNKNOWN = "unknown"


def payment(envelope: WebhookEnvelope) -> Event:
    """Read a tip, a purchase, a subscription: Fanvue's source says which."""
    data = envelope.data
    checkout = envelope.type.startswith("checkout_link.")
    message = id_in(data, "message_uuid")
    return Paid(
        creator=needed_creator(data),
        fan=person_in(data, "purchaser"),
        source="checkout_link" if checkout else word_of(text_in(data, "source") or _UNKNOWN),
        gross=cents_in(data, "gross"),
        at=time_in(data, "paid_at") or at_of(envelope),
        payment=id_in(data, "id"),
        message=None if message is None else FanvueMessageId(message),
        post=id_in(data, "post_uuid"),
        currency=text_in(data, "currency"),
    )


def reversal(envelope: WebhookEnvelope) -> Event:
    """A refund or a dispute; the fan may be named by the payment alone."""
    data = envelope.data
    paid = inner(data, "payment")
    return MoneyBack(
        creator=needed_creator(data),
        fan=person_in(data, "purchaser") or person_in(paid, "purchaser"),
        what="dispute" if envelope.type == "creator.dispute.created" else "refund",
        amount=cents_in(data, "amount"),
        at=at_of(envelope),
        payment=id_in(data, "payment_id") or id_in(paid, "id"),
        currency=text_in(data, "currency"),
    )


def payout(envelope: WebhookEnvelope) -> Event:
    """Read a payout, if it says whose; the rest of it was never seen."""
    data, at = envelope.data, at_of(envelope)
    creator = creator_in(data)
    if creator is None:  # nobody knows whom to tell
        return Ignored(CreatorId(""), envelope.type, at)
    return PaidOut(creator, cents_in(data, "amount"), at, text_in(data, "currency"))
