"""A time as people write it is one moment ahead, or a sentence about it."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.language import LANGUAGES, speaking, tr
from bot.text.moments import spelled, stamp, words_of
from bot.text.typed_times import EXAMPLES, FURTHEST, NotATime, read_time, still_ahead

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo"]
MINUTE, DAY = 60_000, 86_400_000


def at(when: str, zone: ZoneInfo = BERLIN) -> int:
    return int(datetime.fromisoformat(when).replace(tzinfo=zone).timestamp() * 1000)


NOW = at("2026-11-25T10:00:20")  # a Wednesday


@pytest.mark.parametrize("typed", [None, "", "  ", "now", " Now ", "jetzt", "Sofort", "ahora", "ahora mismo"])
def test_nothing_and_now_mean_now(typed: str | None) -> None:
    assert read_time(typed, NOW, BERLIN) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18:00", "2026-11-25T18:00"),
        ("today 18:00", "2026-11-25T18:00"),
        ("Today at 6 p.m.", "2026-11-25T18:00"),
        ("tonight 9pm", "2026-11-25T21:00"),
        ("6:30pm", "2026-11-25T18:30"),
        ("noon", "2026-11-25T12:00"),
        ("12:15 pm", "2026-11-25T12:15"),
        ("tomorrow 12am", "2026-11-26T00:00"),
        ("tomorrow 6pm", "2026-11-26T18:00"),
        ("6pm tomorrow", "2026-11-26T18:00"),
        ("tomorrow, 18:00", "2026-11-26T18:00"),
        ("fri 20:30", "2026-11-27T20:30"),
        ("on Friday at 8:30 pm", "2026-11-27T20:30"),
        ("wed 18:00", "2026-11-25T18:00"),
        ("wed 08:00", "2026-12-02T08:00"),
        ("26 Nov 18:00", "2026-11-26T18:00"),
        ("Nov 26th 6pm", "2026-11-26T18:00"),
        ("26 november 2026 18:00", "2026-11-26T18:00"),
        ("Thu 26 Nov 18:00", "2026-11-26T18:00"),
        ("18:00 on the 26th of Nov", "2026-11-26T18:00"),
        ("26.11. 18:00", "2026-11-26T18:00"),
        ("26.11.2026 18:00", "2026-11-26T18:00"),
        ("2026-11-26 18:00", "2026-11-26T18:00"),
        ("2026-11-26T18:00", "2026-11-26T18:00"),
        ("2 Jan 09:05", "2027-01-02T09:05"),
        ("in 2 hours", "2026-11-25T12:01"),
        ("in an hour", "2026-11-25T11:01"),
        ("in 1 hour and 30 minutes", "2026-11-25T11:31"),
        ("in 1h30m", "2026-11-25T11:31"),
        ("in 90 min", "2026-11-25T11:31"),
        ("in 2 days", "2026-11-27T10:01"),
        ("in 1 week", "2026-12-02T10:01"),
        ("<t:1795712400:F>", "2026-11-26T18:00"),
    ],
)
def test_what_people_write_is_understood_in_their_zone(typed: str, meant: str) -> None:
    assert read_time(typed, NOW, BERLIN) == at(meant)


GERMAN = {
    "morgen 18 Uhr": "2026-11-26T18:00",
    "morgen um 18:00": "2026-11-26T18:00",
    "Morgen früh um 9": "2026-11-26T09:00",
    "morgen Mittag": "2026-11-26T12:00",
    "übermorgen 9 Uhr": "2026-11-27T09:00",
    "Uebermorgen 9:00": "2026-11-27T09:00",
    "heute 18 Uhr 30": "2026-11-25T18:30",
    "heute Abend um 8": "2026-11-25T20:00",
    "heute abend 20:00": "2026-11-25T20:00",
    "9 Uhr abends": "2026-11-25T21:00",
    "18.30 Uhr": "2026-11-25T18:30",
    "um 18.30": "2026-11-25T18:30",
    "Montag 9:00": "2026-11-30T09:00",
    "am Montag um 9": "2026-11-30T09:00",
    "Montag morgen 9 Uhr": "2026-11-30T09:00",
    "18 Uhr am Montag": "2026-11-30T18:00",
    "18:00 am Montag": "2026-11-30T18:00",
    "12 Uhr am Montag": "2026-11-30T12:00",
    "12:00 am Montag": "2026-11-30T12:00",
    "Do 18:00": "2026-11-26T18:00",
    "Sonnabend 18:00": "2026-11-28T18:00",
    "Do., 26. Nov. 18:00": "2026-11-26T18:00",
    "am 26.11. um 18 Uhr": "2026-11-26T18:00",
    "26. November 2026 um 18 Uhr": "2026-11-26T18:00",
    "3. März 9 Uhr": "2027-03-03T09:00",
    "2. Mrz 9 Uhr": "2027-03-02T09:00",
    "in 2 Stunden": "2026-11-25T12:01",
    "in einer Stunde": "2026-11-25T11:01",
    "in einer halben Stunde": "2026-11-25T10:31",
    "in 1 Std. 30 Min.": "2026-11-25T11:31",
    "in 1 Stunde und 30 Minuten": "2026-11-25T11:31",
    "in 2 Tagen": "2026-11-27T10:01",
    "in 1 Woche": "2026-12-02T10:01",
}
SPANISH = {
    "mañana 18:00": "2026-11-26T18:00",
    "MANANA 18:00": "2026-11-26T18:00",
    "man\u0303ana a las 18": "2026-11-26T18:00",  # the tilde by itself
    "mañana 18:00 h": "2026-11-26T18:00",
    "mañana a las 6 p. m.": "2026-11-26T18:00",
    "mañana a las 9 de la mañana": "2026-11-26T09:00",
    "mañana por la mañana a las 9": "2026-11-26T09:00",
    "mañana por la tarde a las 5": "2026-11-26T17:00",
    "mañana al mediodía": "2026-11-26T12:00",
    "pasado mañana 18:00": "2026-11-27T18:00",
    "hoy 18:00": "2026-11-25T18:00",
    "hoy a las 9 de la noche": "2026-11-25T21:00",
    "esta noche a las 9": "2026-11-25T21:00",
    "esta tarde 18:00": "2026-11-25T18:00",
    "el lunes a las 9": "2026-11-30T09:00",
    "el lunes a las 9 de la noche": "2026-11-30T21:00",
    "sáb 20:30": "2026-11-28T20:30",
    "Miercoles 18:00": "2026-11-25T18:00",
    "mar 18:00": "2026-12-01T18:00",  # no day of a month, so a Tuesday
    "mar 1 dic 18:00": "2026-12-01T18:00",
    "mar 3 18:00": "2027-03-03T18:00",  # as in English
    "el 26 de noviembre a las 18:00": "2026-11-26T18:00",
    "jueves, 26 de noviembre de 2026, a las 18.30 h": "2026-11-26T18:30",
    "2 ene 9:05": "2027-01-02T09:05",
    "en 2 horas": "2026-11-25T12:01",
    "dentro de 2 horas": "2026-11-25T12:01",
    "en una hora": "2026-11-25T11:01",
    "en media hora": "2026-11-25T10:31",
    "en 1 hora y 30 minutos": "2026-11-25T11:31",
    "en 2 días": "2026-11-27T10:01",
    "en 1 semana": "2026-12-02T10:01",
}


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "meant"), [*GERMAN.items(), *SPANISH.items(), ("Fri 8pm", "2026-11-27T20:00")]
)
def test_german_and_spanish_are_understood_whatever_is_spoken(typed: str, meant: str, spoken: str) -> None:
    with speaking(spoken):
        assert read_time(typed, NOW, BERLIN) == at(meant)


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_example_that_is_offered_can_be_read(spoken: str) -> None:
    with speaking(spoken):
        examples = re.findall("[“„«](.+?)[”“»]", tr(EXAMPLES))

    assert len(examples) == 7
    for typed in examples:
        read_time(typed, NOW, BERLIN)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("09:00", "09:00 has passed today (Europe/Berlin). For the next one write “tomorrow 09:00”."),
        ("today 9am", "Wed 25 Nov 09:00 (Europe/Berlin) has passed. Choose a time in the future."),
        ("24 Nov 18:00", "Tue 24 Nov 18:00 (Europe/Berlin) has passed. Choose a time in the future."),
        (
            "2025-11-26 18:00",
            "Wed 26 Nov 2025 18:00 (Europe/Berlin) has passed. Choose a time in the future.",
        ),
        ("1 Jul 18:00", "Wed 1 Jul 18:00 (Europe/Berlin) has passed. Choose a time in the future."),
        ("2027-11-26 18:00", "Fri 26 Nov 2027 is more than 180 days ahead, the most we allow."),
        ("9999-12-31 23:59", "Fri 31 Dec 9999 is more than 180 days ahead, the most we allow."),
        ("0001-01-01 00:00", "Mon 1 Jan 1 00:00 (Europe/Berlin) has passed. Choose a time in the future."),
        ("in 9999 weeks", "That is more than 180 days ahead, the most we allow."),
        ("<t:999999999999>", "That is more than 180 days ahead, the most we allow."),
        ("<t:1:R>", "That has passed. Choose a time in the future."),
        ("tomorrow", "At what time? Write for example “tomorrow 18:00”. Times are Europe/Berlin."),
        ("26 Nov", "At what time? Write for example “26 nov 18:00”. Times are Europe/Berlin."),
        ("25:00", "“25:00” isn't a time. Times go from 00:00 to 23:59."),
        ("24:00", "“24:00” isn't a time. Times go from 00:00 to 23:59."),
        ("13pm", "“13pm” isn't a time. Times go from 00:00 to 23:59."),
        ("31 Nov 18:00", "There is no day “31 nov” in the calendar."),
        ("Fri 26 Nov 2026 18:00", "26 Nov 2026 is a Thursday, not a Friday."),
        ("Freitag, 26. November 2026, 18 Uhr", "26 Nov 2026 is a Thursday, not a Friday."),
        ("el lunes 26 de noviembre a las 18:00", "26 Nov 2026 is a Thursday, not a Monday."),
        ("31. November 18 Uhr", "There is no day “31. november” in the calendar."),
        ("mañana", "At what time? Write for example “mañana 18:00”. Times are Europe/Berlin."),
        ("morgen früh", "At what time? Write for example “morgen 18:00”. Times are Europe/Berlin."),
        (
            "a las 9 de la mañana",  # the morning of today
            "09:00 has passed today (Europe/Berlin). For the next one write “tomorrow 09:00”.",
        ),
        ("heute morgen um 9", "Wed 25 Nov 09:00 (Europe/Berlin) has passed. Choose a time in the future."),
        ("morgen 25 Uhr", "“25:00” isn't a time. Times go from 00:00 to 23:59."),
        ("in 400 Tagen", "That is more than 180 days ahead, the most we allow."),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_reason(typed: str, told: str) -> None:
    with pytest.raises(NotATime) as refused:
        read_time(typed, NOW, BERLIN)

    assert str(refused.value) == told


@pytest.mark.parametrize(
    "typed",
    [
        *("soon", "18", "26/11 18:00", "18:00 UTC", "18:00Z", "18:00+01:00", "18:00:30", "18:00 19:00"),
        *("next fri 18:00", "in hours", "in 2 months", "ma 3 18:00", "x" * 500, "t" * 61),
        *("nächsten Freitag 18:00", "el próximo viernes 18:00", "el viernes que viene a las 18"),
        *("um halb 9", "morgen viertel nach 8", "a las 9 y media", "mañana a las 9 menos cuarto"),
        *("18.30", "mañana 18h", "26.11", "um 18:00:30", "die 18:00", "ya", "noche", "abends"),
        *("heute Nacht 2:00", "12 de la noche", "Mitternacht", "medianoche", "morgen früh 18:00"),
        *("morgen Mittag um 1", "gestern 18:00", "ayer 18:00", "in 2 Monaten", "en 2 meses", "in zwei"),
        *("morgen abend 9am", "mañana por la tarde a las 10"),
    ],
)
def test_what_cannot_be_read_is_answered_with_examples(typed: str) -> None:
    with pytest.raises(NotATime) as refused:
        read_time(typed, NOW, BERLIN)

    told = f"We can't read that time. Write for example {EXAMPLES}. Times are Europe/Berlin."
    assert str(refused.value) == told


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(NotATime) as refused:
        read_time("29 Mar 02:30", at("2026-03-20T12:00"), BERLIN)

    assert str(refused.value) == (
        "Sun 29 Mar 02:30 does not exist in Europe/Berlin: the clocks jump forward over it. "
        "Choose an earlier or a later time."
    )


def test_a_time_that_comes_twice_is_refused() -> None:
    with pytest.raises(NotATime) as refused:
        read_time("25 Oct 02:30", at("2026-10-20T12:00"), BERLIN)

    assert str(refused.value) == (
        "Sun 25 Oct 02:30 comes twice in Europe/Berlin: the clocks go back. Choose an earlier "
        "or a later time, or write “in 3 hours”."
    )


@pytest.mark.parametrize(
    ("typed", "now"),
    [
        ("29 Mar 03:00", "2026-03-20T12:00"),
        ("29 Mar 01:59", "2026-03-20T12:00"),
        ("25 Oct 01:59", "2026-10-20T12:00"),
        ("25 Oct 03:00", "2026-10-20T12:00"),
    ],
)
def test_the_minutes_beside_a_clock_change_are_taken(typed: str, now: str) -> None:
    moment = read_time(typed, at(now), BERLIN)

    assert moment is not None
    assert spelled(moment, at(now), BERLIN).endswith(f"{typed} (Europe/Berlin)")


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-11-25T18:00:20", "Wed 25 Nov 18:00 (Europe/Berlin), in 8 hours"),
        ("2026-11-25T18:00", "Wed 25 Nov 18:00 (Europe/Berlin), in 7 hours 59 minutes"),
        ("2026-11-25T10:01", "Wed 25 Nov 10:01 (Europe/Berlin), in less than a minute"),
        ("2026-11-25T10:02", "Wed 25 Nov 10:02 (Europe/Berlin), in 1 minute"),
        ("2026-11-28T11:00:20", "Sat 28 Nov 11:00 (Europe/Berlin), in 3 days 1 hour"),
        ("2027-01-02T10:00:20", "Sat 2 Jan 2027 10:00 (Europe/Berlin), in 38 days"),
        ("2026-11-25T10:00:20", "Wed 25 Nov 10:00 (Europe/Berlin)"),
    ],
)
def test_a_moment_is_shown_back_with_zone_and_distance(moment: str, told: str) -> None:
    assert words_of(at(moment), NOW, BERLIN) == told


def test_discord_shows_it_in_each_readers_own_zone() -> None:
    assert stamp(at("2026-11-26T18:00")) == "<t:1795712400:F>"


def test_a_moment_that_comes_while_waiting_can_no_longer_be_kept() -> None:
    assert [still_ahead(moment, NOW) for moment in (None, NOW + 1, NOW, NOW - 1)] == [
        True,
        True,
        False,
        False,
    ]


@given(
    st.sampled_from(ZONES).map(ZoneInfo),
    st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds are naive
    st.integers(1, (FURTHEST - 1) * 24 * 60),  # the last day ends when the zone's own day does
    st.sampled_from(list(LANGUAGES)),
)
def test_what_is_shown_back_means_the_same_when_it_is_typed(
    zone: ZoneInfo, today: datetime, minutes: int, spoken: str
) -> None:
    now = int(today.timestamp()) * 1000
    moment = (now // MINUTE + minutes) * MINUTE
    with speaking(spoken):
        typed = spelled(moment, now, zone).rpartition(" (")[0]

    try:
        assert read_time(typed, now, zone) == moment
    except NotATime as refused:
        assert "comes twice" in str(refused)  # noqa: PT017 - either end is right


@given(
    st.text(max_size=80)
    | st.from_regex(r"[a-z0-9:. ]{1,12}")
    | st.lists(st.sampled_from(" ".join([*GERMAN, *SPANISH]).split()), max_size=6).map(" ".join),
    st.sampled_from(ZONES).map(ZoneInfo),
)
def test_whatever_is_typed_is_a_moment_ahead_or_a_sentence(typed: str, zone: ZoneInfo) -> None:
    try:
        moment = read_time(typed, NOW, zone)
    except NotATime as refused:
        told = str(refused)
    else:
        told = "."
        assert moment is None or NOW < moment <= NOW + FURTHEST * DAY

    assert told.endswith((".", "”."))
