"""What somebody can be told of: an event, or a goal that was reached."""

from dataclasses import dataclass

from bot.relay.events import Event
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


News = Event | GoalReached
