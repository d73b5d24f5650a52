"""What the machine has found, each as the shortest evening that shows it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.engine.retry import RetryWaits
from bot.model.errors import DeliveryRefused
from storage.database import Transaction
from storage.engine import outbox
from storage.operations import attention
from storage.records import EffectState
from tests.relay.fault_switchboard import LateCall, LostAnswer
from tests.relay.relay_scenario import RelayScenario, running


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[RelayScenario]:
    """Linked and set up, with one thread."""
    async with running(tmp_path) as ready:
        await ready.greeted()
        yield ready


async def post_again(tx: Transaction, world: RelayScenario) -> int:
    """A person has every line posted again that was refused; says how many."""
    rows = await tx.all("SELECT * FROM outbox WHERE state = 'rejected'")
    for effect in map(outbox.effect_of, rows):
        await attention.again(tx, effect.id, now=world.clock.now())
        world.driver.wake(tx, effect.stream)
    return len(rows)


@pytest.mark.parametrize("first", [LostAnswer(), LateCall(45_000)], ids=["lost", "late"])
async def test_a_line_refused_after_an_attempt_of_unknown_fate_is_looked_for_first(
    world: RelayScenario, first: LostAnswer | LateCall
) -> None:
    world.discord.faults.add("post", first, *(DeliveryRefused("Blocked here.") for _ in range(8)))

    await world.happen(world.wrote("and?"))
    await world.pass_time(10 * RetryWaits().nonce)
    again = await world.database.write(lambda tx: post_again(tx, world))
    await world.pass_time(RetryWaits().nonce)

    assert again == 0
    assert await world.lines() == ["hello", "and?"]


async def test_a_line_that_was_surely_refused_waits_for_a_person(world: RelayScenario) -> None:
    world.discord.faults.add("post", DeliveryRefused("Blocked here."))

    await world.happen(world.wrote("and?"))
    before = await world.lines()
    again = await world.database.write(lambda tx: post_again(tx, world))
    await world.pass_time(RetryWaits().nonce)

    assert (before, again) == (["hello"], 1)
    assert await world.lines() == ["hello", "and?"]
    assert ("post", EffectState.REJECTED) in world.watched
