"""Days as people write them: what they mean, in any zone, and what is refused."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.money.periods.date_words import days_between, span_words
from bot.features.money.periods.days import Days, day_of, midnight
from bot.features.money.periods.range_rules import (
    MOST,
    NAMED,
    DayRangeNotUnderstood,
    is_fixed,
    offered,
    read_range,
)
from bot.features.money.periods.range_texts import EXAMPLES
from bot.model.language import LANGUAGES, speaking, tr

BERLIN = ZoneInfo("Europe/Berlin")
# Among them half hours, three quarters, a half hour's clock change, and nights without a midnight.
ZONES = [
    *("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu"),
    *("Australia/Lord_Howe", "Asia/Beirut", "Pacific/Chatham"),
]
NOW = int(datetime(2026, 11, 26, 21, tzinfo=BERLIN).timestamp() * 1000)  # a Thursday
LAST = date(2026, 11, 26)
FLOOR = LAST - timedelta(days=MOST - 1)
DAYS = st.dates(FLOOR, LAST)
MOMENTS = st.integers(0, 1056 * 86_400).map(
    lambda seconds: datetime.fromtimestamp(1_704_067_200 + seconds, tz=UTC)
)

MEANS = {
    "today": "26 Nov 2026",
    "Yesterday": "25 Nov 2026",
    "This Week": "23–26 Nov 2026",
    "last week": "16–22 Nov 2026",
    "this month": "1–26 Nov 2026",
    "month": "1–26 Nov 2026",
    "the last month": "1–31 Oct 2026",
    "last year": "1 Jan – 31 Dec 2025",
    "this year": "1 Jan – 26 Nov 2026",
    "7": "20–26 Nov 2026",
    "last 90 days": "29 Aug – 26 Nov 2026",
    "3 weeks": "6–26 Nov 2026",
    "last 9 months": "27 Feb – 26 Nov 2026",
    "1–15 Nov": "1–15 Nov 2026",
    "1 - 15 November": "1–15 Nov 2026",
    "Nov 1-15": "1–15 Nov 2026",
    "Nov 1-15, 2025": "1–15 Nov 2025",
    "1.-15. Nov": "1–15 Nov 2026",
    "1.11.–15.11.": "1–15 Nov 2026",
    "01.11.2025 - 15.11.2025": "1–15 Nov 2025",
    "3 Nov": "3 Nov 2026",
    "the 3rd of November": "3 Nov 2026",
    "3 Dec": "3 Dec 2025",  # this year's lies ahead
    "29 Feb": "29 Feb 2024",
    "2025-11-01..2025-11-15": "1–15 Nov 2025",
    "2025-11-01-2025-11-15": "1–15 Nov 2025",
    "October": "1–31 Oct 2026",
    "Dec": "1–31 Dec 2025",
    "Feb 2024": "1–29 Feb 2024",
    "2025-11": "1–30 Nov 2025",
    "Aug to Oct": "1 Aug – 31 Oct 2026",
    "Nov - Feb": "1–26 Nov 2026",  # the latest that has begun
    "25 Dec - 5 Jan": "25 Dec 2025 – 5 Jan 2026",
    "25 Dec - 5 Jan 2025": "25 Dec 2024 – 5 Jan 2025",
    "25 Dec 2024 until 5 Jan": "25 Dec 2024 – 5 Jan 2025",
    "2025": "1 Jan – 31 Dec 2025",
}

GERMAN = {
    "heute": "26 Nov 2026",
    "Gestern": "25 Nov 2026",
    "diese Woche": "23–26 Nov 2026",
    "Woche": "23–26 Nov 2026",
    "letzte Woche": "16–22 Nov 2026",
    "die vergangene Woche": "16–22 Nov 2026",
    "letzten Monat": "1–31 Oct 2026",
    "letztes Jahr": "1 Jan – 31 Dec 2025",
    "die letzten 7 Tage": "20–26 Nov 2026",
    "3 Wochen": "6–26 Nov 2026",
    "letzte 9 Monate": "27 Feb – 26 Nov 2026",
    "Mai": "1–31 May 2026",
    "im Oktober": "1–31 Oct 2026",
    "März": "1–31 Mar 2026",
    "Maerz 2025": "1–31 Mar 2025",
    "3. Dezember": "3 Dec 2025",
    "1.–15. November": "1–15 Nov 2026",
    "1. bis 15. Nov.": "1–15 Nov 2026",
    "vom 25. Dezember 2024 bis 5. Januar 2025": "25 Dec 2024 – 5 Jan 2025",
    "August bis Oktober": "1 Aug – 31 Oct 2026",
}
SPANISH = {
    "hoy": "26 Nov 2026",
    "AYER": "25 Nov 2026",
    "esta semana": "23–26 Nov 2026",
    "la semana pasada": "16–22 Nov 2026",
    "mes": "1–26 Nov 2026",
    "el mes pasado": "1–31 Oct 2026",
    "el año pasado": "1 Jan – 31 Dec 2025",
    "ano pasado": "1 Jan – 31 Dec 2025",
    "los últimos 7 días": "20–26 Nov 2026",
    "ultimas 3 semanas": "6–26 Nov 2026",
    "últimos 9 meses": "27 Feb – 26 Nov 2026",
    "mayo": "1–31 May 2026",
    "en octubre": "1–31 Oct 2026",
    "enero de 2025": "1–31 Jan 2025",
    "mar": "1–31 Mar 2026",
    "3 de diciembre": "3 Dec 2025",
    "del 1 al 15 de noviembre": "1–15 Nov 2026",
    "1–15 nov": "1–15 Nov 2026",
    "25 dic hasta 5 ene": "25 Dec 2025 – 5 Jan 2026",
    "de agosto a octubre": "1 Aug – 31 Oct 2026",
}


@pytest.mark.parametrize("typed", MEANS)
def test_what_is_written_means_these_days(typed: str) -> None:
    days = read_range(typed, NOW, BERLIN).days

    assert span_words(days.first, days.last) == MEANS[typed]


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "meant"), [*GERMAN.items(), *SPANISH.items(), ("last week", "16–22 Nov 2026")]
)
def test_german_and_spanish_are_understood_whatever_is_spoken(typed: str, meant: str, spoken: str) -> None:
    with speaking(spoken):
        days = read_range(typed, NOW, BERLIN).days

    assert span_words(days.first, days.last) == meant


@pytest.mark.parametrize(
    ("typed", "fixed"),
    [
        *(("letzte Woche", True), ("ayer", True), ("los últimos 30 días", True), ("letzte 7 Tage", True)),
        *(("7 Tage", False), ("últimos 8 días", False), ("letzte 2 Wochen", False), ("mayo", False)),
        *(("1. bis 15. November", False), ("last 7 days", True), ("7", True), ("last 8 days", False)),
    ],
)
def test_the_fixed_spans_are_the_same_in_every_language(typed: str, *, fixed: bool) -> None:
    assert is_fixed(typed) == fixed


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_example_that_is_offered_can_be_read(spoken: str) -> None:
    with speaking(spoken):
        examples = re.findall("[“„«](.+?)[”“»]", tr(EXAMPLES))

    assert len(examples) == 7
    for typed in examples:
        read_range(typed, NOW, BERLIN)


REFUSED = {
    "01/02": "“01/02” has two meanings. Write “1 Feb” or “2 Jan”.",
    "05/06/2026": "“05/06/2026” has two meanings. Write “5 Jun” or “6 May”.",
    "15/11": "“15/11” has two meanings. Write “15 Nov”.",
    "31/31": "“31/31” has two meanings. Write “3 Nov”.",
    "1-15": "Which month? Write for example “1–15 Nov”.",
    "1 Dec 2026": "1 Dec 2026 is in the future; today is 26 Nov 2026 (Europe/Berlin).",
    "2027": "1 Jan 2027 is in the future; today is 26 Nov 2026 (Europe/Berlin).",
    "2020": "1 Jan – 31 Dec 2020 is too long ago. Figures go back to 27 Nov 2023.",
    "31 Feb": "There is no day “31 Feb” in the calendar.",
    "29 Feb 2025": "There is no day “29 Feb 2025” in the calendar.",
    "5 Nov 2026 - 3 Nov 2026": "3 Nov 2026 is before 5 Nov 2026. Write the earlier day first.",
}


@pytest.mark.parametrize("typed", REFUSED)
def test_what_cannot_be_told_is_refused_with_the_way_out(typed: str) -> None:
    with pytest.raises(DayRangeNotUnderstood) as refused:
        read_range(typed, NOW, BERLIN)

    assert str(refused.value) == REFUSED[typed]


@pytest.mark.parametrize(
    "typed",
    [
        *("", "hello", "0 days", "99999 days", "2025-13", "15-1 Nov", "0000", "x" * 99, "nov" * 30),
        *("\u0660" * 4, "Dec 0000", "Nov 0000 - Dec 0000", "1 Dec 0000"),
        *("martes", "Montag", "morgen", "mañana", "nächste Woche", "la próxima semana", "la última semana"),
        *("15. bis 1. November", "1 al 15", "vor 3 Tagen", "hace 3 días", "letzte 0 Tage", "die letzten"),
    ],
)
def test_what_means_no_days_is_answered_with_examples(typed: str) -> None:
    with pytest.raises(
        DayRangeNotUnderstood, match=r"We can't read those days. Write for example “today”, .* Europe/Berlin"
    ):
        read_range(typed, NOW, BERLIN)


def test_what_lies_ahead_or_too_far_back_is_left_out_and_said() -> None:
    ahead, old = read_range("1–30 Nov", NOW, BERLIN), read_range("2023", NOW, BERLIN)

    assert (span_words(ahead.days.first, ahead.days.last), ahead.running) == ("1–26 Nov 2026", True)
    assert ahead.notes == ("Up to today: days after 26 Nov 2026 are in the future.",)
    assert (old.days.first, old.running) == (FLOOR, False)
    assert old.notes == ("From 27 Nov 2023 on: figures go back three years.",)


@given(DAYS, DAYS, st.sampled_from(list(LANGUAGES)))
def test_what_is_written_of_days_is_read_as_these_days(one: date, other: date, spoken: str) -> None:
    first, last = sorted((one, other))

    with speaking(spoken):
        shown = span_words(first, last)
    found = read_range(shown, NOW, BERLIN)

    assert found.days == Days(BERLIN, first, last)
    assert read_range(f"{first}..{last}", NOW, BERLIN) == found


@given(st.text(max_size=70))
def test_nothing_that_is_typed_is_more_than_refused(typed: str) -> None:
    try:
        days = read_range(typed, NOW, BERLIN).days
    except DayRangeNotUnderstood:
        return
    assert FLOOR <= days.first <= days.last <= LAST


@given(
    st.sampled_from(ZONES),
    MOMENTS,
    st.sampled_from(list(NAMED)),
)
def test_a_name_means_days_of_the_zone_that_end_with_its_today_or_before(
    name: str, at: datetime, named: str
) -> None:
    zone, now = ZoneInfo(name), int(at.timestamp() * 1000)

    found = read_range(named, now, zone)

    today = day_of(now, zone)
    assert found.days.first <= found.days.last <= today
    assert found.running == (found.days.since <= now < found.days.until)


@pytest.mark.parametrize("name", ZONES)
def test_days_tile_the_calendar_over_both_clock_changes(name: str) -> None:
    zone = ZoneInfo(name)
    days = [Days(zone, FLOOR + timedelta(days=n), FLOOR + timedelta(days=n)) for n in range(MOST)]

    assert all(one.until == following.since for one, following in pairwise(days))
    lengths = {(one.until - one.since) / 3_600_000 for one in days}
    assert lengths <= {23.0, 23.5, 24.0, 24.5, 25.0}
    changes = name not in {"Asia/Kolkata", "Asia/Kathmandu"}
    assert (len(lengths) == 3) == changes


@given(st.sampled_from(ZONES), DAYS, st.integers(0, 86_399_999))
def test_every_moment_lies_in_the_one_day_that_holds_it(name: str, day: date, after: int) -> None:
    zone = ZoneInfo(name)
    at = midnight(day, zone) + after

    held = day_of(at, zone)

    assert midnight(held, zone) <= at < midnight(held + timedelta(days=1), zone)


@given(st.sampled_from(ZONES), MOMENTS)
def test_weeks_and_months_follow_each_other_without_a_gap(name: str, at: datetime) -> None:
    zone, now = ZoneInfo(name), int(at.timestamp() * 1000)
    pairs = [("last week", "this week"), ("last month", "this month"), ("yesterday", "today")]

    for before, after in pairs:
        assert read_range(before, now, zone).days.until == read_range(after, now, zone).days.since
    assert read_range("this week", now, zone).days.first.weekday() == 0


def test_while_somebody_types_names_are_offered_and_what_it_means() -> None:
    assert offered("", NOW, BERLIN)[:3] == [
        ("Today · 26 Nov 2026 · 1 day", "today"),
        ("Yesterday · 25 Nov 2026 · 1 day", "yesterday"),
        ("This week · 23–26 Nov 2026 · 4 days", "this week"),
    ]
    assert offered("1-15 nov", NOW, BERLIN) == [("1–15 Nov 2026 · 15 days", "1–15 Nov 2026")]
    assert [value for _words, value in offered("mon", NOW, BERLIN)] == ["this month", "last month"]
    assert offered("01/02", NOW, BERLIN) == [(REFUSED["01/02"], "01/02")]
    assert all(len(words) <= 100 for words, _value in offered("nothing that anybody can read", NOW, BERLIN))


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("letz", ["last week", "last month", "last year"]),
        ("semana", ["this week", "last week"]),
        ("gest", ["yesterday"]),
        ("Letzte Woche", ["last week"]),
        ("del 1 al 15 de nov", ["1–15 Nov 2026"]),
    ],
)
def test_names_are_offered_by_what_they_are_called_in_any_language(typed: str, values: list[str]) -> None:
    assert [value for _words, value in offered(typed, NOW, BERLIN)] == values


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_what_is_offered_is_understood_when_it_is_chosen_or_typed_as_shown(spoken: str) -> None:
    with speaking(spoken):
        for words, value in [*offered("", NOW, BERLIN), *offered("1-15 nov", NOW, BERLIN)]:
            days = read_range(value, NOW, BERLIN).days
            assert [read_range(said, NOW, BERLIN).days for said in words.split(" · ")[:-1]] == [days] * (
                words.count(" · ")
            )


@given(st.sampled_from([*LANGUAGES]), st.integers(0, 900), st.sampled_from([0, 3, 40]))
def test_days_can_be_typed_as_they_are_shown_in_each_language(spoken: str, ago: int, more: int) -> None:
    last = date(2026, 11, 26) - timedelta(days=ago)
    first = last - timedelta(days=more)

    with speaking(spoken):
        for shown in (span_words(first, last), days_between(first, last)):
            read = read_range(shown, NOW, BERLIN).days
            assert (read.first, read.last) == (first, last)
