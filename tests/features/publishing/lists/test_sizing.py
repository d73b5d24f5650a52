"""How many fans go into one call: found out from what Fanvue refuses."""

import pytest

from bot.features.publishing.lists.batch_rules import BatchSize, packed, unpacked


def filled(fans: int, size: int, *, most: int, bad: frozenset[int]) -> tuple[set[int], set[int], int]:
    """Who is taken and who is refused alone, and with how many calls, by a Fanvue of such limits."""
    waiting, now, calls = list(range(1, fans + 1)), BatchSize(size), 0
    taken: set[int] = set()
    refused: set[int] = set()
    while waiting:
        now = unpacked(packed(now)).past(waiting[0])
        chunk = [place for place in waiting if not now.until or place <= now.until][: now.now]
        calls += 1
        if len(chunk) <= most and not bad & set(chunk):
            taken |= set(chunk)
            now = now.took(len(chunk))
        else:
            now = now.refused(len(chunk), chunk[-1])
            if len(chunk) > 1:
                continue
            refused |= set(chunk)
        waiting = [place for place in waiting if place not in taken | refused]
    return taken, refused, calls


@pytest.mark.parametrize(
    ("fans", "size", "most", "bad", "calls"),
    [
        (300, 100, 100, frozenset(), 3),
        (300, 100, 40, frozenset(), 16),  # six for the first hundred, then of 25
        (300, 100, 1, frozenset(), 410),
        (300, 100, 100, frozenset({50}), 30),
        (300, 100, 100, frozenset({1, 100, 101, 300}), 60),
        (1, 100, 100, frozenset({1}), 1),
    ],
)
def test_everybody_who_can_be_is_taken_and_only_who_cannot_be_is_refused_in_few_calls(
    fans: int, size: int, most: int, bad: frozenset[int], calls: int
) -> None:
    taken, refused, needed = filled(fans, size, most=most, bad=bad)

    assert refused == set(bad)
    assert taken == set(range(1, fans + 1)) - bad
    assert needed <= calls


def test_a_limit_that_was_found_holds_for_whoever_comes_after() -> None:
    _, _, few = filled(100, 100, most=40, bad=frozenset())
    _, _, many = filled(1100, 100, most=40, bad=frozenset())

    assert many - few == 1000 / 25
