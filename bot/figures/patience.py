"""Waits for figures, and says in words for whoever asked why there are none."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.access.roles import Money
from bot.figures.ranges import IN_RANGES, NotARange, Range, is_named, read_range
from bot.relay.errors import Gone, Refused, TryLater, Unknown
from bot.relay.voices import NEEDS_OWN
from storage.records import Millis

T = TypeVar("T")

LONGEST = 600.0  # seconds; Discord lets an answer be changed for fifteen minutes
_AGAIN = "Fanvue cannot be read right now. Nothing is lost; please run the command again in a minute."
_TOO_MUCH = (
    "There is so much to read that it did not fit into Fanvue's limits in ten minutes. Please ask for "
    "fewer days."
)
_NO_ANSWER = "Fanvue did not answer this question. If it stays so, tell whoever runs the bridge."


class CannotTell(Exception):
    """Raised where there are no figures; its text is a sentence for the person who asked."""


class InRanges(CannotTell):
    """Raised where somebody who sees ranges asks for days that would tell more."""


def understood(period: str, now: Millis, zone: ZoneInfo, level: Money) -> Range:
    """The days that somebody typed who sees figures so exactly. Raises CannotTell."""
    if level is not Money.EXACT and not is_named(period):
        raise InRanges(IN_RANGES)
    try:
        return read_range(period, now, zone)
    except NotARange as refused:
        raise CannotTell(str(refused)) from refused


async def told(read: Callable[[], Awaitable[T]], longest: float = LONGEST, *, too_much: str = _TOO_MUCH) -> T:
    """The outcome of a read that takes at most so many seconds. Raises CannotTell.

    `too_much`: what is said when it took longer.
    """
    try:
        async with asyncio.timeout(longest):
            return await read()
    except TimeoutError as late:
        raise CannotTell(too_much) from late
    except TryLater as later:
        raise CannotTell(later.reason if later.paused else _AGAIN) from later
    except Unknown as unclear:
        raise CannotTell(_AGAIN) from unclear
    except (Refused, Gone) as refused:
        own = refused.reason == NEEDS_OWN  # a person can do something about it
        raise CannotTell(NEEDS_OWN if own else _NO_ANSWER) from refused
