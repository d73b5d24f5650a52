"""People's payments: tips, purchases, subscriptions, refunds, disputes; follows."""

from datetime import datetime, timedelta
from typing import Literal

from bot.sandbox.fanvue import events, tracking
from bot.sandbox.fanvue.chat_actions import ChatWords, fan_says
from bot.sandbox.fanvue.records import (
    FanBond,
    MessageRecord,
    PaymentRecord,
    PostRecord,
    SubscriptionChangeRecord,
    SubscriptionRecord,
)
from bot.sandbox.fanvue.state import FanvueState

_PERIOD = timedelta(days=30)

Reversal = Literal["refund", "chargeback"]


class NotPossibleError(Exception):
    """A person tried what Fanvue does not let them do; the sentence says why."""


def tip(state: FanvueState, bond: FanBond, cents: int) -> PaymentRecord:
    """A tip is money and, as on Fanvue, also a line of the chat."""
    message = None
    if state.switches.tips_show_in_chat:
        message = fan_says(state, bond, ChatWords(price=cents, type="TIP", tip_source="chat"))
    return _pay(state, bond, "tip", cents, message=message)


def tip_post(state: FanvueState, bond: FanBond, cents: int, post: PostRecord) -> PaymentRecord:
    """A tip for a post is no line of the chat."""
    return _pay(state, bond, "tip", cents, post=post)


def buy_message(state: FanvueState, bond: FanBond, message: MessageRecord) -> PaymentRecord:
    """Unlock a priced message; it can be bought once."""
    if message.from_fan or message.price is None or message.deleted_at is not None:
        raise NotPossibleError("Only a priced message of the creator can be bought.")
    if message.purchased_at is not None:
        raise NotPossibleError("This message is bought already.")
    message.purchased_at = state.now()
    return _pay(state, bond, "message", message.price, message=message)


def buy_post(state: FanvueState, bond: FanBond, post: PostRecord) -> PaymentRecord:
    if post.price is None or post.published_at is None:
        raise NotPossibleError("Only a published post with a price can be bought.")
    return _pay(state, bond, "post", post.price, post=post)


def subscribe(state: FanvueState, bond: FanBond, price: int) -> PaymentRecord:
    """Start a subscription, or start over after one that ended."""
    if bond.subscribed:
        raise NotPossibleError("This fan is subscribed already.")
    start_subscription(state, bond, price)
    _tell(state, bond, "activated")
    return _pay_subscription(state, bond, "subscription")


def start_subscription(state: FanvueState, bond: FanBond, price: int) -> None:
    """The bare fact, without events: also how a world begins."""
    now = state.now()
    bond.subscription = SubscriptionRecord(state.new_id(), now, now, now + _PERIOD, price)
    bond.first_subscribed_at = bond.first_subscribed_at or now
    state.subscription_changes.append(SubscriptionChangeRecord(bond.creator.uuid, now, began=True))


def running_since(state: FanvueState, since: datetime, price: int) -> SubscriptionRecord:
    """One that began then and was renewed ever since; its present period ends in the future."""
    start = state.now() - _PERIOD / 2
    return SubscriptionRecord(state.new_id(), since, start, start + _PERIOD, price)


def renew(state: FanvueState, bond: FanBond) -> PaymentRecord:
    subscription = _running(bond)
    subscription.period_start = subscription.expires_at
    subscription.expires_at = subscription.period_start + _PERIOD
    _tell(state, bond, "renewed")
    return _pay_subscription(state, bond, "renewal")


def cancel(state: FanvueState, bond: FanBond, *, at_period_end: bool = True) -> None:
    """Say that the subscription will not renew (or, with False, that it will after all)."""
    _running(bond).cancel_at_period_end = at_period_end
    _tell(state, bond, "cancel_at_period_end_changed")


def lapse(state: FanvueState, bond: FanBond, reason: str = "not_renewed") -> None:
    """The period is over and was not renewed."""
    subscription = _running(bond)
    subscription.active = False
    subscription.ended_because = reason
    state.subscription_changes.append(SubscriptionChangeRecord(bond.creator.uuid, state.now(), began=False))
    _tell(state, bond, "deactivated")


def follow(state: FanvueState, bond: FanBond) -> None:
    if bond.followed_at is None:
        bond.followed_at = state.now()
        state.emit("creator.follow.created", bond.creator.uuid, events.follow_data(bond))


def take_back(state: FanvueState, bond: FanBond, payment: PaymentRecord, kind: Reversal) -> PaymentRecord:
    """A refund by the creator's side, or a chargeback by the fan's bank."""
    if payment.reversed or payment.reverses is not None:
        raise NotPossibleError("This payment is taken back already.")
    payment.reversed = True
    reversal = PaymentRecord(
        state.new_payment_id(),
        payment.creator,
        payment.fan,
        kind,
        -payment.gross,
        state.now(),
        payment.message,
        payment.post,
        reverses=payment.id,
        currency=payment.currency,
    )
    state.payments[reversal.id] = reversal
    if kind == "refund":
        state.emit("creator.refund.created", bond.creator.uuid, events.refund_data(bond, reversal))
    else:
        state.emit("creator.dispute.created", bond.creator.uuid, events.dispute_data(bond, reversal))
    return reversal


def _running(bond: FanBond) -> SubscriptionRecord:
    if bond.subscription is None or not bond.subscription.active:
        raise NotPossibleError("This fan has no running subscription.")
    return bond.subscription


def _tell(state: FanvueState, bond: FanBond, what: str) -> None:
    assert bond.subscription is not None
    data = events.subscription_data(bond, bond.subscription) | {
        "tracking": tracking.told(state, bond.creator, bond.fan.uuid)
    }
    state.emit(f"creator.subscription.{what}", bond.creator.uuid, data)


def _pay_subscription(state: FanvueState, bond: FanBond, source: str) -> PaymentRecord:
    subscription = _running(bond)
    return _pay(state, bond, source, subscription.price, subscription=subscription.id)


def _pay(
    state: FanvueState,
    bond: FanBond,
    source: str,
    gross: int,
    *,
    message: MessageRecord | None = None,
    post: PostRecord | None = None,
    subscription: str | None = None,
) -> PaymentRecord:
    payment = PaymentRecord(
        state.new_payment_id(),
        bond.creator.uuid,
        bond.fan.uuid,
        source,
        gross,
        state.now(),
        None if message is None else message.uuid,
        None if post is None else post.uuid,
        subscription,
    )
    state.payments[payment.id] = payment
    state.paying.add((payment.creator, payment.fan))
    state.emit("creator.payment.succeeded", bond.creator.uuid, events.payment_data(bond, payment))
    return payment
