"""Gateways that stand by: what they do meanwhile, and when they end."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import aiohttp
import psycopg
import pytest

from bot.app.exit_codes import IN_USE
from bot.sandbox.free_ports import free_port
from bot.sandbox.play import EveningPlay
from bot.sandbox.program import BridgeInstallation, ProgramFailed, until
from bot.sandbox.stage import staged
from storage.engine.shard_locks import ShardLocks
from tests import postgres
from tests.bridge_cluster import GATEWAY, BridgeCluster
from tests.journeys.conftest import SPEED
from tests.journeys.test_processes import STRUCK_OUT, cluster, reply, sessions
from tests.journeys.test_replying import PATIENCE, thread_with

pytestmark = pytest.mark.server

_TAKES = """INSERT INTO bridge_shards (application, shard, holder, renewed, until)
    VALUES (%(app)s, 0, 'somebody', 1, clock_timestamp() + INTERVAL '1 hour')
    ON CONFLICT (application, shard) DO UPDATE SET holder = excluded.holder, until = excluded.until"""
# As after the standby of a database server has taken over.
_MOVED = "UPDATE bridge_owner SET place = 'elsewhere' RETURNING place"


@pytest.fixture
async def play(tmp_path: Path) -> AsyncIterator[EveningPlay]:
    """Luna has set up her server and linked her account; one process each, and two workers."""
    with postgres.emptied() as url:
        more = {"DATABASE_URL": url, "SWEEP_SECONDS": "4", "SWEEP_SILENT_SECONDS": "4"}
        async with staged(tmp_path, BridgeCluster, speed=SPEED, seed=9, **more) as stage:
            play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), lambda _words: None)
            await play.open_house()
            yield play
            assert stage.discord.contract_errors == []
            assert stage.fanvue.contract_errors == []


async def found(play: EveningPlay, sql: str, *, there: bool = True) -> None:
    """Return when the database has a row like this, or none."""

    async def looked() -> bool:
        return bool(await cluster(play).asked(sql)) is there

    await until(looked, STRUCK_OUT)


async def ends(process: BridgeInstallation) -> int:
    """Its exit code."""
    assert process._process is not None
    async with asyncio.timeout(PATIENCE):
        return await process._process.wait()


@asynccontextmanager
async def somebody_speaks(play: EveningPlay) -> AsyncIterator[None]:
    """Somebody who is no process of this test holds the session with Discord, and lets go at the end."""
    app = int(play.stage.bridge._settings["DISCORD_APPLICATION_ID"])
    locks = ShardLocks(cluster(play).database, app, "somebody")
    with closing(locks), psycopg.connect(cluster(play).database, autocommit=True) as connection:
        async with asyncio.timeout(PATIENCE):
            while not await asyncio.to_thread(locks.hold, [0]):
                pass  # whoever spoke has said good-bye, and its session is just ending
        connection.execute(_TAKES, {"app": app})
        try:
            yield
        finally:
            connection.execute("DELETE FROM bridge_shards WHERE holder = 'somebody'")


async def test_one_that_was_struck_out_meanwhile_ends_when_it_goes_on(play: EveningPlay) -> None:
    spare = cluster(play).another(GATEWAY)
    await spare.start()
    try:
        assert spare._process is not None
        spare._process.send_signal(signal.SIGSTOP)
        await found(play, f"{cluster(play).member(spare)} AND until < clock_timestamp()")
        async with cluster(play).another("worker"):  # which looks who is there
            await found(play, cluster(play).member(spare), there=False)
        spare._process.send_signal(signal.SIGCONT)

        assert await ends(spare) == IN_USE
        assert sessions(play) == 1
    finally:
        await spare.stop()


async def test_one_that_is_a_web_too_does_what_a_web_does(play: EveningPlay) -> None:
    place = f"127.0.0.1:{free_port()}"
    async with cluster(play).another("web,gateway", LISTEN=place):
        fan = play.stage.fans["sam_k"]
        (app,) = play.stage.fanvue.world.apps.values()
        app.webhook_url = f"http://{place}/webhooks/fanvue"
        await fan.write("by the one that stands by")
        await thread_with(play, "sam_k", "by the one that stands by")
        async with aiohttp.ClientSession() as session, session.post(app.webhook_url, data=b"{}") as answer:
            assert answer.status == 401
        await found(play, "SELECT reason FROM rejections")

        assert sessions(play) == 1


async def test_the_last_one_left_begins_a_run_of_its_own(play: EveningPlay) -> None:
    async with cluster(play).another(GATEWAY):
        await cluster(play).stop()
        await play.stage.discord.world.until(lambda: sessions(play) == 2, PATIENCE)
        # Nothing that comes in is decided before somebody has looked for what is missing.
        waiting = await cluster(play).asked("SELECT creator FROM bridge_catching_up WHERE until IS NOT NULL")
        await cluster(play).start()
        await play.stage.fans["sam_k"].write("anybody there?")
        await thread_with(play, "sam_k", "anybody there?")
        await reply(play, "sam_k", text="hello Sam")
        await thread_with(play, "sam_k", "✓ Sent")

        assert len(waiting) == 1
        assert [message.text for message in play.stage.fans["sam_k"].inbox()] == ["hello Sam"]


async def test_one_that_begins_and_finds_the_session_taken_keeps_nobody_waiting(play: EveningPlay) -> None:
    await cluster(play).stop()
    async with somebody_speaks(play), cluster(play).another("gateway,worker"):
        async with cluster(play).another("worker"):
            pass
        assert sessions(play) == 1


async def test_one_ends_when_the_database_was_taken_for_a_restored_one_meanwhile(play: EveningPlay) -> None:
    spare, worker = cluster(play).another(GATEWAY), cluster(play).another("worker")
    await spare.start()
    assert spare._process is not None
    spare._process.send_signal(signal.SIGSTOP)  # or it would speak before anybody else can
    await cluster(play).stop()
    async with somebody_speaks(play):
        spare._process.send_signal(signal.SIGCONT)
        await cluster(play).asked(_MOVED)
        starting = asyncio.create_task(worker.start())  # which is never ready: it waits for a word
        await found(play, "SELECT 1 FROM kept WHERE name = 'restored'")
    try:
        assert await ends(spare) == IN_USE
        assert sessions(play) == 1
    finally:
        await asyncio.gather(spare.stop(), worker.stop())
        await asyncio.wait([starting])
        assert isinstance(starting.exception(), ProgramFailed)
