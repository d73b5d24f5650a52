"""Runs texts through the bridge's rendering, onto a Discord, past the judge."""

import random
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from tests.proofs.render import texts
from tests.proofs.render.judging import Score, judge
from tests.proofs.render.surfaces import NAMES, TEXTS
from tests.proofs.render.wall import Wall

_EVERY = 5_000  # texts; then a new Discord, because it forgets nothing
_NAMED = 0.15  # of all texts are names
_HARMLESS = "Emma"


def written(seed: int, number: int, *, share: int = 0, of: int = 1) -> Iterator[str]:
    """So many texts: this share of the corpus first, and then new ones."""
    rng, targets = random.Random(seed), Wall().targets  # noqa: S311 - repeatable on purpose
    known = texts.corpus(targets)[share::of][:number]
    yield from known
    for _ in range(number - len(known)):
        yield texts.text(rng, targets)


def render(given: Iterable[str], seed: int, say: Callable[[int], None] = lambda _done: None) -> Score:
    """Show every text somewhere, and some of them as names; what came of it."""
    score, rng = Score(), random.Random(seed)  # noqa: S311 - repeatable on purpose
    rest = iter(given)
    while some := list(islice(rest, _EVERY)):
        wall = Wall()
        for text in some:
            surface = rng.choice(NAMES if rng.random() < _NAMED else TEXTS)
            state = rng.getstate()
            shown = surface(text, rng)
            rng.setstate(state)
            judge(text, shown, surface(_HARMLESS, rng), wall.post, score)
        score.counts["pings"] += wall.rung
        say(score.texts)
    return score
