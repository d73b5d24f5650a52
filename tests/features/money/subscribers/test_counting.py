"""Numbers of a creator's days, and times in which nothing was heard."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.features.money.periods.days import Days
from bot.features.money.periods.subscription_moves import SubscriptionNumbers
from bot.features.money.subscribers.counting_rules import by_rows, counted
from bot.features.money.subscribers.silence_rules import SHORTEST, SubscriptionSilence, silences
from storage.money.subscription_changes import BEGAN, ENDED, OFF, ON, RENEWED, SubscriptionEvent
from storage.operations.gaps import OFFLINE, SILENT, EventGap
from storage.records import CreatorId, Pseudonym

ZONES = st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"])
HOUR = 3_600_000
FIRST = date(2026, 10, 20)  # clocks change in Berlin on the 25th


@given(
    ZONES,
    st.integers(1, 31),
    st.lists(st.tuples(st.sampled_from([BEGAN, RENEWED, ENDED, OFF, ON]), st.integers(-50, 900))),
)
def test_rows_add_up_to_the_whole_and_cover_every_day_once(
    zone: str, length: int, happened: list[tuple[str, int]]
) -> None:
    days = Days(ZoneInfo(zone), FIRST, FIRST + timedelta(days=length - 1))
    changes = [
        SubscriptionEvent(Pseudonym(str(number)), change, days.since + hours * HOUR)
        for number, (change, hours) in enumerate(happened)
    ]

    rows = by_rows(changes, days)
    whole = counted(changes, days).numbers

    assert [day for part, _ in rows for day in part.each()] == days.each()
    assert len(rows) <= 10
    for name in vars(SubscriptionNumbers()):
        assert sum(getattr(one, name) for _, one in rows) == getattr(whole, name)
    assert sum(vars(whole).values()) == sum(days.since <= one.at < days.until for one in changes)


def test_reasons_and_links_are_those_of_the_days() -> None:
    days = Days(ZoneInfo("UTC"), FIRST, FIRST)
    inside = [
        SubscriptionEvent(Pseudonym("a"), BEGAN, days.since, link="l/1"),
        SubscriptionEvent(Pseudonym("b"), BEGAN, days.since + 1),
        SubscriptionEvent(Pseudonym("c"), ENDED, days.until - 1, reason="not_renewed"),
    ]
    outside = [
        SubscriptionEvent(Pseudonym("d"), BEGAN, days.until, link="l/1"),
        SubscriptionEvent(Pseudonym("e"), ENDED, days.since - 1),
    ]

    found = counted([*inside, *outside], days)

    assert found.links == {"l/1": 1}
    assert found.reasons == {"not_renewed": 1}


def gap(began: int, ended: int | None, kind: str = OFFLINE) -> EventGap:
    return EventGap(
        str(began), CreatorId("lola"), kind, began * HOUR, None if ended is None else ended * HOUR
    )


def test_silences_that_overlap_are_one_the_longest_first_and_short_ones_are_none() -> None:
    gaps = [gap(1, 2), gap(10, 13), gap(12, 16, SILENT), gap(30, 40), gap(4, 5)]
    moment = EventGap("m", CreatorId("lola"), OFFLINE, 6 * HOUR, 6 * HOUR + SHORTEST - 1)

    found = silences([*gaps, moment], since=2 * HOUR, until=30 * HOUR, now=50 * HOUR)

    assert found == [SubscriptionSilence(10 * HOUR, 16 * HOUR), SubscriptionSilence(4 * HOUR, 5 * HOUR)]


def test_one_that_goes_on_has_no_end() -> None:
    found = silences([gap(1, None), gap(3, 4)], since=0, until=9 * HOUR, now=9 * HOUR)

    assert found == [SubscriptionSilence(HOUR, None)]
