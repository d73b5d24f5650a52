"""Waits for figures, and tells the person who asked why there are none."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.model.acting_account import NEEDS_OWN
from bot.model.errors import DeliveryRefused, DeliveryUnknown, TargetGone, TryLater
from bot.model.language import msgid, tr

T = TypeVar("T")

LONGEST = 600.0  # seconds; Discord lets an answer be changed for fifteen minutes
_AGAIN = msgid("We can't reach Fanvue right now. Nothing is lost; please run the command again in a minute.")
_TOO_MUCH = msgid(
    "There is too much to read within Fanvue's limits in ten minutes. Please ask for fewer days."
)
_NO_ANSWER = msgid("Fanvue did not answer. If this stays, tell the bridge's operator.")


class FiguresUnavailable(Exception):
    """Raised where there are no figures; its text is a sentence for the person who asked."""


class PeriodTooExact(FiguresUnavailable):
    """Raised where somebody who sees ranges asks for days that would tell more."""


async def told(read: Callable[[], Awaitable[T]], longest: float = LONGEST, *, too_much: str = _TOO_MUCH) -> T:
    """The outcome of a read that takes at most so many seconds. Raises FiguresUnavailable.

    `too_much`: the message when it took longer.
    """
    try:
        async with asyncio.timeout(longest):
            return await read()
    except TimeoutError as late:
        raise FiguresUnavailable(tr(too_much)) from late
    except TryLater as later:
        raise FiguresUnavailable(later.reason if later.paused else tr(_AGAIN)) from later
    except DeliveryUnknown as unclear:
        raise FiguresUnavailable(tr(_AGAIN)) from unclear
    except (DeliveryRefused, TargetGone) as refused:
        own = refused.reason == NEEDS_OWN  # a person can do something about it
        raise FiguresUnavailable(tr(NEEDS_OWN) if own else tr(_NO_ANSWER)) from refused
