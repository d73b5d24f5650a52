"""Row F12: a background task that raises or hangs, behind the real health port."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from bot.engine.supervision import BackgroundTask, Heartbeat, SupervisionFailed, Supervisor, periodic
from bot.sandbox import patience
from bot.sandbox.program import until
from bot.web.health import HealthPages
from tests.proofs.faults.live_bridge import LiveBridge

LIMIT = 0.2


@asynccontextmanager
async def watched(supervisor: Supervisor) -> AsyncIterator[str]:
    """The health port of a program with these tasks; its address."""
    app = web.Application()
    HealthPages(alive={"tasks": supervisor.alive}, ready={"tasks": supervisor.ready}).add_to(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def turned(url: str, status: int, words: str) -> bool:
    """Return once it says so with this status. A busy machine may have it say something else before."""

    async def ask() -> bool:
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            return words in json.loads(await answer.text())["checks"]["tasks"] and answer.status == status

    return await until(ask, patience.SECONDS)


async def nothing() -> None:
    """A deed of a task that is well."""


for_ever = periodic(LIMIT / 4, nothing)


@pytest.mark.fault("F12")
async def test_a_task_that_hangs_turns_health_red_by_name() -> None:
    async def hang(_beat: Heartbeat) -> None:
        await asyncio.Event().wait()

    supervisor = Supervisor([BackgroundTask("sweep", hang, LIMIT), BackgroundTask("tidy", for_ever, LIMIT)])
    async with watched(supervisor) as url:
        running = asyncio.create_task(supervisor.run())
        assert await turned(f"{url}/healthz", 503, "“sweep” hangs")
        running.cancel()
        await asyncio.wait([running])


@pytest.mark.fault("F12")
async def test_a_task_that_raises_is_counted_told_and_started_again() -> None:
    crashes: list[str] = []
    starts = 0

    async def raises_once(beat: Heartbeat) -> None:
        nonlocal starts
        starts += 1
        if starts == 1:
            raise RuntimeError("a fault of our own")
        await for_ever(beat)

    supervisor = Supervisor(
        [BackgroundTask("deliveries", raises_once, LIMIT)],
        crashed=crashes.append,
        sleep=lambda _seconds: asyncio.sleep(0),
    )
    async with watched(supervisor) as url:
        running = asyncio.create_task(supervisor.run())
        assert await turned(f"{url}/readyz", 503, "“deliveries” failed")
        assert await turned(f"{url}/healthz", 200, "ok")
        running.cancel()
        await asyncio.wait([running])

    assert (crashes, starts) == (["deliveries"], 2)


@pytest.mark.fault("F12")
async def test_a_task_that_fails_again_and_again_ends_the_process_with_a_sentence() -> None:
    crashes: list[str] = []

    async def raises(_beat: Heartbeat) -> None:
        raise RuntimeError("always")

    supervisor = Supervisor(
        [BackgroundTask("sweep", raises, LIMIT)],
        crashed=crashes.append,
        sleep=lambda _seconds: asyncio.sleep(0),
    )
    with pytest.raises(ExceptionGroup) as ended:
        await supervisor.run()

    (failed,) = ended.value.exceptions
    assert isinstance(failed, SupervisionFailed)
    assert "“sweep” failed 6 times" in str(failed)
    assert crashes == ["sweep"] * 6


@pytest.mark.fault("F12")
@pytest.mark.asyncio(loop_scope="module")
async def test_the_real_program_has_its_tasks_watched(house: LiveBridge) -> None:
    status, said = await house.admin("healthz")

    assert (status, json.loads(said)["checks"]["tasks"]) == (200, "ok")
