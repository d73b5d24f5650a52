"""A process that was down past its time: what is over an hour late is asked about."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.engine.retry import RetryWaits
from storage.engine.connect import open_database
from tests.database_place import database_in
from tests.features.inbox.scheduled.scheduled_scenario import ScheduledScenario
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import CREATOR, EMMA

MINUTE = 60_000


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[ScheduledScenario]:
    database = await open_database(database_in(tmp_path), now=0)
    made = ScheduledScenario(database, RetryWaits(), SettableClock())
    try:
        await made.link()
        await made.set_up()
        await made.start()
        await made.greeted()
        await made.pass_time(made.waits.unread + 1)  # it counts as read
        yield made
        await made.crash()
    finally:
        await database.close()


@pytest.mark.parametrize(("late", "sent"), [(59 * MINUTE, ["see you"]), (61 * MINUTE, [])])
async def test_a_process_that_was_down_past_its_time(
    house: ScheduledScenario, late: int, sent: list[str]
) -> None:
    begun = house.clock.at
    await house.schedules("see you", "in 2 hours")
    await house.turn()
    await house.crash()
    house.clock.at = begun + 2 * 60 * MINUTE + late
    await house.restart()
    await house.turn()

    assert [one.text for one in house.fanvue.chat(CREATOR, EMMA.id)] == ["hello", *sent]
    assert any("over an hour late" in line for line in await house.whole_lines()) is not bool(sent)
