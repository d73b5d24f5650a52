"""Whoever does what when: fans are read only by whom their creator's owner let in."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.engine.retry import RetryWaits
from bot.sandbox.discord.world import DiscordWorld as Discord
from storage.engine.connect import open_database
from tests.audit_log_fixtures import begun
from tests.database_place import database_in
from tests.journeys.placing.placing_scenario import APPLICATION, PlacingScenario, orders, stem_of
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import RelayScenario

AT_ONCE = 40
WAYS = [
    pytest.param(("mila", "luna"), ("set up", "deleted", "repaired"), 560, id="two, with all that happens"),
    pytest.param(("mila", "luna", "zoe"), ("set up",), 120, id="three, linked and set up"),
]


@pytest.mark.parametrize(("names", "steps", "number"), WAYS)
async def test_in_every_order_each_fan_is_shown_where_the_owner_said_and_to_whom(
    tmp_path: Path, names: Sequence[str], steps: Sequence[str], number: int
) -> None:
    every = orders(names, steps)
    database = await open_database(database_in(tmp_path), now=0)
    discord = Discord(lambda: datetime(2026, 11, 29, tzinfo=UTC), 7, 1.0)
    discord.add_application(APPLICATION, "token", "secret")
    try:
        await begun(database)
        world = RelayScenario(database, RetryWaits(), SettableClock())
        played = 0
        for start in range(0, len(every), AT_ONCE):
            batch = range(start, min(start + AT_ONCE, len(every)))
            await asyncio.gather(*(play(world, discord, which, every[which], names) for which in batch))
            played += len(batch)
    finally:
        await database.close()

    assert (played, len(every)) == (number, number)


async def play(
    world: RelayScenario, discord: Discord, which: int, order: Sequence[tuple[str, str]], names: Sequence[str]
) -> None:
    stage = PlacingScenario(world, discord, which, by_owner=which % 2 == 0)
    stage.furnish(names)
    for at, (name, step) in enumerate(order):
        await stage.play(name, step)
        assert await stage.wrong() == [], order[: at + 1]

    assert await stage.homes() == {name: stem_of(name) for name in names}, order
