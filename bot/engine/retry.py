"""The times to try again, and to look again (pure)."""

import random
from dataclasses import dataclass, fields
from typing import Any

from storage.records import Millis

# Seconds. No attempt may hang for ever: longer than all time limits of one attempt's calls together.
LONGEST = 300.0
_FIRST: Millis = 1000


@dataclass(frozen=True)
class RetryWaits:
    """Every wait of the relay, in milliseconds, already divided by the window divisor.

    `settle`: when an unknown send is looked for, counted from the end of its attempt; the last one must
    be longer than the longest time Fanvue may take to carry out a request whose answer was lost.
    """

    settle: tuple[Millis, ...] = (5_000, 15_000, 30_000, 60_000)
    nonce: Millis = 90_000
    proposed: Millis = 600_000  # how long what was confirmed for a whole creator is looked for
    stale: Millis = 3_600_000  # how long it may wait to begin; after that nobody expects it any more
    backoff_max: Millis = 60_000
    paused: Millis = 900_000
    blocked: Millis = 3_600_000  # between two tries of a line that the server's own filter blocks
    fetch: Millis = 30_000
    gather: Millis = 5_000  # reads that nobody waits for begin together, so often
    echo: Millis = 2_000
    answer: Millis = 840_000
    hold: Millis = 2_000  # how long a live event is held after a start or a gap, for older ones to come
    calm: Millis = 30_000  # how long after catching up live events are still held
    catch_up: Millis = 60_000  # how long facts wait for the first sweep at most
    unread: Millis = 3_000  # a line that stands in a thread for less counts as not read by who answers
    late: Millis = 30_000  # from here on a line says when its message was sent
    sweep: Millis = 300_000  # between two sweeps while live events come
    sweep_silent: Millis = 60_000  # and while they do not
    silence: Millis = 900_000  # without any live event, that is silence
    claim: Millis = 180_000  # how long a member's claim on a fan holds after a sign of life
    card: Millis = 10_000  # how long a change of a fan's card waits for further ones
    card_calm: Millis = 120_000  # and how long one does that a conversation makes, which may go on
    board: Millis = 5_000  # how long the message that says who waits waits for further changes
    board_calm: Millis = 120_000  # and how long it does for what nobody has to act upon
    reply_line: Millis = 2_000  # how long a reply's line waits for the state that lasts
    full_sweep: Millis = 86_400_000  # between two sweeps of full depth
    breaker: tuple[Millis, Millis] = (30_000, 900_000)

    def divided(self, by: float) -> "RetryWaits":
        """The same waits, all shorter by one factor."""

        def shorter(wait: Any) -> Any:
            if isinstance(wait, tuple):
                return tuple(shorter(step) for step in wait)
            return max(int(wait / by), 1)

        return RetryWaits(**{field.name: shorter(getattr(self, field.name)) for field in fields(self)})


def longest(started: Millis | None, now: Millis, waits: RetryWaits) -> float:
    """Seconds for an attempt, which may wait for its turn. `started`: when a nonce was used first, if it was.

    A repeat leaves while its nonce holds, or not: Discord keeps it for twice as long as it is relied on.
    """
    if started is None:
        return LONGEST
    return min(LONGEST, (started + waits.nonce * 3 // 2 - now) / 1000)


def backoff(attempts: int, waits: RetryWaits, rng: random.Random) -> Millis:
    """At random between a quarter and the whole of a bound that doubles up to `backoff_max`."""
    bound = min(_FIRST * 2 ** min(attempts, 16), waits.backoff_max)
    return rng.randrange(bound // 4, bound + 1)


def patience(waited: Millis, waits: RetryWaits, rng: random.Random) -> Millis:
    """Return the wait when nothing can be seen: longer the longer it lasts, up to `backoff_max`."""
    bound = min(max(waited // 2, _FIRST), waits.backoff_max)
    return rng.randrange(bound // 2, bound + 1)


def next_look(doubted: Millis, now: Millis, waits: RetryWaits) -> Millis | None:
    """Return the next look for an attempt of unknown fate; None when the last look is due or past."""
    for wait in waits.settle:
        if doubted + wait > now:
            return doubted + wait
    return None


def last_look(doubted: Millis, waits: RetryWaits) -> Millis:
    """From when on a search that finds nothing means: it is not there."""
    return doubted + waits.settle[-1]
