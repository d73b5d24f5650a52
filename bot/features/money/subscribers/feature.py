"""Builds what knows of a creator's subscribers."""

from dataclasses import dataclass

from bot.engine.outbox import Effects
from bot.features.money.periods.fanvue import FanvueCreatorFigures
from bot.features.money.subscribers.list_service import SubscriberListService
from bot.features.money.subscribers.recorder import SubscriptionRecorder
from bot.features.money.subscribers.records import SubscriptionCounter
from bot.features.money.subscribers.service import SubscribersService
from bot.model.ports import Clock
from storage.database import Database


@dataclass(frozen=True)
class SubscribersFeature:
    """The parts that the rest of the program speaks to."""

    asking: SubscribersService
    listing: SubscriberListService
    hearing: SubscriptionRecorder
    counting: SubscriptionCounter


def open_audience(
    *, database: Database, effects: Effects, reading: FanvueCreatorFigures, clock: Clock
) -> SubscribersFeature:
    """`reading`: Fanvue's own figures."""
    return SubscribersFeature(
        asking=SubscribersService(database=database, reading=reading, clock=clock),
        listing=SubscriberListService(database=database, reading=reading, trail=effects.trail, clock=clock),
        hearing=SubscriptionRecorder(effects.trail.pseudonyms),
        counting=SubscriptionCounter(clock),
    )
