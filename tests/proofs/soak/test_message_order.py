"""The soak notices what stands in another order than it was written."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.sandbox import patience
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.fanvue.people import StandInFan
from storage.engine.connect import sqlite_path
from tests.proofs.soak.creator_setup import open_house
from tests.proofs.soak.message_order import WrittenMessage, inversions, passed
from tests.proofs.soak.soak_scenario import SoakScenario, built
from tests.warm_bridge import WarmProgram

pytestmark = pytest.mark.soak
_PATIENCE = patience.SECONDS
_TEXTS = ("the first", "the second", "the third")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[SoakScenario]:
    """A fan has written three times, each time after the last was shown as a post of its own."""
    more = {"BURST_SECONDS": "0"}
    async with built(tmp_path, speed=10, seed=4, houses=1, fans=1, more=more, program=WarmProgram) as town:
        await town.bridge.start()
        await open_house(town, town.houses[0])
        for text in _TEXTS:
            await _fan(town).write(text)
            await town.discord.world.until(partial(_standing, town, text), _PATIENCE)
        yield town


def _fan(town: SoakScenario) -> StandInFan:
    return town.houses[0].fans[0]


def _thread(town: SoakScenario) -> StandInChannel | None:
    return town.thread_of(town.houses[0], _fan(town))


def _standing(town: SoakScenario, text: str) -> int | None:
    thread = _thread(town)
    there = town.discord.world.messages.get(thread.id, {}) if thread else {}
    return next((message.id for message in there.values() if text in message.text), None)


async def test_lines_that_have_changed_their_places_are_noticed(town: SoakScenario) -> None:
    assert inversions(town) == []

    first, third = _standing(town, "the first"), _standing(town, "the third")
    thread = _thread(town)
    assert first
    assert third
    assert thread
    there = town.discord.world.messages[thread.id]
    there[first].id, there[third].id = third, first

    assert inversions(town) == [
        "“the second” stands above what was told before it was written",
        "“the third” stands above what was told before it was written",
    ]


async def test_what_was_done_in_another_order_than_it_was_to_be_done_is_noticed(town: SoakScenario) -> None:
    await town.bridge.stop()
    with closing(sqlite3.connect(sqlite_path(town.database))) as connection, connection:
        connection.execute("UPDATE outbox SET seq = -seq WHERE kind = 'post'")

    stream = f"dc:{town.houses[0].creator.uuid}:{_fan(town).uuid}"
    assert inversions(town) == [f"a post of {stream} stands above what was to come before it"] * 2


def test_what_was_told_late_may_stand_below() -> None:
    late = (WrittenMessage("early", at=1, told=9, stands=1), WrittenMessage("late", at=2, told=5, stands=0))
    known = (WrittenMessage("early", at=1, told=2, stands=1), WrittenMessage("late", at=3, told=5, stands=0))

    assert list(passed(late)) == []
    assert list(passed(known)) == ["“late” stands above what was told before it was written"]


async def test_of_two_with_the_same_words_one_line_does_not_tell_which_it_is(town: SoakScenario) -> None:
    await _fan(town).write("the first")
    thread = _thread(town)
    assert thread
    there = town.discord.world.messages[thread.id]

    def again() -> list[int]:
        return [one.id for one in there.values() if "the first" in one.text]

    await town.discord.world.until(lambda: len(again()) > 1, _PATIENCE)
    del there[max(again())]  # as where it stands there as unclear

    assert inversions(town) == []
