"""A moment that a program plans something for (pure)."""

from datetime import datetime

from bot.features.operations.program_requests.refusals import ProgramRefused
from bot.text.typed_times import FURTHEST
from storage.records import Millis

_DAY: Millis = 86_400_000


def seconds_ahead(name: str, at: datetime | None, now: Millis) -> int | None:
    """It in seconds. Raises ProgramRefused for one that lies behind, or further ahead than one may plan."""
    if at is None:
        return None
    if not 0 < at.timestamp() * 1000 - now <= FURTHEST * _DAY:
        raise ProgramRefused(400, f"{name}: it must lie ahead, and at most {FURTHEST} days.")
    return int(at.timestamp())
