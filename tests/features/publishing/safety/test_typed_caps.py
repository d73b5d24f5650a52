"""The cap and the hours of a live conversation as they are typed."""

import pytest

from bot.features.publishing.safety.cap_rules import read
from storage.publishing.mass_caps import MassCap

BEFORE = MassCap()


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("2 in 7 days", (2, 7)),
        ("2 per 7d", (2, 7)),
        ("3/30", (3, 30)),
        ("1 in 1 day", (1, 1)),
        ("2 in 7 Tagen", (2, 7)),
        ("2 pro 7 Tage", (2, 7)),
        ("2 en 7 días", (2, 7)),
        ("2 cada 7 DIAS", (2, 7)),
        ("off", (None, BEFORE.days)),
        ("2 in 7 Wochen", None),
        ("2 en 7 semanas", None),
        ("0 in 7 days", None),
        ("2 in 31 Tagen", None),
        ("zwei in 7 Tagen", None),
    ],
)
def test_a_cap_is_read_in_three_languages(typed: str, means: tuple[int | None, int] | None) -> None:
    if means is None:
        with pytest.raises(ValueError, match=r"Write a cap as “2 in 7 days”"):
            read({"cap": typed})
        return
    after = read({"cap": typed})(BEFORE)

    assert (after.most, after.days) == means


@pytest.mark.parametrize(
    ("typed", "hours"),
    [("2", 2), ("3 hours", 3), ("3h", 3), ("4 Stunden", 4), ("5 horas", 5), ("2 Tage", None), ("73", None)],
)
def test_hours_likewise(typed: str, hours: int | None) -> None:
    if hours is None:
        with pytest.raises(ValueError, match=r"Write a number of hours up to 72"):
            read({"live": typed})
        return

    assert read({"live": typed})(BEFORE).live_hours == hours
