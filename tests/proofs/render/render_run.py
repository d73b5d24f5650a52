"""Runs texts through the bridge's rendering, onto a Discord, past the judge."""

import random
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from tests.proofs.render import stranger_texts
from tests.proofs.render.channel_stand_in import RenderChannelStandIn
from tests.proofs.render.surfaces import NAMES, TEXTS
from tests.proofs.render.text_judge import RenderScore, judge

_EVERY = 5_000  # texts; then a new Discord, because it forgets nothing
_NAMED = 0.15  # of all texts are names
_HARMLESS = "Emma"


def written(seed: int, number: int, *, share: int = 0, of: int = 1) -> Iterator[str]:
    """So many texts: this share of the corpus first, and then new ones."""
    rng, targets = random.Random(seed), RenderChannelStandIn().targets  # noqa: S311 - repeatable on purpose
    known = stranger_texts.corpus(targets)[share::of][:number]
    yield from known
    for _ in range(number - len(known)):
        yield stranger_texts.text(rng, targets)


def render(given: Iterable[str], seed: int, say: Callable[[int], None] = lambda _done: None) -> RenderScore:
    """Show every text somewhere, and some of them as names; what came of it."""
    score, rng = RenderScore(), random.Random(seed)  # noqa: S311 - repeatable on purpose
    rest = iter(given)
    while some := list(islice(rest, _EVERY)):
        wall = RenderChannelStandIn()
        for text in some:
            surface = rng.choice(NAMES if rng.random() < _NAMED else TEXTS)
            state = rng.getstate()
            shown = surface(text, rng)
            rng.setstate(state)
            judge(text, shown, surface(_HARMLESS, rng), wall.post, score)
        score.counts["pings"] += wall.rung
        say(score.texts)
    return score
