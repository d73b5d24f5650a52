"""That moods come from a seed alone, and end."""

import random

from bot.sandbox.fanvue.switches import FanvueSwitches
from tests.proofs.soak.fanvue_moods import MOODS, FanvueMoods


def drawn(seed: int) -> list[dict[str, object]]:
    switches = FanvueSwitches()
    moods = FanvueMoods(switches, random.Random(seed))  # noqa: S311 - dice
    seen = []
    for _ in range(5_000):
        moods.stir()
        seen.append({name: getattr(switches, name) for name in MOODS})
    assert moods.drawn > 10
    moods.clear_up()
    assert switches == FanvueSwitches()
    return seen


def test_moods_are_the_same_for_the_same_seed_and_end_with_what_was_before() -> None:
    one, again, other = drawn(1), drawn(1), drawn(2)

    assert one == again != other
    for name, values in MOODS.items():
        assert values[0] == getattr(FanvueSwitches(), name)
        assert all(value in [seen[name] for seen in one + other] for value in values), name
