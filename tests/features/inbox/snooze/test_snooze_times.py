"""Until when: what is typed, what is offered, and that every offer can be read."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.features.inbox.snooze.snooze_times import offered
from bot.text.deferral_times import read_until
from bot.text.typed_times import NotATime

BERLIN = ZoneInfo("Europe/Berlin")
NOW = int(datetime(2026, 11, 26, 12, 0, tzinfo=UTC).timestamp()) * 1000  # Thursday, 13:00 in Berlin
MINUTE = 60_000


def local(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, tz=BERLIN).strftime("%a %d %H:%M")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("in 1 h", "Thu 26 14:00"),
        ("1h", "Thu 26 14:00"),
        ("an hour", "Thu 26 14:00"),
        ("90 min", "Thu 26 14:30"),
        ("Tonight", "Thu 26 20:00"),
        ("tonight 23:00", "Thu 26 23:00"),
        ("tomorrow", "Fri 27 09:00"),
        ("tomorrow 9:00", "Fri 27 09:00"),
        (" next  week ", "Mon 30 09:00"),
        ("18:00", "Thu 26 18:00"),
        ("30 Nov 8am", "Mon 30 08:00"),
        ("eine Stunde", "Thu 26 14:00"),
        ("2 Stunden", "Thu 26 15:00"),
        ("Heute Abend", "Thu 26 20:00"),
        ("morgen", "Fri 27 09:00"),
        ("morgen früh", "Fri 27 09:00"),
        ("nächste Woche", "Mon 30 09:00"),
        ("una hora", "Thu 26 14:00"),
        ("media hora", "Thu 26 13:30"),
        ("30 min", "Thu 26 13:30"),
        ("esta noche", "Thu 26 20:00"),
        ("Mañana", "Fri 27 09:00"),
        ("mañana por la mañana", "Fri 27 09:00"),
        ("la próxima semana", "Mon 30 09:00"),
    ],
)
def test_a_time_as_a_person_writes_it(typed: str, meant: str) -> None:
    assert local(read_until(typed, NOW, BERLIN)) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "now", "9:00", "1 nonsense", "yesterday", "in 400 days", "25:00", "1,5 Stunden", "gestern", "ayer"],
)
def test_what_means_no_moment_ahead_is_refused(typed: str) -> None:
    with pytest.raises(NotATime):
        read_until(typed, NOW, BERLIN)


@pytest.mark.parametrize("hours", range(24))
def test_whatever_is_offered_can_be_chosen_at_any_hour(hours: int) -> None:
    now = NOW + hours * 60 * MINUTE

    assert all(read_until(value, now, BERLIN) > now for _, value in offered(now, BERLIN))


def test_tonight_is_offered_before_the_evening_only() -> None:
    late = NOW + 8 * 60 * MINUTE

    assert any("tonight" in value for _, value in offered(NOW, BERLIN))
    assert not any("tonight" in value for _, value in offered(late, BERLIN))
