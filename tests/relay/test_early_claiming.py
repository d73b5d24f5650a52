"""What begins in the commit that adds it, and what does not; a death after it."""

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from bot.engine.retry import RetryWaits
from storage.records import EffectState, Millis, Stream
from tests.relay.relay_scenario import RelayScenario, running

_LONG: Millis = 1_000_000


class AddedEffects:
    """A relay in which facts are decided, and no effect's turn comes as long as there is no room."""

    def __init__(self, world: RelayScenario) -> None:
        self.world = world
        self.full = False
        world.room = self._room

    def _room(self, _stream: Stream) -> AbstractContextManager[Millis | None]:
        return nullcontext(self.world.clock.now() + _LONG if self.full else None)

    async def states(self, kind: str) -> list[tuple[EffectState, int]]:
        """Of each effect of this kind that has not ended: its state, and how often it was begun."""
        found = await self.world.database.read(
            lambda tx: tx.all(
                "SELECT state, attempts FROM outbox WHERE kind = :kind AND settled_at IS NULL ORDER BY seq",
                kind=kind,
            )
        )
        return [(EffectState(row["state"]), row["attempts"]) for row in found]


@pytest.fixture
async def added(tmp_path: Path) -> AsyncIterator[AddedEffects]:
    async with running(tmp_path) as world:
        await world.greeted()
        added = AddedEffects(world)
        await world.restart()
        added.full = True
        yield added


async def test_a_line_that_nothing_stands_before_is_begun_by_who_decided_it(added: AddedEffects) -> None:
    await added.world.happen(added.world.wrote("and now?"))

    assert await added.states("post") == [(EffectState.SENDING, 1)]


async def test_a_line_behind_another_one_waits_for_its_turn(added: AddedEffects) -> None:
    await added.world.happen(added.world.wrote("one"))
    await added.world.happen(added.world.wrote("two"))

    assert await added.states("post") == [(EffectState.SENDING, 1), (EffectState.PENDING, 0)]


async def test_a_reply_to_a_fan_begins_only_when_it_is_sent(added: AddedEffects) -> None:
    await added.world.reply("now")
    await added.world.turn()

    assert await added.states("chat.send") == [(EffectState.PENDING, 0)]


async def test_what_was_begun_and_never_attempted_is_posted_once_by_the_next_process(
    added: AddedEffects,
) -> None:
    await added.world.happen(added.world.wrote("and now?"))

    added.full = False
    await added.world.restart()
    await added.world.pass_time(RetryWaits().settle[0])

    assert await added.world.lines() == ["hello", "and now?"]
    assert await added.states("post") == []


async def test_who_stops_in_peace_gives_back_what_was_not_attempted(added: AddedEffects) -> None:
    await added.world.happen(added.world.wrote("and now?"))

    await added.world.stop()

    assert await added.states("post") == [(EffectState.PENDING, 0)]
