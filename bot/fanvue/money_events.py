"""Reads events about money: payments, reversals, payouts; pure."""

from collections.abc import Mapping
from typing import Any

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
from bot.model.events import WARNING, Event, Ignored, Installment, MoneyBack, Paid, PaidOut
from storage.records import CreatorId, FanvueMessageId

_UNKNOWN = "unknown"
_REFERENCE = "client_reference_id"
_MOST_MARKS, _LONGEST_NAME, _LONGEST_MARK = 10, 40, 200  # as many, and as long, as Fanvue takes
_BACK = {"dispute.created": "dispute", "dispute.flagged": WARNING}
_INSTALLMENTS = {
    "checkout_link.installment.paid": "paid",
    "checkout_link.installment.failed": "failed",
    "checkout_link.plan.completed": "completed",
}


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
        marks=(_marks(data) or None) if checkout else None,
    )


def installment(envelope: WebhookEnvelope) -> Event:
    """One part of a plan, or the plan's end; which part it is may stand in the payment alone."""
    data = envelope.data
    paid = inner(data, "payment")
    part = inner(data, "installment") or inner(paid, "installment")
    cents = cents_in(data, "amount")
    return Installment(
        creator=needed_creator(data),
        fan=person_in(data, "purchaser") or person_in(paid, "purchaser"),
        change=_INSTALLMENTS[envelope.type],
        at=time_in(data, "paid_at") or at_of(envelope),
        amount=cents_in(data, "gross") if cents is None else cents,
        currency=text_in(data, "currency"),
        number=_count(part, "number"),
        of=_count(part, "of"),
    )


def reversal(envelope: WebhookEnvelope) -> Event:
    """A refund, a dispute or the warning of one; the fan may be named by the payment alone."""
    data = envelope.data
    paid = inner(data, "payment")
    return MoneyBack(
        creator=needed_creator(data),
        fan=person_in(data, "purchaser") or person_in(paid, "purchaser"),
        what=_BACK.get(envelope.type.partition(".")[2], "refund"),
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


def _marks(data: Mapping[str, Any]) -> dict[str, str]:
    """A link's reference and metadata, within Fanvue's own bounds."""
    there = {_REFERENCE: data.get(_REFERENCE), **inner(data, "metadata")}
    marks = {
        name[:_LONGEST_NAME]: (text_in(there, name) or "")[:_LONGEST_MARK]
        for name in list(there)[: 1 + _MOST_MARKS]
    }
    return {name: mark for name, mark in marks.items() if mark}


def _count(part: Mapping[str, Any], name: str) -> int | None:
    value = part.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
