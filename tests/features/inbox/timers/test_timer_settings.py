"""What is typed under /inbox timers, and what comes of it."""

from zoneinfo import ZoneInfo

import pytest

from bot.access.permits import Actor, Permit
from bot.access.policy import Action
from bot.text.quiet_hours import minutes_of, quiet_for
from storage.engine import audit_log
from storage.inbox import timers
from storage.inbox.timers import TimerSettings
from storage.records import CreatorId
from tests.features.inbox.timers.timers_scenario import MINUTE, TimersScenario
from tests.relay.relay_scenario import CREATOR, GUILD, MAYA

PERMIT = Permit(Actor(MAYA, GUILD), Action.TIMERS, CREATOR, None, None)
TOKYO = ZoneInfo("Asia/Tokyo")
TEN_PM = (13 * 60) * MINUTE  # in Tokyo, on the first day that clocks know


async def said(
    watch: TimersScenario,
    first: int | None = None,
    second: int | None = None,
    quiet_from: str | None = None,
    quiet_to: str | None = None,
) -> str:
    return await watch.timers.setting.set(
        PERMIT, first=first, second=second, quiet_from=quiet_from, quiet_to=quiet_to
    )


async def held(watch: TimersScenario) -> TimerSettings | None:
    return await watch.database.read(lambda tx: timers.get(tx, CREATOR))


async def test_what_is_typed_holds_and_what_is_not_stays(watch: TimersScenario) -> None:
    none = await said(watch)
    first = await said(watch, 10, 5)
    quiet = await said(watch, quiet_from="22:00", quiet_to="8")
    shown = await said(watch)

    assert none.startswith("Nobody is pinged")
    assert "has waited 10 minutes, we ping the person who is answering" in first
    assert "After 5 minutes more we ping the team, and after 5 minutes more its leads" in first
    assert "From 22:00 to 08:00 (UTC) nobody is pinged." in quiet
    assert shown == quiet
    assert await held(watch) == TimerSettings(CREATOR, 10, 5, 22 * 60, 8 * 60)


async def test_zero_takes_the_timers_and_the_escalation_away(watch: TimersScenario) -> None:
    await said(watch, 10, 5)
    alone = await said(watch, second=0)
    off = await said(watch, 0)

    assert "Nobody else is pinged" in alone
    assert off.startswith("Nobody is pinged")
    assert await held(watch) is None
    lines = await watch.database.read(lambda tx: audit_log.recent(tx, CREATOR, 9))
    assert [line.action for line in lines if line.action == "inbox.timers"] == ["inbox.timers"] * 3


async def test_the_same_hour_twice_is_no_quiet_hour(watch: TimersScenario) -> None:
    await said(watch, 10, quiet_from="22:00", quiet_to="8:00")

    await said(watch, quiet_from="8:00")

    assert await held(watch) == TimerSettings(CREATOR, 10)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"second": 5}, "Set `first:` as well"),
        ({"first": 5, "quiet_from": "22:00"}, "Quiet hours need both ends"),
        ({"first": 5, "quiet_from": "late", "quiet_to": "8:00"}, "“late” is not a time of day"),
        ({"first": 5, "quiet_from": "22:00", "quiet_to": "24:00"}, "“24:00” is not a time of day"),
    ],
)
async def test_what_cannot_be_meant_is_refused_and_changes_nothing(
    watch: TimersScenario, typed: dict[str, object], refusal: str
) -> None:
    told = await said(watch, **typed)  # type: ignore[arg-type]

    assert told.replace("\\", "").startswith(refusal)
    assert await held(watch) is None


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("22:00", 1320), (" 7 ", 420), ("0:05", 5), ("7:60", None), ("24", None), ("", None), ("7pm", None)],
)
def test_a_time_of_day(typed: str, minutes: int | None) -> None:
    assert minutes_of(typed) == minutes


@pytest.mark.parametrize(
    ("begin", "end", "later", "rest"),
    [
        (22 * 60, 8 * 60, 0, 10 * 60),  # over midnight
        (22 * 60, 8 * 60, 9 * 60, 60),
        (22 * 60, 8 * 60, 10 * 60, 0),
        (22 * 60, 23 * 60, 59, 1),
        (21 * 60, 22 * 60, 0, 0),
        (None, None, 0, 0),
    ],
)
def test_how_long_it_is_quiet_by_the_creators_clocks(
    begin: int | None, end: int | None, later: int, rest: int
) -> None:
    held = TimerSettings(CreatorId("c"), 1, None, begin, end)

    assert quiet_for(held, TEN_PM + later * MINUTE, TOKYO) == rest * MINUTE
