"""What fans do in a night, from a seed alone (pure)."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

HOUR = 3600.0
# How much of the night's writing begins in each eighth of it: busiest in the middle.
_EIGHTHS = (10, 13, 14, 15, 14, 13, 11, 10)
# How often somebody writes in a night: most a few times, some all evening long.
_OFTEN = ((1, 48), (2, 27), (3, 12), (5, 7), (8, 4), (12, 2))
_BURST, _WITHIN = 0.35, (3.0, 9.0)  # the share of messages that follow at once, and the seconds until then
_LULL = 360.0  # seconds until the next one else, on average
_TIPS, _LOWEST, _HIGHEST = 0.015, 300, 8000  # the share of messages that are tips instead, and cents
_NEWCOMERS = 0.03  # of the fans: they write for the first time
_WORDS = (
    "hey you",
    "what are you up to tonight?",
    "that made my day",
    "did you get my message",
    "I was thinking of the last set all day, it is so good",
    "good night",
    "can I see a bit more?",
    "back from work, finally. How was yours?",
)


@dataclass(frozen=True)
class NightSize:
    """How much of everything; `hours`, like all times here, are those of the night."""

    fans: int = 15_000  # who are active in a day
    share: float = 0.6  # of them, who write in this night
    creators: int = 50
    chats: int = 2_000  # of each creator, all of which the bridge knows
    hours: float = 8.0
    whole: float = 8.0  # hours in which that many do; in a shorter night as many fewer
    active: int = 900  # threads that the bridge keeps open
    seed: int = 1
    speed: float = 20.0
    stamina: float = 600.0  # seconds, undivided, in which all that is begun must have ended

    @property
    def seconds(self) -> float:
        """How long it takes on the clock."""
        return self.hours * HOUR / self.speed

    @property
    def writers(self) -> int:
        """How many fans write."""
        return max(round(self.fans * self.share * min(self.hours / self.whole, 1.0)), 1)

    def dice(self, which: int) -> random.Random:
        """Each who acts at random has dice of their own, all from one seed."""
        return random.Random(self.seed * 1000 + which)  # noqa: S311 - dice


@dataclass(frozen=True, slots=True)
class FanAction:
    """What one fan does; `at`: seconds of the night since its beginning."""

    at: float
    number: int
    house: int
    fan: int
    text: str
    cents: int | None = None  # of a tip


def is_new(fan: int) -> bool:
    """Whether this fan of a creator has never written before (every so manieth)."""
    return fan % round(1 / _NEWCOMERS) == round(1 / _NEWCOMERS) - 1


def script(size: NightSize) -> list[FanAction]:
    """Everything that fans do, in order of time."""
    rng = size.dice(1)
    everybody = [(number % size.creators, number // size.creators) for number in range(size.fans)]
    rng.shuffle(everybody)
    planned = sorted(
        (at, house, fan) for house, fan in everybody[: size.writers] for at in _moments(rng, size)
    )
    return [_deed(rng, number, *one) for number, one in enumerate(planned, start=1_000_000)]


def _moments(rng: random.Random, size: NightSize) -> Iterator[float]:
    """When one fan writes. What would come after the end is not written."""
    [eighth] = rng.choices(range(len(_EIGHTHS)), _EIGHTHS)
    at = (eighth + rng.random()) / len(_EIGHTHS) * size.hours * HOUR
    often, weights = zip(*_OFTEN, strict=True)
    for _ in range(rng.choices(often, weights)[0]):
        if at < size.hours * HOUR:
            yield at
        at += rng.uniform(*_WITHIN) if rng.random() < _BURST else rng.expovariate(1 / _LULL)


def _deed(rng: random.Random, number: int, at: float, house: int, fan: int) -> FanAction:
    cents = rng.randrange(_LOWEST, _HIGHEST) if rng.random() < _TIPS else None
    return FanAction(at, number, house, fan, f"{rng.choice(_WORDS)} {number}", cents)
