"""Reads for which Fanvue has no room are not taken, with the real client."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.engine.delivery_room import unbounded
from bot.fanvue.budget import RequestBudget
from bot.fanvue.transport import open_http
from bot.model.events import CreatorWrote, Person
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.records import UserId
from storage.records import FanId, FanvueMessageId
from tests.fanvue.fanvue_scenario import FanvueScenario, evening_on
from tests.fanvue.peer_stand_in import anywhere
from tests.relay.clock_fixtures import SettableClock
from tests.relay.relay_scenario import RelayScenario, running

CHECK = "echo.check"
_LIMIT = 10  # requests a window, of which four are for others
_FANS = 12
_WINDOW = 60_000


@asynccontextmanager
async def few_requests(
    folder: Path, *, asked: bool = True
) -> AsyncIterator[tuple[RelayScenario, FanvueScenario]]:
    """A creator who has written once already, so that it is known in whose bucket she is read."""
    clock = SettableClock()

    def now() -> datetime:
        return datetime.fromtimestamp(clock.now() / 1000, UTC)

    async with (
        open_http(resolver=anywhere()) as http,
        evening_on(http, prefix="/v1", now=now) as evening,
        running(folder, clock=clock, ready=False) as world,
    ):
        evening.server.world.switches.rate_limit = _LIMIT
        evening.fanvue.budget = RequestBudget(clock=clock, limit=_LIMIT)
        port = evening.port()
        world.chats, world.room = port, port.room.of if asked else unbounded
        await world.link(evening.creator)
        await world.set_up()
        await world.restart()
        await own_line(world, evening, evening.fan)
        await world.pass_time(2 * _WINDOW)
        world.watched.clear()
        yield world, evening


async def own_line(world: RelayScenario, evening: FanvueScenario, fan: StandInFan) -> None:
    """The creator writes to a fan on Fanvue, and the event does not say what."""
    there = evening.server.world.write_as_creator(fan, "mine")
    person = Person(FanId(fan.uuid), fan.handle, fan.handle)
    message, at = FanvueMessageId(there.uuid), world.clock.now()
    await world.happen(CreatorWrote(evening.creator, person, message, at, None, complete=False))


async def all_checked(world: RelayScenario, evening: FanvueScenario) -> list[str]:
    """To twelve fans at once; how each attempt to read one of them ended."""
    account = next(
        one for one in evening.server.world.accounts.values() if one.uuid == UserId(evening.creator)
    )
    for fan in evening.server.world.add_crowd(account, _FANS, "reader", subscribed=True):
        await own_line(world, evening, fan)
    for _ in range(4):
        await world.pass_time(_WINDOW)
    return [how for kind, how in world.watched if kind == CHECK]


async def test_twelve_reads_with_room_for_six_a_minute_are_taken_twelve_times(tmp_path: Path) -> None:
    async with few_requests(tmp_path) as (world, evening):
        ended = await all_checked(world, evening)

        refused = evening.server.ledger.of("request", status=429)

    assert ended == ["done"] * _FANS
    assert refused == []


async def test_unasked_the_same_reads_are_taken_and_written_again(tmp_path: Path) -> None:
    """What it costs where nobody asks: so the test above would see it."""
    async with few_requests(tmp_path, asked=False) as (world, evening):
        ended = await all_checked(world, evening)

    assert ended.count("done") == _FANS
    assert ended.count("later") >= _FANS // 2
