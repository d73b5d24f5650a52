"""When to try again, and when to look again (pure)."""

import random
from dataclasses import dataclass

from storage.records import Millis

_FIRST: Millis = 1000


@dataclass(frozen=True)
class Waits:
    """Every wait of the relay, in milliseconds, already divided by the window divisor.

    `settle`: when an unknown send is looked for, counted from its attempt; the last one must be longer
    than the longest time Fanvue may take to carry out a request whose answer was lost.
    """

    settle: tuple[Millis, ...] = (5_000, 15_000, 30_000, 60_000)
    nonce: Millis = 90_000
    backoff_max: Millis = 60_000
    paused: Millis = 900_000
    fetch: Millis = 30_000
    echo: Millis = 2_000
    answer: Millis = 840_000

    def divided(self, by: float) -> "Waits":
        """The same waits, all shorter by one factor."""
        return Waits(
            settle=tuple(max(int(wait / by), 1) for wait in self.settle),
            nonce=int(self.nonce / by),
            backoff_max=int(self.backoff_max / by),
            paused=int(self.paused / by),
            fetch=int(self.fetch / by),
            echo=max(int(self.echo / by), 1),
            answer=int(self.answer / by),
        )


def backoff(attempts: int, waits: Waits, rng: random.Random) -> Millis:
    """At random between a quarter and the whole of a bound that doubles up to `backoff_max`."""
    bound = min(_FIRST * 2 ** min(attempts, 16), waits.backoff_max)
    return rng.randrange(bound // 4, bound + 1)


def patience(waited: Millis, waits: Waits, rng: random.Random) -> Millis:
    """How long to wait when nothing can be seen: longer the longer it lasts, up to `backoff_max`."""
    bound = min(max(waited // 2, _FIRST), waits.backoff_max)
    return rng.randrange(bound // 2, bound + 1)


def next_look(attempt_started: Millis, now: Millis, waits: Waits) -> Millis | None:
    """When to look next for an attempt of unknown fate; None when the last look is due or past."""
    for wait in waits.settle:
        if attempt_started + wait > now:
            return attempt_started + wait
    return None


def last_look(attempt_started: Millis, waits: Waits) -> Millis:
    """From when on a search that finds nothing means: it is not there."""
    return attempt_started + waits.settle[-1]
