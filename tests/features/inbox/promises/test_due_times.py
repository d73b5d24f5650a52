"""By when: what is typed, what is offered, and that every offer can be read."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.features.inbox.promises.due_times import offered, read_due
from bot.text.typed_times import NotATime

BERLIN = ZoneInfo("Europe/Berlin")
NOW = int(datetime(2026, 11, 26, 12, 0, tzinfo=UTC).timestamp()) * 1000  # Thursday, 13:00 in Berlin
HOUR = 3_600_000


def local(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, tz=BERLIN).strftime("%a %d %H:%M")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("friday", "Fri 27 20:00"),
        ("Fri 9:30", "Fri 27 09:30"),
        ("today", "Thu 26 20:00"),
        ("tomorrow", "Fri 27 09:00"),
        ("30 Nov", "Mon 30 20:00"),
        ("2h", "Thu 26 15:00"),
        ("next week", "Mon 30 09:00"),
        ("Freitag", "Fri 27 20:00"),
        ("Freitag Abend", "Fri 27 20:00"),
        ("am 30. November", "Mon 30 20:00"),
        ("nächste Woche", "Mon 30 09:00"),
        ("el viernes", "Fri 27 20:00"),
        ("hoy", "Thu 26 20:00"),
        ("30 de noviembre", "Mon 30 20:00"),
    ],
)
def test_a_date_as_a_person_writes_it_and_a_day_alone_is_its_evening(typed: str, meant: str) -> None:
    assert local(read_due(typed, NOW, BERLIN)) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "now",
        "9:00",
        "today 9:00",
        "soon",
        "yesterday",
        "in 400 days",
        "fri 25:00",
        "1 Nov",
        "freitag früh",
    ],
)
def test_what_means_no_moment_ahead_is_refused(typed: str) -> None:
    with pytest.raises(NotATime):
        read_due(typed, NOW, BERLIN)


@pytest.mark.parametrize("hours", range(24))
def test_whatever_is_offered_can_be_chosen_at_any_hour(hours: int) -> None:
    now = NOW + hours * HOUR

    assert all(read_due(value, now, BERLIN) > now for _, value in offered(now, BERLIN))
