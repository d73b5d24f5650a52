"""What people will do in a soak, from a seed alone (pure)."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

# How many events a deed makes: webhooks that it leads to, and the reply itself.
EVENTS = {
    "writes": 1,
    "replies": 2,
    "tips": 2,
    "looks": 1,
    "elsewhere": 1,
    "follows": 1,
    "joins": 2,
    "posts": 0,
    "masses": 0,
}
_A_MASS_EVERY = 70  # steps
_A_POST_EVERY = 50  # steps; beside the dice, so that a seed means the same evening with and without it
_SHARE = (
    ("writes", 51),
    ("replies", 34),
    ("tips", 3),
    ("looks", 8),
    ("elsewhere", 2),
    ("follows", 1),
    ("joins", 1),
)
_FAN_WORDS = ("hey you", "what are you up to?", "that made my day", "more please", "good night")
_TEAM_WORDS = ("thank you!", "you are sweet", "just for you", "look at this", "sleep well")
_ALIKE = ("hey", "thanks", "ok!")


@dataclass(frozen=True)
class ScriptStep:
    """One deed of one person."""

    number: int
    house: int
    fan: int
    deed: str
    text: str
    dollars: int | None = None
    window: bool = False  # by the button and its window instead of /reply
    textless: bool = False  # told by the webhook form that names ids only


def script(*, events: int, seed: int, houses: int, fans: int) -> Iterator[ScriptStep]:
    """Everybody says hello once, then all mixed, until there are enough events."""
    rng = random.Random(seed)  # noqa: S311 - a script, no secret
    number = planned = 0
    everybody = [(house, fan) for fan in range(fans) for house in range(houses)]
    for house, fan in everybody:
        if planned >= events // 3:
            break
        yield ScriptStep(number, house, fan, "writes", f"hello, it is me ({number:06d})")
        number, planned = number + 1, planned + 1
    known = everybody[:number]
    while planned < events:
        house, fan = rng.choice(known)
        step = _step(rng, number, house, fan)
        yield step
        if number % _A_MASS_EVERY == 0:
            yield ScriptStep(number, house, fan, "masses", f"to all of you ({number:06d})")
        if number % _A_POST_EVERY == 0:
            yield ScriptStep(number, house, fan, "posts", f"for everybody ({number:06d})")
        number, planned = number + 1, planned + EVENTS[step.deed]


def _step(rng: random.Random, number: int, house: int, fan: int) -> ScriptStep:
    deeds, weights = zip(*_SHARE, strict=True)
    deed = rng.choices(deeds, weights)[0]
    if deed == "replies":
        return _reply(rng, number, house, fan)
    text = f"{rng.choice(_FAN_WORDS)} ({number:06d})"
    if deed == "writes" and rng.random() < 0.1:
        text = rng.choice(_ALIKE)
    return ScriptStep(number, house, fan, deed, text, textless=rng.random() < 0.05)


def _reply(rng: random.Random, number: int, house: int, fan: int) -> ScriptStep:
    alike = rng.random() < 0.2
    text = rng.choice(_ALIKE) if alike else f"{rng.choice(_TEAM_WORDS)} ({number:06d})"
    dollars = rng.randrange(3, 60) if rng.random() < 0.2 else None
    return ScriptStep(number, house, fan, "replies", text, dollars, window=rng.random() < 0.4)
