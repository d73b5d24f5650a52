"""News that people can get: an event, a goal that was reached, somebody online."""

from dataclasses import dataclass

from bot.model.events import Event, Person
from storage.records import Cents, CreatorId, Millis


@dataclass(frozen=True)
class GoalReached:
    """As much came in as a creator wanted. `when`: in words, in which week or month."""

    creator: CreatorId
    span: str  # week or month
    when: str
    cents: Cents  # the goal, not what came in
    net: bool
    at: Millis


@dataclass(frozen=True)
class SpenderOnline:
    """A fan came online who has spent much, or has the tag *vip*. `spent`: in dollars, as far as known."""

    creator: CreatorId
    fan: Person
    spent: Cents
    vip: bool
    at: Millis


News = Event | GoalReached | SpenderOnline
