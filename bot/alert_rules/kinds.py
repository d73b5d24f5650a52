"""Kinds of events that somebody can be told of, and what each is about (pure)."""

from enum import StrEnum

from bot.model.events import Followed, MoneyBack, Paid, PaidOut, Subscribed
from bot.model.news import GoalReached, News, SpenderOnline
from bot.relay.connection_conditions import ConnectionCondition
from storage.records import Cents


class Kind(StrEnum):
    """What rules are made about, in the order in which they are listed."""

    SUBSCRIBER = "subscriber"
    RENEWAL = "renewal"
    RENEWAL_OFF = "renewal-off"  # and on again
    EXPIRY = "expiry"
    FOLLOWER = "follower"
    TIP = "tip"
    PURCHASE = "purchase"
    REFUND = "refund"
    DISPUTE = "dispute"
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
        return self is Kind.ONLINE


_ALONE = frozenset({Kind.GOAL, Kind.SIGN_IN, Kind.LIVE_EVENTS})  # each is to be heard
WITH_AMOUNT = frozenset({Kind.TIP, Kind.PURCHASE, Kind.REFUND, Kind.DISPUTE, Kind.PAYOUT})
# Of these an amount can decide: how much it is about, or what the fan has spent in all.
WITH_THRESHOLD = WITH_AMOUNT | {Kind.ONLINE}
# Told only where a rule says so: it would come often, and Fanvue may not send what it is made of.
ONLY_BY_RULE = frozenset({Kind.ONLINE})
_CHANGES = {"activated": Kind.SUBSCRIBER, "renewed": Kind.RENEWAL, "deactivated": Kind.EXPIRY}


def kind_of(event: News) -> Kind | None:
    """What kind of alert an event is; None: it is none, or another event tells of the same."""
    match event:
        case Subscribed():
            return _CHANGES.get(event.change, Kind.RENEWAL_OFF)
        case Followed():
            return Kind.FOLLOWER
        case Paid(source="subscription" | "renewal"):
            return None
        case Paid():
            return Kind.TIP if event.source == "tip" else Kind.PURCHASE
        case MoneyBack():
            return Kind.DISPUTE if event.what == "dispute" else Kind.REFUND
        case PaidOut():
            return Kind.PAYOUT
        case GoalReached():
            return Kind.GOAL
        case SpenderOnline():
            return Kind.ONLINE
        case _:
            return None


def amount_of(event: News) -> tuple[Cents | None, str | None]:
    """How much an event is about, as far as it was told, and in which currency; None: in dollars."""
    match event:
        case Paid():
            return event.gross, event.currency
        case MoneyBack():
            return (None if event.amount is None else -abs(event.amount)), event.currency
        case PaidOut():
            return event.amount, event.currency
        case _:
            return None, None
