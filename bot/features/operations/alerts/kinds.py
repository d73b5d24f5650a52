"""Kinds of events that somebody can be told of, and what each is about (pure)."""

from enum import StrEnum

from bot.model.events import WARNING, Followed, Installment, MoneyBack, Paid, PaidOut, Subscribed
from bot.model.news import GoalReached, News, SpenderOnline
from bot.relay.connection_conditions import ConnectionCondition
from storage.records import Cents


class AlertKind(StrEnum):
    """A kind of alert that rules are about, in the order of the list."""

    SUBSCRIBER = "subscriber"
    RENEWAL = "renewal"
    RENEWAL_OFF = "renewal-off"  # and on again
    EXPIRY = "expiry"
    FOLLOWER = "follower"
    TIP = "tip"
    PURCHASE = "purchase"
    REFUND = "refund"
    DISPUTE = "dispute"
    DISPUTE_WARNING = "warning"
    INSTALLMENT = "plan"
    PAYOUT = "payout"
    GOAL = "goal"
    ONLINE = "top-spender-online"
    SIGN_IN = ConnectionCondition.SIGN_IN.value  # a new one is needed, or Fanvue allows less
    LIVE_EVENTS = ConnectionCondition.LIVE_EVENTS.value  # silent, and back

    @property
    def shares(self) -> bool:
        """Whether alerts of it share messages with others. Discord notifies nobody of an edit."""
        return self not in _ALONE

    @property
    def apart(self) -> bool:
        """Whether it shares them with its own kind only, so that the first one is heard."""
        return self is AlertKind.ONLINE


_ALONE = frozenset({AlertKind.GOAL, AlertKind.SIGN_IN, AlertKind.LIVE_EVENTS})  # each is to be heard
WITH_AMOUNT = frozenset(
    {AlertKind.TIP, AlertKind.PURCHASE, AlertKind.REFUND, AlertKind.DISPUTE, AlertKind.PAYOUT}
)
# Of these an amount can decide: how much it is about, or what the fan has spent in all.
WITH_THRESHOLD = WITH_AMOUNT | {AlertKind.ONLINE}
# Told only where a rule says so: it would come often, and Fanvue may not send what it is made of.
ONLY_BY_RULE = frozenset({AlertKind.ONLINE})
_BACK = {"dispute": AlertKind.DISPUTE, WARNING: AlertKind.DISPUTE_WARNING}
_CHANGES = {"activated": AlertKind.SUBSCRIBER, "renewed": AlertKind.RENEWAL, "deactivated": AlertKind.EXPIRY}


def kind_of(event: News) -> AlertKind | None:
    """The kind of alert an event is; None: it is none, or another event tells of the same."""
    match event:
        case Subscribed():
            return _CHANGES.get(event.change, AlertKind.RENEWAL_OFF)
        case Followed():
            return AlertKind.FOLLOWER
        case Paid(source="subscription" | "renewal"):
            return None
        case Paid():
            return AlertKind.TIP if event.source == "tip" else AlertKind.PURCHASE
        case MoneyBack():
            return _BACK.get(event.what, AlertKind.REFUND)
        case Installment():
            return AlertKind.INSTALLMENT
        case PaidOut():
            return AlertKind.PAYOUT
        case GoalReached():
            return AlertKind.GOAL
        case SpenderOnline():
            return AlertKind.ONLINE
        case _:
            return None


def amount_of(event: News) -> tuple[Cents | None, str | None]:
    """An event's amount that counts in sums, as far as it was told, and its currency; None: in dollars."""
    match event:
        case Paid():
            return event.gross, event.currency
        case MoneyBack() if event.what != WARNING:
            return (None if event.amount is None else -abs(event.amount)), event.currency
        case PaidOut():
            return event.amount, event.currency
        case _:
            return None, None
