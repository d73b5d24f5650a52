"""What cannot be planned is answered beside its field, and nothing typed is lost."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from bot.web.team.plan_fields import PlanTyped, read
from tests.features.people.team_page.planning_scenario import MASS, POST, PlanningScenario

pytestmark = pytest.mark.asyncio(loop_scope="package")

ITEM: Final = {"item.00000000-0000-4000-8000-000000000000": "A set"}
DIGITS: Final = "9" * 5_000
CASES: Final = [
    (POST, "text", {}, "There is nothing in it yet"),
    (POST, "text", {"text": " \r\n\t "}, "There is nothing in it yet"),
    (POST, "text", {"text": "ä" * 5_001}, "That is 5,001 characters, and Fanvue takes 5,000"),
    (POST, "text", {"text": "🌸" * 9_000}, "That is 9,000 characters"),
    (POST, "when", {"text": "x", "when": "1 Dec 2020 18:00"}, "has passed"),
    (POST, "when", {"text": "x", "when": "in 400 days"}, "more than 180 days ahead"),
    (POST, "when", {"text": "x", "when": "soonish"}, "can't read that time"),
    (POST, "when", {"text": "x", "when": "25:00"}, "isn't a time"),
    (POST, "when", {"text": "x", "when": "30 Feb 18:00"}, "There is no day"),
    (POST, "when", {"text": "x", "when": DIGITS}, "can't read that time"),
    (POST, "when", {"text": "x", "when": f"in {DIGITS} hours"}, "can't read that time"),
    (POST, "price", {"text": "x", "price": DIGITS, **ITEM}, "is not a price"),
    (POST, "price", {"text": "x", "price": "five", **ITEM}, "is not a price"),
    (POST, "price", {"text": "x", "price": "1", **ITEM}, "below Fanvue's lowest price"),
    (POST, "price", {"text": "x", "price": "5"}, "A price needs media"),
    (
        POST,
        "items",
        {"text": "x", **{f"item.{n:08d}-0000-4000-8000-000000000000": "x" for n in range(21)}},
        "at most 20",
    ),
    (MASS, "to", {"text": "x"}, "at least one list"),
    (MASS, "to", {"text": "x", **{f"to.{n}": f"List {n}" for n in range(11)}}, "at most 10"),
    (MASS, "text", {"to.1": "Subscribers"}, "There is nothing in it yet"),
]


@pytest.mark.parametrize(("key", "field", "typed", "words"), CASES, ids=range(len(CASES)))
async def test_it_is_said_beside_the_field(
    planning: PlanningScenario, key: str, field: str, typed: dict[str, str], words: str
) -> None:
    async with planning.signed_in(planning.house.stage.owner) as browser:
        answer = await planning.plans(browser, key, **typed)
    said = re.search(rf'id="{field}-wrong">([^<]+)<', answer.text)

    assert answer.status == 422
    assert said is not None, answer.text
    assert words in said[1]
    assert f'{field}-wrong"' in answer.source.partition(f'id="{field}-wrong"')[0]  # the field names it
    assert typed.get("text", "").strip() in answer.text
    for name in ("when", "price"):
        assert f'value="{typed[name][:200]}' in answer.source if name in typed else True


async def test_an_hour_that_the_clocks_jump_over_is_no_time(planning: PlanningScenario) -> None:
    await planning.asks_for("settings zone", zone="Europe/Berlin")
    try:
        async with planning.signed_in(planning.house.stage.owner) as browser:
            answer = await planning.plans(browser, POST, text="x", when=_gap())
            form = await browser.get(planning.at(POST))
    finally:
        await planning.asks_for("settings zone", zone="UTC")

    assert re.search(
        "the clocks jump forward over it|more than 180 days ahead",
        answer.text.partition('id="when-wrong"')[2],
    )
    assert "Europe/Berlin" in form.text


def _gap() -> str:
    """The next hour in Berlin that is on no clock: in the last night of March from Saturday to Sunday."""
    today = datetime.now(UTC).date()
    ends = [date(year, 3, 31) for year in (today.year, today.year + 1)]
    days = [end - timedelta(days=end.isoweekday() % 7) for end in ends]
    return next(f"{day} 02:30" for day in days if day > today)


async def test_the_gap_and_the_double_hour_are_refused_at_any_time_of_the_year() -> None:
    zone = ZoneInfo("Europe/Berlin")
    march = int(datetime(2027, 3, 1, tzinfo=UTC).timestamp()) * 1000
    october = int(datetime(2027, 10, 1, tzinfo=UTC).timestamp()) * 1000

    gap = read(PlanTyped(text="x", when="28 Mar 02:30"), march, zone, lists=False)
    twice = read(PlanTyped(text="x", when="31 Oct 02:30"), october, zone, lists=False)
    fine = read(PlanTyped(text="x", when="28 Mar 03:30"), march, zone, lists=False)

    assert "does not exist" in gap.wrong["when"]
    assert "comes twice" in twice.wrong["when"]
    assert (fine.wrong, fine.at) == ({}, datetime(2027, 3, 28, 1, 30, tzinfo=UTC))
