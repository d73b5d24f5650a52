"""A message to many changes every chat's head, and says nothing of the chats."""

from pathlib import Path

import pytest

from bot.model.events import Person
from storage.operations import gaps
from storage.operations.gaps import SILENT, EventGap
from storage.records import FanId
from tests.relay.relay_scenario import CREATOR, EMMA, NOAH
from tests.relay.sweep_scenario import MINUTE, SweepScenario, sweeping


def crowd(world: SweepScenario, number: int) -> list[Person]:
    """So many fans of whom the bridge knows nothing, each with an old chat."""
    made = [Person(FanId(f"fan-{which}"), f"fan{which}", f"Fan {which}") for which in range(number)]
    world.lists.people |= {fan.id: fan for fan in made}
    now, world.clock.at = world.clock.at, world.clock.at - 30 * 24 * 60 * MINUTE
    for fan in made:
        world.fanvue.write(CREATOR, fan.id, "long ago")
    world.clock.at = now
    return made


def broadcast(world: SweepScenario) -> None:
    """The creator writes to everybody."""
    world.clock.at += MINUTE
    world.lists.broadcast_at = world.clock.at
    world.clock.at += MINUTE


async def test_chats_without_anything_unread_are_not_read_because_of_a_message_to_many(
    tmp_path: Path,
) -> None:
    async with sweeping(tmp_path) as world:
        crowd(world, 120)
        await world.sweep()
        broadcast(world)
        for _ in range(3):
            await world.sweep()
        world.clock.at += world.waits.full_sweep
        await world.sweep()

        assert world.fanvue.faults.calls["messages"] == 0


async def test_what_no_webhook_told_is_found_under_a_message_to_many_where_it_is_unread(
    tmp_path: Path,
) -> None:
    async with sweeping(tmp_path) as world:
        await world.sweep()
        world.fanvue.write(CREATOR, EMMA.id, "just before it")
        world.lists.unread[EMMA.id] = 1
        broadcast(world)
        await world.sweep()
        read = world.fanvue.faults.calls["messages"]
        await world.sweep()

        assert await world.lines() == ["just before it"]
        assert world.fanvue.faults.calls["messages"] == read


async def test_what_was_read_on_fanvue_before_it_is_found_with_the_next_message(tmp_path: Path) -> None:
    async with sweeping(tmp_path) as world:
        await world.sweep()
        world.fanvue.write(CREATOR, EMMA.id, "just before it")
        broadcast(world)
        await world.sweep()
        read = world.fanvue.faults.calls["messages"]
        world.fanvue.write(CREATOR, EMMA.id, "after it")
        await world.sweep()

        assert read == 0
        assert await world.lines() == ["just before it", "after it"]


async def test_and_by_the_nightly_sweep_where_the_chat_was_in_use_in_the_last_week(tmp_path: Path) -> None:
    async with sweeping(tmp_path) as world:
        await world.happen(world.wrote("an hour before"))
        await world.sweep()
        world.clock.at += 1000
        world.fanvue.write(CREATOR, EMMA.id, "just before it")
        broadcast(world)
        await world.sweep()
        hidden = await world.lines()
        world.clock.at += world.waits.full_sweep
        await world.happen(world.wrote("here, too", NOAH))  # or a line tells of silence
        await world.sweep()

        assert hidden == ["an hour before"]
        assert await world.lines() == ["an hour before", "just before it"]


@pytest.mark.parametrize("over", [True, False], ids=["a silence that is over", "a silence"])
async def test_after_a_time_without_live_events_every_chat_under_it_is_read(
    tmp_path: Path, *, over: bool
) -> None:
    async with sweeping(tmp_path) as world:
        await world.sweep()
        world.clock.at += 1000
        began = world.clock.at
        world.fanvue.write(CREATOR, NOAH.id, "while nobody listened")
        broadcast(world)
        gap = EventGap("gap", CREATOR, SILENT, began, world.clock.at if over else None)
        await world.database.write(lambda tx: gaps.add(tx, gap))
        await world.sweep()

        assert await world.lines(NOAH) == ["while nobody listened"]


async def test_where_fanvue_does_not_say_how_much_is_unread_every_chat_under_it_is_read(
    tmp_path: Path,
) -> None:
    async with sweeping(tmp_path) as world:
        await world.sweep()
        world.fanvue.write(CREATOR, EMMA.id, "just before it")
        world.lists.unread[EMMA.id] = None
        broadcast(world)
        await world.sweep()

        assert await world.lines() == ["just before it"]
