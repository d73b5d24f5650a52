"""Row D9: Discord is away for hours, and thousands of events pile up behind it."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox.fanvue.people import StandInFan
from tests.proofs.faults.live_bridge import LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")

FANS, EVENTS = 30, 3_000
MEMORY = 300 * 1024 * 1024
DRAINED_WITHIN = 150.0
# Tried more than once, and to be tried again only after this moment.
LATE = "SELECT fan_uuid FROM outbox WHERE kind = 'post' AND attempts > 1 AND not_before > ?"


@asynccontextmanager
async def away(house: LiveBridge) -> AsyncIterator[None]:
    """Nobody listens where Discord was; connections that are open end."""
    runner = house.stage.discord._runner
    assert runner is not None
    host, port = runner.addresses[0][:2]
    for site in list(runner.sites):
        await site.stop()
    house.stage.discord.gateway.drop()
    for connection in list(runner.server.connections) if runner.server else []:
        connection.force_close()
    try:
        yield
    finally:
        await web.TCPSite(runner, host, port).start()


async def deliver(house: LiveBridge, raws: list[bytes]) -> Counter[int]:
    """Every body, a few at once, as Fanvue does."""
    statuses, todo = Counter[int](), iter(raws)
    async with aiohttp.ClientSession() as session:

        async def worker() -> None:
            for raw in todo:
                headers = {"X-Fanvue-Signature": house.sealed(raw)}
                async with session.post(house.hook, data=raw, headers=headers) as answer:
                    statuses[answer.status] += 1

        await asyncio.gather(*(worker() for _ in range(8)))
    return statuses


def shown(house: LiveBridge, fan: StandInFan) -> list[str]:
    """What has arrived for a fan."""
    return [line.split("\n")[0] for line in house.lines(fan) if line.startswith("piled")]


def late(house: LiveBridge) -> set[str]:
    """Fans whose next line waits for its next try."""
    return {row["fan_uuid"] for row in house.rows(LATE, time.time_ns() // 1_000_000)}


@pytest.mark.fault("D9")
async def test_three_thousand_events_behind_an_outage_are_drained_in_order_and_nobody_is_starved(
    house: LiveBridge,
) -> None:
    fans = [house.fan("Ivy") for _ in range(FANS)]
    await house.restart(BURST_SECONDS="0")  # as many posts as events: the dearest way to drain them
    await asyncio.gather(*(house.greeted(fan) for fan in fans))
    async with away(house):
        raws: list[bytes] = []
        for number in range(EVENTS):
            raws += await house.told(fans[number % FANS].write(f"piled up {number:04d}"))
        assert await deliver(house, raws) == {200: EVENTS}
        assert house.resident() < MEMORY

    world, before = house.stage.discord.world, house.posted
    # Whoever tried in vain just before Discord was back waits up to three seconds. At the bridge's pace all
    # takes four, on the fastest machine too, so there is time enough in which hardly anybody waits.
    await house.stored(lambda: len(late(house)) < FANS / 4)
    waiting, begun = late(house), house.posted - before
    had = {fan.uuid: len(shown(house, fan)) for fan in fans}
    half = (EVENTS - begun) // 2
    await world.until(lambda: house.posted - before >= begun + half, DRAINED_WITHIN)
    halfway = {fan.uuid: len(shown(house, fan)) for fan in fans}
    await world.until(
        lambda: house.posted - before >= EVENTS and sum(len(shown(house, fan)) for fan in fans) >= EVENTS,
        DRAINED_WITHIN,
    )

    in_turn = [fan for fan in had if fan not in waiting and halfway[fan] < EVENTS // FANS]
    assert min((halfway[fan] - had[fan] for fan in in_turn), default=half) >= half / FANS / 4
    for index, fan in enumerate(fans):
        assert shown(house, fan) == [f"piled up {number:04d}" for number in range(index, EVENTS, FANS)]
    assert house.resident() < MEMORY
