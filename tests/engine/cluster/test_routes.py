"""What one route of Discord's takes, kept by several processes together."""

import asyncio
from contextlib import AsyncExitStack
from functools import partial

import pytest

from bot.discord.direct_requests import DirectRequests
from bot.discord.rate_limits import DiscordLimits
from bot.discord.request_pace import RequestPace
from bot.engine.cluster.rate_limits import SharedRateLimits
from bot.model.errors import TryLater
from bot.sandbox.discord.server import DiscordServer
from storage.database import Database, Transaction
from storage.engine import discord_routes
from storage.engine.discord_routes import LATE, RouteCall, RouteFull, RouteWindow
from storage.engine.rate_limit_buckets import BucketLimit
from tests.discord.discord_test_server import APPLICATION, TOKEN, furnish

WIDE = BucketLimit(burst=1000, per_second=10_000.0)
THREE = RouteWindow(most=3, window=30.0)


def to(route: str, told: RouteWindow | None = None, *, news: bool = False) -> RouteCall:
    return RouteCall(route, "kind", told=told, news=news)


async def reserve(database: Database, call: RouteCall, limit: BucketLimit = WIDE) -> float:
    return await database.write(partial(discord_routes.reserve, key="bot", limit=limit, call=call))


async def full(database: Database, call: RouteCall, limit: BucketLimit = WIDE) -> float:
    with pytest.raises(RouteFull) as refused:
        await reserve(database, call, limit)
    return refused.value.after


async def test_what_one_process_has_used_of_a_route_another_cannot_use_again(
    processes: list[Database],
) -> None:
    call = to("POST /channels/1/threads", told=THREE)
    for database in processes:
        assert await reserve(database, call) == 0.0

    after = await full(processes[0], call)

    assert 25.0 < after <= THREE.window + LATE
    assert await reserve(processes[0], to("POST /channels/2/threads", told=THREE)) == 0.0


async def test_as_soon_as_it_says_there_is_room_again(processes: list[Database]) -> None:
    call = to("route", told=RouteWindow(most=2, window=0.1))
    one, two, _ = processes
    await reserve(one, call)
    await reserve(two, call)
    after = await full(one, call)

    async def pause(tx: Transaction) -> None:
        await tx.one("SELECT pg_sleep(:after)", after=after)

    await one.read(pause)

    assert await reserve(one, call) == 0.0


async def test_in_no_time_as_long_as_a_window_are_there_more_than_a_route_takes(
    processes: list[Database],
) -> None:
    call = to("route", told=RouteWindow(most=4, window=0.1))
    made: list[tuple[float, float]] = []  # between which two moments each was

    async def now(tx: Transaction) -> float:
        row = await tx.one("SELECT EXTRACT(EPOCH FROM clock_timestamp()) AS now")
        assert row is not None
        return float(row["now"])

    async def one(tx: Transaction) -> tuple[float, float]:
        before = await now(tx)
        await discord_routes.reserve(tx, "bot", WIDE, call)
        return before, await now(tx)

    async def pause(tx: Transaction, after: float) -> None:
        await tx.one("SELECT pg_sleep(:after)", after=after)

    async def caller(database: Database) -> None:
        for _ in range(2):
            while True:
                try:
                    made.append(await database.write(one))
                    break
                except RouteFull as refused:
                    await database.read(partial(pause, after=refused.after))

    await asyncio.gather(*(caller(database) for database in processes for _ in range(2)))

    assert len(made) == 12
    for begin, _ in made:
        inside = sum(1 for before, after in made if before >= begin and after <= begin + 0.1 + LATE)
        assert inside <= 4


async def test_who_knows_a_route_tells_the_others(processes: list[Database]) -> None:
    one, two, three = processes
    await reserve(one, to("route", told=THREE))
    await reserve(two, to("route"))
    await reserve(three, to("route"))

    with pytest.raises(RouteFull) as refused:
        await reserve(two, to("route"))

    assert 25.0 < refused.value.after <= THREE.window + LATE
    assert refused.value.told == THREE


async def test_a_route_that_nobody_knows_takes_one_until_somebody_was_told(
    processes: list[Database],
) -> None:
    one, two, _ = processes
    await reserve(one, to("new"))
    assert await full(two, to("new")) == 0.5

    await reserve(one, to("new", told=THREE))

    assert await reserve(two, to("new")) == 0.0
    assert 25.0 < await full(two, to("new")) <= THREE.window + LATE


async def test_of_a_new_route_is_believed_what_was_told_of_another_of_its_kind(
    processes: list[Database],
) -> None:
    one, two, three = processes
    await reserve(one, to("known", told=THREE, news=True))
    await two.write(discord_routes.forget)

    for database in processes:
        assert await reserve(database, to("new")) == 0.0

    assert 25.0 < await full(two, to("new")) <= THREE.window + LATE
    assert await full(three, to("new", told=RouteWindow(most=2, window=60.0))) > 55.0


async def test_a_call_whose_route_is_full_takes_nobodys_turn(processes: list[Database]) -> None:
    slow = BucketLimit(burst=2, per_second=0.01)
    call = to("route", told=RouteWindow(most=1, window=30.0))
    await reserve(processes[0], call, slow)
    for database in processes:
        await full(database, call, slow)

    assert await reserve(processes[1], to("other", told=THREE), slow) == 0.0
    assert await reserve(processes[1], to("third", told=THREE), slow) > 50.0


async def test_a_call_counts_on_its_route_from_its_turn_on(processes: list[Database]) -> None:
    slow, once = BucketLimit(burst=1, per_second=0.01), RouteWindow(most=1, window=300.0)
    await reserve(processes[0], to("other"), slow)
    wait = await reserve(processes[1], to("route", told=once), slow)

    after = await full(processes[2], to("route", told=once), slow)

    assert 70.0 < wait <= 100.0
    assert wait - 30.0 < after - (once.window + LATE) <= wait


async def test_routes_that_nobody_calls_are_forgotten_and_no_others(processes: list[Database]) -> None:
    database = processes[0]
    for name in ("old", "new"):
        await reserve(database, to(name, told=THREE))

    async def age(tx: Transaction) -> None:
        await tx.execute("UPDATE bridge_routes SET calls = ARRAY[1] WHERE key = :key", key="bot old")

    await database.write(age)
    await database.write(discord_routes.forget)

    left = await database.read(lambda tx: tx.all("SELECT key FROM bridge_routes"))
    assert [row["key"] for row in left] == ["bot new"]


# ── on the stand-in ──


@pytest.mark.parametrize("shared", [True, False])
async def test_of_several_processes_none_is_refused_where_they_share_a_route(
    processes: list[Database], *, shared: bool
) -> None:
    """Without it some are: that is what this is for."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(DiscordServer(seed=1, speed=5.0))
        lobby = furnish(server)[1]
        calling = []
        for database in processes:
            share = partial(SharedRateLimits(database).turn, APPLICATION) if shared else None
            limits = DiscordLimits(pace=RequestPace(share=share))
            direct = DirectRequests(api_url=f"{server.url}/api/v10", user_agent="test", limits=limits)
            direct.open(TOKEN)
            stack.push_async_callback(direct.close)
            calling.append(direct)

        async def say(direct: DirectRequests, number: int) -> None:
            path = f"/channels/{lobby.id}/messages"
            while True:
                try:
                    await direct.call("POST", path, {"content": str(number)}, limit=f"POST {path}")
                except TryLater as later:
                    its_time = asyncio.Event()
                    asyncio.get_running_loop().call_later(later.after or 0, its_time.set)
                    await its_time.wait()
                else:
                    return

        await asyncio.gather(*(say(direct, number) for number, direct in enumerate(calling * 5)))

        refused = server.ledger.count("rate_limited")
        assert (refused == 0) is shared
        assert len(server.world.messages[lobby.id]) == 15
