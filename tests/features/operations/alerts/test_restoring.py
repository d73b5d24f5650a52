"""After a restore nothing is told again that shares a message with others."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from bot.model.events import Event, Person
from bot.relay.alerts import AlertChoice
from storage.records import FanId
from tests.features.inbox.claims.claims_scenario import NINA
from tests.features.operations.alerts.alerts_scenario import AlertsScenario, furnished, opened
from tests.relay.relay_scenario import EMMA
from tests.relay.restore_fixtures import accept, back_up, begun, put_back

MINUTE = 60_000
CARRIED = 13  # alerts of several fans by which a message is found again


class PatientAlertsScenario(AlertsScenario):
    """A bell whose messages take more in for as long as the setting allows."""

    window = 10 * MINUTE


@asynccontextmanager
async def patient(path: Path) -> AsyncIterator[PatientAlertsScenario]:
    async with furnished(path, PatientAlertsScenario) as bell:
        yield bell


def tips(bell: AlertsScenario, number: int, fan: Person | None = None) -> list[Event]:
    """So many tips, each by somebody else unless it is one fan."""
    fans = (fan or Person(FanId(f"fan-{n:05}"), f"fan{n}", f"Fan {n}") for n in range(number))
    return [bell.tip(100, one) for one in fans]


def heads(posts: list[str]) -> list[str]:
    """The first line of each."""
    return [post.splitlines()[0] for post in posts]


@pytest.mark.parametrize("number", [1, 3, 4, CARRIED])
async def test_what_came_after_the_backup_is_found_in_its_message(tmp_path: Path, number: int) -> None:
    async with begun(tmp_path, opened) as bell:
        await bell.chooses(NINA, "mine", AlertChoice("tip"))
        back_up(bell, tmp_path)
        events = tips(bell, number)
        await bell.comes(*events)
        await bell.pass_time(6_000)
        before = bell.posts(), bell.reads(NINA)

        await put_back(bell, tmp_path)
        await accept(bell)
        for event in (events[-1], *events[:-1]):  # the last one comes first, and all of them one by one
            await bell.comes(event)
            await bell.pass_time(20 * MINUTE)

        assert heads(before[0])[0].startswith(f"{number} tips" if number > 1 else "A tip")
        assert (bell.posts(), bell.reads(NINA)) == before
        assert set(await bell.ended()) == {"done"}


async def test_of_one_fan_twice_as_many_are_found(tmp_path: Path) -> None:
    async with begun(tmp_path, opened) as bell:
        back_up(bell, tmp_path)
        events = tips(bell, 2 * CARRIED - 1, EMMA)
        await bell.comes(*events)
        await bell.pass_time(6_000)
        before = bell.posts()

        await put_back(bell, tmp_path)
        await accept(bell)
        for event in reversed(events):
            await bell.comes(event)
            await bell.pass_time(20 * MINUTE)

        assert bell.posts() == before


async def test_what_a_button_has_no_room_for_joins_the_message_again_if_it_comes_with_the_others(
    tmp_path: Path,
) -> None:
    async with begun(tmp_path, opened) as bell:
        back_up(bell, tmp_path)
        events = tips(bell, CARRIED + 3)
        await bell.comes(*events)
        await bell.pass_time(6_000)
        before = bell.refs()

        await put_back(bell, tmp_path)
        await accept(bell)
        await bell.comes(*events)
        await bell.pass_time(20 * MINUTE)

        assert heads(bell.posts()) == [f"{CARRIED + 3} tips (${CARRIED + 3}.00)"]
        assert bell.refs() == before  # it is the same message


async def test_and_is_told_again_if_it_comes_before_them(tmp_path: Path) -> None:
    # What decision 69 gives up: it is better told twice than never.
    async with begun(tmp_path, opened) as bell:
        back_up(bell, tmp_path)
        events = tips(bell, CARRIED + 1)
        await bell.comes(*events)
        await bell.pass_time(6_000)

        await put_back(bell, tmp_path)
        await accept(bell)
        await bell.comes(*reversed(events))
        await bell.pass_time(20 * MINUTE)

        assert heads(bell.posts()) == [f"{CARRIED + 1} tips (${CARRIED + 1}.00)", "A tip"]


async def test_what_joined_minutes_later_is_found_in_the_older_message(tmp_path: Path) -> None:
    async with begun(tmp_path, patient) as bell:
        back_up(bell, tmp_path)
        first, last = tips(bell, 1), partial(tips, bell, 1, EMMA)
        await bell.comes(*first)
        await bell.pass_time(9 * MINUTE)
        late = last()
        await bell.comes(*late)
        await bell.pass_time(MINUTE)
        before = bell.posts()

        await put_back(bell, tmp_path)
        await accept(bell)
        await bell.comes(*late)
        await bell.comes(*first)
        await bell.pass_time(20 * MINUTE)

        assert heads(before) == ["2 tips ($2.00)"]
        assert bell.posts() == before
