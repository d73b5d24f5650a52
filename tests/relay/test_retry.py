"""Waits, as numbers."""

import random

import pytest

from bot.engine.retry import RetryWaits, backoff, last_look, next_look, patience

WAITS = RetryWaits()


def chance() -> random.Random:
    """The same chance in every run."""
    return random.Random(1)  # noqa: S311 - repeatable on purpose


@pytest.mark.parametrize(
    ("attempts", "least", "most"),
    [(0, 250, 1_000), (1, 500, 2_000), (3, 2_000, 8_000), (6, 15_000, 60_000), (1000, 15_000, 60_000)],
)
def test_a_backoff_doubles_with_each_attempt_up_to_a_minute(attempts: int, least: int, most: int) -> None:
    rng = chance()

    waits = [backoff(attempts, WAITS, rng) for _ in range(500)]

    assert min(waits) >= least
    assert max(waits) <= most
    assert len(set(waits)) > 100  # not all at the same moment


@pytest.mark.parametrize(
    ("waited", "least", "most"),
    [(0, 500, 1_000), (10_000, 2_500, 5_000), (100_000, 25_000, 50_000), (9_999_999, 30_000, 60_000)],
)
def test_patience_grows_with_the_time_already_waited(waited: int, least: int, most: int) -> None:
    rng = chance()

    waits = [patience(waited, WAITS, rng) for _ in range(500)]

    assert least <= min(waits) <= max(waits) <= most


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (1_000, 6_000),
        (6_000, 16_000),
        (16_000, 31_000),
        (31_000, 61_000),
        (61_000, None),
        (99_000, None),
    ],
    ids=["at once", "after the first", "after the second", "after the third", "at the last", "past it"],
)
def test_looks_come_at_5_15_30_and_60_seconds(now: int, then: int | None) -> None:
    assert next_look(1_000, now, WAITS) == then


def test_the_last_look_is_a_minute_after_the_attempt() -> None:
    assert last_look(1_000, WAITS) == 61_000


def test_divided_waits_keep_their_proportions() -> None:
    assert WAITS.divided(10) == RetryWaits(
        settle=(500, 1_500, 3_000, 6_000),
        nonce=9_000,
        proposed=60_000,
        stale=360_000,
        backoff_max=6_000,
        paused=90_000,
        fetch=3_000,
        gather=500,
        blocked=360_000,
        echo=200,
        answer=84_000,
        hold=200,
        calm=3_000,
        catch_up=6_000,
        late=3_000,
        sweep=30_000,
        sweep_silent=6_000,
        silence=90_000,
        claim=18_000,
        unread=300,
        card=1000,
        board=500,
        card_calm=12_000,
        board_calm=12_000,
        reply_line=200,
        full_sweep=8_640_000,
        breaker=(3_000, 90_000),
    )


def test_even_much_divided_waits_are_waits() -> None:
    divided = WAITS.divided(100_000)

    assert divided.settle == (1, 1, 1, 1)
    assert divided.echo == 1
    assert backoff(5, divided, chance()) == 0
