"""What people pay: tips, purchases, subscriptions, refunds, disputes; and follows."""

from datetime import datetime, timedelta
from typing import Literal

from bot.sandbox.fanvue import events, tracking
from bot.sandbox.fanvue.chatting import Words, fan_says
from bot.sandbox.fanvue.records import Bond, Message, Payment, Post, Subscription, SubscriptionChange
from bot.sandbox.fanvue.state import State

_PERIOD = timedelta(days=30)

Reversal = Literal["refund", "chargeback"]


class NotPossibleError(Exception):
    """A person tried what Fanvue does not let them do; the sentence says why."""


def tip(state: State, bond: Bond, cents: int) -> Payment:
    """A tip is money and, as on Fanvue, also a line of the chat."""
    message = None
    if state.switches.tips_show_in_chat:
        message = fan_says(state, bond, Words(price=cents, type="TIP", tip_source="chat"))
    return _pay(state, bond, "tip", cents, message=message)


def tip_post(state: State, bond: Bond, cents: int, post: Post) -> Payment:
    """A tip for a post is no line of the chat."""
    return _pay(state, bond, "tip", cents, post=post)


def buy_message(state: State, bond: Bond, message: Message) -> Payment:
    """Unlock a priced message; it can be bought once."""
    if message.from_fan or message.price is None or message.deleted_at is not None:
        raise NotPossibleError("Only a priced message of the creator can be bought.")
    if message.purchased_at is not None:
        raise NotPossibleError("This message is bought already.")
    message.purchased_at = state.now()
    return _pay(state, bond, "message", message.price, message=message)


def buy_post(state: State, bond: Bond, post: Post) -> Payment:
    if post.price is None or post.published_at is None:
        raise NotPossibleError("Only a published post with a price can be bought.")
    return _pay(state, bond, "post", post.price, post=post)


def subscribe(state: State, bond: Bond, price: int) -> Payment:
    """Start a subscription, or start over after one that ended."""
    if bond.subscribed:
        raise NotPossibleError("This fan is subscribed already.")
    start_subscription(state, bond, price)
    _tell(state, bond, "activated")
    return _pay_subscription(state, bond, "subscription")


def start_subscription(state: State, bond: Bond, price: int) -> None:
    """The bare fact, without events: also how a world begins."""
    now = state.now()
    bond.subscription = Subscription(state.new_id(), now, now, now + _PERIOD, price)
    bond.first_subscribed_at = bond.first_subscribed_at or now
    state.subscription_changes.append(SubscriptionChange(bond.creator.uuid, now, began=True))


def running_since(state: State, since: datetime, price: int) -> Subscription:
    """One that began then and was renewed ever since; its present period ends in the future."""
    start = state.now() - _PERIOD / 2
    return Subscription(state.new_id(), since, start, start + _PERIOD, price)


def renew(state: State, bond: Bond) -> Payment:
    subscription = _running(bond)
    subscription.period_start = subscription.expires_at
    subscription.expires_at = subscription.period_start + _PERIOD
    _tell(state, bond, "renewed")
    return _pay_subscription(state, bond, "renewal")


def cancel(state: State, bond: Bond, *, at_period_end: bool = True) -> None:
    """Say that the subscription will not renew (or, with False, that it will after all)."""
    _running(bond).cancel_at_period_end = at_period_end
    _tell(state, bond, "cancel_at_period_end_changed")


def lapse(state: State, bond: Bond, reason: str = "not_renewed") -> None:
    """The period is over and was not renewed."""
    subscription = _running(bond)
    subscription.active = False
    subscription.ended_because = reason
    state.subscription_changes.append(SubscriptionChange(bond.creator.uuid, state.now(), began=False))
    _tell(state, bond, "deactivated")


def follow(state: State, bond: Bond) -> None:
    if bond.followed_at is None:
        bond.followed_at = state.now()
        state.emit("creator.follow.created", bond.creator.uuid, events.follow_data(bond))


def take_back(state: State, bond: Bond, payment: Payment, kind: Reversal) -> Payment:
    """A refund by the creator's side, or a chargeback by the fan's bank."""
    if payment.reversed or payment.reverses is not None:
        raise NotPossibleError("This payment is taken back already.")
    payment.reversed = True
    reversal = Payment(
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


def _running(bond: Bond) -> Subscription:
    if bond.subscription is None or not bond.subscription.active:
        raise NotPossibleError("This fan has no running subscription.")
    return bond.subscription


def _tell(state: State, bond: Bond, what: str) -> None:
    assert bond.subscription is not None
    data = events.subscription_data(bond, bond.subscription) | {
        "tracking": tracking.told(state, bond.creator, bond.fan.uuid)
    }
    state.emit(f"creator.subscription.{what}", bond.creator.uuid, data)


def _pay_subscription(state: State, bond: Bond, source: str) -> Payment:
    subscription = _running(bond)
    return _pay(state, bond, source, subscription.price, subscription=subscription.id)


def _pay(
    state: State,
    bond: Bond,
    source: str,
    gross: int,
    *,
    message: Message | None = None,
    post: Post | None = None,
    subscription: str | None = None,
) -> Payment:
    payment = Payment(
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
