"""The first look after a start: a tag whose trouble is over goes, others stay."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.engine.outbox import EffectRequest
from bot.engine.streams import fanvue_stream
from bot.features.inbox.fan_card.scheduling import KIND, FanCardScheduler
from bot.features.inbox.fan_card.tasks import FanCardTroubleTask
from bot.model.events import Person
from storage.database import Transaction
from storage.inbox import cards
from storage.inbox.cards import CardShown
from storage.operations import attention
from storage.records import EffectId, FanId
from tests.relay.relay_scenario import CREATOR, EMMA, FORUM, NOAH, RelayScenario, running

DAY = 86_400_000
LATER = 10**15  # nothing here is carried out
TAGS = '{"attention": 900, "waiting": 90, "answered": 901}'


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[RelayScenario]:
    """Emma and Noah have threads in a forum with tags."""
    async with running(tmp_path) as ready:
        await ready.greeted(EMMA)
        await ready.greeted(NOAH)
        await ready.database.write(
            lambda tx: tx.execute(
                "UPDATE forums SET tags = :tags WHERE forum_id = :forum", tags=TAGS, forum=FORUM
            )
        )
        yield ready


def started(world: RelayScenario) -> FanCardTroubleTask:
    """What looks, in a process that has just begun."""
    on = world.ground()
    return FanCardTroubleTask(
        database=on.database,
        wanting=FanCardScheduler(on, rests=DAY),
    )


async def tagged(world: RelayScenario, fan: Person, tags: str) -> None:
    thread = await world.thread(fan)
    await world.database.write(lambda tx: cards.keep(tx, CREATOR, fan.id, CardShown(thread, "digest", tags)))


async def troubled(world: RelayScenario, fan: Person) -> EffectId:
    """Something that was to reach this fan waits for a person."""

    async def work(tx: Transaction) -> EffectId:
        stream = fanvue_stream(CREATOR, fan.id)
        wanted = EffectRequest(
            "fanvue", "chat.send", stream, CREATOR, "command", fan.id, {}, fan.id, not_before=LATER
        )
        made = await world.effects.add(tx, wanted)
        assert made is not None
        await attention.ask(tx, made, "Was it sent?")
        return made

    return await world.database.write(work)


async def wanted(world: RelayScenario) -> list[FanId]:
    """Whose cards are to be shown."""
    rows = await world.database.read(
        lambda tx: tx.all("SELECT fan_uuid FROM outbox WHERE kind = :kind ORDER BY fan_uuid", kind=KIND)
    )
    return [FanId(row["fan_uuid"]) for row in rows]


@pytest.mark.parametrize("tags", ["900", "900 90", "90 900", "901 900 90"])
async def test_a_trouble_that_ended_while_nobody_looked_is_settled_by_the_first_look_once(
    world: RelayScenario, tags: str
) -> None:
    await tagged(world, EMMA, tags)
    await tagged(world, NOAH, "90 901")
    troubles = started(world)

    await troubles.look()
    await troubles.look()

    assert await wanted(world) == [EMMA.id]


async def test_a_trouble_whose_tag_is_there_costs_nothing_at_a_start_and_its_end_is_noticed(
    world: RelayScenario,
) -> None:
    await tagged(world, EMMA, "900 90")
    trouble, troubles = await troubled(world, EMMA), started(world)

    await troubles.look()
    before = await wanted(world)
    await world.database.write(
        lambda tx: tx.execute("UPDATE outbox SET attention = NULL WHERE id = :id", id=trouble)
    )
    await troubles.look()

    assert (before, await wanted(world)) == ([], [EMMA.id])


@pytest.mark.parametrize("tags", ["", "90", "!900 90"])
async def test_a_trouble_whose_tag_is_not_known_to_be_there_is_shown(world: RelayScenario, tags: str) -> None:
    await tagged(world, EMMA, tags)
    await troubled(world, EMMA)

    await started(world).look()

    assert await wanted(world) == [EMMA.id]
