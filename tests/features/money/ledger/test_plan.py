"""Which days are read next: the newest first, and late rows again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.money.ledger.reading_plan import (
    BACK,
    DAY,
    HELD,
    HOUR,
    LedgerWindow,
    due,
    first_of,
    most_of,
    narrower,
    whole,
    wider,
)
from storage.money.earnings import ReadDay

NOW = 20_000 * DAY + 5 * HOUR
TODAY = 20_000


def read(**ages: int) -> dict[int, ReadDay]:
    """Days by how long before today they are (d0, d1, …), read so many minutes ago."""
    return {TODAY - int(name[1:]): ReadDay(NOW - age * 60_000, 0) for name, age in ages.items()}


CASES = {
    "nothing was read": ({}, LedgerWindow(TODAY - 9, TODAY), [(TODAY - 6, TODAY), (TODAY - 9, TODAY - 7)]),
    "the present is fresh": (read(d0=4, d1=4), LedgerWindow(TODAY - 1, TODAY), []),
    "the present is old": (read(d0=5, d1=5), LedgerWindow(TODAY - 1, TODAY), [(TODAY - 1, TODAY)]),
    "late rows of these days": (
        read(d2=59, d3=60),
        LedgerWindow(TODAY - 3, TODAY - 2),
        [(TODAY - 3,) * 2],
    ),
    "late rows of a month": (
        read(d34=1439, d33=1440),
        LedgerWindow(TODAY - 34, TODAY - 33),
        [(TODAY - 33,) * 2],
    ),
    "the past is settled": (read(d35=10**7), LedgerWindow(TODAY - 35, TODAY - 35), []),
    "a hole": (read(d40=9, d42=9), LedgerWindow(TODAY - 42, TODAY - 40), [(TODAY - 41,) * 2]),
    "the future": ({}, LedgerWindow(TODAY + 1, TODAY + 2), []),
}


def windows(wanted: list[int], widest: int = 7) -> list[LedgerWindow]:
    """In which pieces these days are read, if each can be read whole."""
    found = []
    while wanted:
        found.append(first_of(wanted, widest))
        wanted = wanted[len(found[-1].days()) :]
    return found


@pytest.mark.parametrize("case", CASES)
def test_what_is_due(case: str) -> None:
    reads, of, wanted = CASES[case]

    assert [(one.first, one.last) for one in windows(due(reads, NOW, of))] == wanted


@given(st.sets(st.integers(TODAY - BACK, TODAY)))
def test_every_day_that_was_never_read_is_due_once(known: set[int]) -> None:
    reads = {day: ReadDay(NOW, 0) for day in known}

    found = [day for one in windows(due(reads, NOW, whole(NOW))) for day in one.days()]

    assert len(found) == len(set(found))
    assert sorted(found) == sorted(set(range(TODAY - BACK, TODAY + 1)) - known)


def test_a_window_is_whole_days() -> None:
    window = LedgerWindow(10, 26)

    assert (window.since, window.until) == (10 * DAY, 27 * DAY)
    assert [one.first for one in window.singly()] == window.days()


@pytest.mark.parametrize(
    ("days", "rows", "then"),
    [
        *((7, 0, 14), (7, 50, 14), (7, 51, 7), (56, 50, 92), (92, 0, 92), (92, 51, 7)),
        *((1, 0, 2), (1, 100, 2), (1, 1000, 1), (2, 200, 4), (4, 400, 5), (7, 600, 5)),
    ],
)
def test_where_hardly_anything_is_more_days_are_read_at_once(days: int, rows: int, then: int) -> None:
    assert wider(days, rows) == then


@pytest.mark.parametrize(("days", "then"), [(92, 7), (8, 7), (7, 1), (2, 1)])
def test_what_held_too_much_is_read_in_fewer_days_and_one_day_whole(days: int, then: int) -> None:
    assert narrower(days) == then
    assert most_of(LedgerWindow(0, then - 1)) == (None if then == 1 else HELD)


@given(st.integers(1, 92), st.integers(51, 100_000))
def test_days_like_those_before_are_not_too_much_to_be_held(days: int, rows: int) -> None:
    then = wider(days, rows)

    assert then == 1 or then * rows <= HELD * days
