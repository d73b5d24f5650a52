"""Whoever waits on a Discord wakes with its changes, and besides where asked to."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.sandbox.discord.world import DiscordWorld

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def world() -> DiscordWorld:
    return DiscordWorld(lambda: NOON, 1, 1.0)


async def test_what_changes_elsewhere_is_seen_where_it_is_looked_for_often(world: DiscordWorld) -> None:
    elsewhere: list[str] = []
    waiting = asyncio.create_task(world.until(lambda: elsewhere, often=0.01))
    asyncio.get_running_loop().call_later(0.02, elsewhere.append, "a row")

    assert await waiting == ["a row"]


async def test_without_that_only_a_change_here_is_looked_at(world: DiscordWorld) -> None:
    looks: list[str] = []

    def second_look() -> bool:
        looks.append("a look")
        return len(looks) == 2

    waiting = asyncio.create_task(world.until(second_look))
    early, _ = await asyncio.wait([waiting], timeout=0.05)
    before = len(looks)
    world.changed()

    assert await waiting is True
    assert (early, before, len(looks)) == (set(), 1, 2)


async def test_what_never_comes_is_a_timeout(world: DiscordWorld) -> None:
    with pytest.raises(TimeoutError):
        await world.until(lambda: False, 0.05, often=0.01)
