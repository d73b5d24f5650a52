"""The database is away for longer than a lease, while several processes run."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot.sandbox.play import EveningPlay
from bot.sandbox.program import until
from bot.sandbox.stage import staged
from tests.journeys import test_replying
from tests.journeys.conftest import SPEED
from tests.journeys.test_processes import (
    AGAIN,
    STRUCK_OUT,
    DoubledCluster,
    answered,
    cluster,
    said,
    sessions,
    taken,
)
from tests.journeys.test_replying import thread_with
from tests.postgres_servers import SinglePostgres, single

pytestmark = pytest.mark.server

TRIES = 17  # 34 seconds: the lease of 20 is over, and a task that fails has used up its restarts


@pytest.fixture
async def server() -> AsyncIterator[SinglePostgres]:
    """One that can be stopped."""
    with single("bridge") as made:
        yield made


@pytest.fixture
async def play(tmp_path: Path, server: SinglePostgres) -> AsyncIterator[EveningPlay]:
    """Seven processes, and a Fanvue that tries again every other second."""
    more = {"DATABASE_URL": server.url, "SWEEP_SECONDS": "4", "SWEEP_SILENT_SECONDS": "4"}
    async with staged(tmp_path, DoubledCluster, speed=SPEED, seed=9, **more) as stage:
        stage.fanvue.switches.webhook_retry_seconds = (AGAIN * SPEED,) * 100
        play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), lambda _words: None)
        await play.open_house()
        yield play
        assert stage.discord.contract_errors == []
        assert stage.fanvue.contract_errors == []


def refused(play: EveningPlay) -> list[int]:
    """What webhooks were answered that were not taken."""
    answered = play.stage.fanvue.ledger.of("webhook.answered")
    return [entry["status"] for entry in answered if entry["status"] != 200]


async def test_after_an_outage_all_go_on_beside_one_that_begins_and_nothing_is_lost_or_done_twice(
    play: EveningPlay, server: SinglePostgres
) -> None:
    world, fan, other = play.stage.discord.world, play.stage.fans["sam_k"], play.stage.fans["night.owl"]
    thread = await answered(play, "sam_k", "hello there")
    hold = play.stage.discord.faults.hold("POST", rf"/channels/{thread.id}/messages$")
    await fan.write("just before")  # a worker is sending it when the database goes
    await hold.reached(STRUCK_OUT)
    spoke = sessions(play)

    await asyncio.to_thread(server.stop)
    hold.release()
    await other.write("while it is away")
    refusal = await test_replying.reply(play, thread, text="nobody keeps this")
    await play.stage.fanvue.world.until(lambda: len(refused(play)) >= TRIES, 2 * STRUCK_OUT)
    await asyncio.to_thread(server.start)
    async with cluster(play).another("worker"):
        await cluster(play).settled(STRUCK_OUT)  # it has waited for all, and struck out nobody
    await thread_with(play, "night.owl", "while it is away")
    await world.until(lambda: said(play, thread, "just before"), STRUCK_OUT)
    await cluster(play).settled(STRUCK_OUT)
    await until(partial(taken, play, thread, "hello Sam"), STRUCK_OUT)
    await play.stage.fanvue.world.until(lambda: len(fan.inbox()) == 2, STRUCK_OUT)

    theirs = play.thread_of("night.owl")
    assert theirs is not None
    assert "We can't reach the bridge's database right now, so this was not done" in refusal.text
    assert set(refused(play)) == {503}
    assert said(play, thread, "just before") == said(play, theirs, "while it is away") == 1
    assert [message.text for message in fan.inbox()] == ["I am here", "hello Sam"]
    assert ended(play) == {}
    assert sessions(play) == spoke


def ended(play: EveningPlay) -> dict[str, int]:
    """Which processes ended, and with what."""
    processes = {name: part._process for name, part in cluster(play).parts.items()}
    return {name: one.returncode for name, one in processes.items() if one and one.returncode is not None}
