"""What a mass message leaves out: as a draft has it, and exactly (pure)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.broadcast_safety.frequency import Rule
from storage.records import Millis

KEY = "leave"  # in the content of a mass message
LIVE, CAP = "live", "cap"  # as a draft has it


@dataclass(frozen=True)
class Leave:
    """`hours`: 0: whoever is in conversation is not left out. `rule`: None: nobody had too many."""

    hours: int = 0
    rule: Rule | None = None
    over: int | None = None  # how many the preview has counted; None: it could not
    as_of: Millis = 0


def packed(leave: Leave) -> dict[str, Any]:
    """As JSON."""
    return asdict(leave)


def unpacked(found: Mapping[str, Any]) -> Leave:
    """What `packed` made."""
    rule = found["rule"]
    return Leave(found["hours"], None if rule is None else Rule(**rule), found["over"], found["as_of"])
