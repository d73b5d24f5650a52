"""Which hours of the week are best: on average, in the zone's own time."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.features.money.charts.model import described
from bot.features.money.periods.bands import BANDED, EXACT
from bot.features.money.periods.days import Days
from bot.features.money.reports.hour_rules import SHOWN, best, drawn
from storage.money.earning_answers import HourOfWeek
from tests.features.money.periods.periods_scenario import PeriodsScenario

TEN_DAYS = Days(
    ZoneInfo("Europe/Berlin"), date(2026, 11, 16), date(2026, 11, 25)
)  # Mon to Wed of the next week


def test_an_hour_counts_as_it_was_on_average_because_weekdays_are_not_equally_many() -> None:
    twice, once = HourOfWeek(0, 20, "", 1000, 4), HourOfWeek(4, 21, "USD", 900, 1)

    found = best([twice, once], TEN_DAYS, EXACT)

    assert found is not None
    code, slots = found
    assert code == "USD"
    assert [(slot.name, slot.average, slot.weeks) for slot in slots] == [
        ("Fri 21:00 to 22:00", 900, 1),
        ("Mon 20:00 to 21:00", 500, 2),
    ]


def test_hours_in_the_same_range_are_in_the_order_of_the_week() -> None:
    hours = [HourOfWeek(4, 23, "", 24_000, 1), HourOfWeek(3, 9, "", 11_000, 1)]

    exact, ranges = best(hours, TEN_DAYS, EXACT), best(hours, TEN_DAYS, BANDED)

    assert exact is not None
    assert ranges is not None
    assert [slot.weekday for slot in exact[1]] == [4, 3]
    assert [slot.weekday for slot in ranges[1]] == [3, 4]
    assert described(drawn("Best hours", ranges[1], "USD", TEN_DAYS, BANDED)).count("$100 to $250") == 2


def test_where_nothing_came_in_no_hour_is_best() -> None:
    assert best([], TEN_DAYS, EXACT) is None
    assert best([HourOfWeek(0, 1, "", -500, 1)], TEN_DAYS, EXACT) is None
    assert (
        len((best([HourOfWeek(0, n, "", 5, 1) for n in range(24)], TEN_DAYS, EXACT) or ("", ()))[1]) == SHOWN
    )


async def test_the_best_hours_are_those_of_the_creators_clock(bureau: PeriodsScenario) -> None:
    await bureau.live_in("Asia/Kolkata")  # half an hour beside everybody else
    for when, cents in (("2026-11-20 21:45", 5000), ("2026-11-13 21:15", 3000), ("2026-11-18 09:00", 900)):
        bureau.at(when, "Asia/Kolkata")
        await bureau.fan.tip(cents)
    bureau.at("2026-11-26 21:00", "Asia/Kolkata")

    answer = await bureau.ask("money earnings", period="1-26 nov", show="hours")

    assert "Best hours of @luna, 1–26 Nov 2026" in answer.text
    assert (
        "On average of 3 or 4 weeks, and from how many transactions:\n"
        "1. Fri 21:00 to 22:00: **$26.66** (2)\n"
        "2. Wed 09:00 to 10:00: **$2.25** (1)"
    ) in answer.text
    assert "1–26 Nov 2026 (Asia/Kolkata)." in answer.text
    assert answer.message is not None
    (picture,) = answer.message.attachments
    assert "Fri 21:00 to 22:00 $26.66; Wed 09:00 to 10:00 $2.25." in (picture.description or "")


async def test_with_nothing_to_tell_it_says_so(bureau: PeriodsScenario) -> None:
    answer = await bureau.ask("money earnings", show="hours")

    assert "No earnings in this time, so no hour is better than another." in answer.text
    assert answer.message is not None
    assert answer.message.attachments == []
