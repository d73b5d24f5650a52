"""A list of fans on Fanvue, as routing rules know it (pure)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from storage.inbox.routing_lists import RoutingListProblem
from storage.records import FanId, Millis

SMART: Final = "smart:"  # how the key of one of Fanvue's own lists begins; others have their id as the key
MOST = 5_000  # fans of a list that are read; each request tells 50
PAGE = 50
COUNTS_FOR: Millis = 86_400_000  # what was read longer ago decides nothing


@dataclass(frozen=True)
class RoutableList:
    """One that a rule can name."""

    key: str
    name: str


@dataclass(frozen=True)
class ReadFanList:
    """Who is on it; `is_whole`: whether that is everybody."""

    fans: Collection[FanId]
    is_whole: bool


@dataclass(frozen=True)
class RoutingListState:
    """What is known of one. `name`: None where it cannot be opened; `read`: as of when, None: never."""

    name: str | None
    read: Millis | None
    is_whole: bool
    problem: RoutingListProblem | None
    counts: bool  # whether it was read recently enough to decide
