"""Cards of many threads are wanted in portions, all of them, wherever it stops."""

from pathlib import Path

import pytest

from bot.features.inbox.message_replies.card_refresh import ThreadCardRefresh
from bot.model.events import Person
from storage.database import Transaction
from storage.errors import DatabaseUnreachable
from storage.records import CreatorId, FanId
from tests.relay.relay_scenario import CREATOR, RelayScenario, running

FANS = [Person(FanId(f"{number}b6a1d52-0000-4000-8000-000000000000"), f"fan-{number}") for number in range(5)]


class RedrawRequests:
    """Keeps whose card was wanted in which commit; the database goes away when one more would be `most`."""

    def __init__(self, most: int = 100) -> None:
        self.wanted: list[FanId] = []
        self._most = most

    async def want(self, _tx: Transaction, creator: CreatorId, fan: FanId) -> None:
        if len(self.wanted) == self._most:
            raise DatabaseUnreachable("gone")
        assert creator == CREATOR
        self.wanted.append(fan)


def redrawing(world: RelayScenario, wanting: RedrawRequests) -> ThreadCardRefresh:
    return ThreadCardRefresh(database=world.database, want=wanting.want, portion=2)


async def begun(world: RelayScenario) -> None:
    await world.database.write(lambda tx: redrawing(world, RedrawRequests()).begin(tx, CREATOR))


async def test_every_open_thread_is_wanted_once_two_in_a_commit(tmp_path: Path) -> None:
    async with running(tmp_path) as world:
        for fan in FANS:
            await world.greeted(fan)
        wanting = RedrawRequests()
        await begun(world)

        commits = await redrawing(world, wanting).go_on()
        again = await redrawing(world, wanting).go_on()

        assert wanting.wanted == [fan.id for fan in FANS]
        assert (commits, again) == (3, 0)


async def test_what_stops_on_the_way_goes_on_where_the_last_commit_ended(tmp_path: Path) -> None:
    async with running(tmp_path) as world:
        for fan in FANS:
            await world.greeted(fan)
        await begun(world)
        before, after = RedrawRequests(most=3), RedrawRequests()

        with pytest.raises(DatabaseUnreachable):
            await redrawing(world, before).go_on()
        await redrawing(world, after).go_on()

        assert before.wanted[:2] + after.wanted == [fan.id for fan in FANS]


async def test_what_is_begun_anew_on_the_way_reaches_the_first_ones_again(tmp_path: Path) -> None:
    async with running(tmp_path) as world:
        for fan in FANS:
            await world.greeted(fan)
        await begun(world)
        with pytest.raises(DatabaseUnreachable):
            await redrawing(world, RedrawRequests(most=3)).go_on()
        wanting = RedrawRequests()
        await begun(world)

        await redrawing(world, wanting).go_on()

        assert wanting.wanted == [fan.id for fan in FANS]
