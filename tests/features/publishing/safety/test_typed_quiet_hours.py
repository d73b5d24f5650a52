"""Quiet hours as they are typed, and when they end."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.features.publishing.safety.quiet_hours_rules import over_at, read, spoken
from storage.publishing.quiet_hours import QuietHours

BERLIN, UTC = ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")
NIGHT, NOON = QuietHours(23 * 60, 8 * 60), QuietHours(12 * 60, 14 * 60)


def at(moment: str) -> int:
    """Milliseconds of a moment with its offset."""
    return int(datetime.fromisoformat(moment).timestamp() * 1000)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("23:00-08:00", "23:00 to 08:00"),
        (" 23:00 \u2013 8:00 ", "23:00 to 08:00"),
        ("23-8", "23:00 to 08:00"),
        ("22:30 to 07:15", "22:30 to 07:15"),
        ("22:30 bis 7.15 Uhr", "22:30 to 07:15"),
        ("23 a 8 h", "23:00 to 08:00"),
        ("22:30 hasta las 7:15", "22:30 to 07:15"),
        ("23:00 y 08:00", None),
        ("0:00-24:00", None),
        ("12:00-12:00", None),
        ("25:00-08:00", None),
        ("23:60-08:00", None),
        ("at night", None),
        ("", None),
    ],
)
def test_what_is_typed_means_two_times_or_says_how_to_write_them(typed: str, means: str | None) -> None:
    if means is None:
        with pytest.raises(ValueError, match=r"Write quiet hours as “23:00-08:00”"):
            read(typed)
        return
    hours = read(typed)

    assert hours is not None
    assert spoken(hours) == means


def test_off_ends_them() -> None:
    assert read(" OFF ") is None


@pytest.mark.parametrize(
    ("hours", "zone", "moment", "over"),
    [
        (NIGHT, UTC, "2026-11-26T22:59:59+00:00", None),
        (NIGHT, UTC, "2026-11-26T23:00:00+00:00", "2026-11-27T08:00:00+00:00"),
        (NIGHT, UTC, "2026-11-27T00:00:00+00:00", "2026-11-27T08:00:00+00:00"),
        (NIGHT, UTC, "2026-11-27T07:59:59+00:00", "2026-11-27T08:00:00+00:00"),
        (NIGHT, UTC, "2026-11-27T08:00:00+00:00", None),
        (NOON, UTC, "2026-11-26T13:00:00+00:00", "2026-11-26T14:00:00+00:00"),
        (NOON, UTC, "2026-11-26T23:00:00+00:00", None),
        (NIGHT, BERLIN, "2026-11-26T22:30:00+00:00", "2026-11-27T07:00:00+00:00"),
        (NIGHT, BERLIN, "2026-11-26T07:30:00+00:00", None),
        # the night in which clocks go forward, and the one in which they go back
        (NIGHT, BERLIN, "2026-03-28T23:30:00+01:00", "2026-03-29T08:00:00+02:00"),
        (NIGHT, BERLIN, "2026-10-24T23:30:00+02:00", "2026-10-25T08:00:00+01:00"),
        (QuietHours(60, 150), BERLIN, "2026-10-25T02:10:00+02:00", "2026-10-25T02:30:00+02:00"),
        (QuietHours(60, 150), BERLIN, "2026-10-25T02:10:00+01:00", "2026-10-25T02:30:00+01:00"),
        (None, UTC, "2026-11-27T03:00:00+00:00", None),
    ],
)
def test_a_moment_in_them_has_their_end(
    hours: QuietHours | None, zone: ZoneInfo, moment: str, over: str | None
) -> None:
    assert over_at(hours, at(moment), zone) == (None if over is None else at(over))
