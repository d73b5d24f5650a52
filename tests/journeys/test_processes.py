"""Several processes on one database: one that dies takes nothing along."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from bot.app.exit_codes import IN_USE
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.free_ports import free_port
from bot.sandbox.play import EveningPlay
from bot.sandbox.program import BridgeInstallation, ProgramFailed, until
from bot.sandbox.stage import staged
from tests import postgres
from tests.bridge_cluster import GATEWAY, ONE, TWO, WEB, BridgeCluster, in_files
from tests.cli.test_cli import call
from tests.journeys import test_replying
from tests.journeys.conftest import SPEED
from tests.journeys.test_replying import PATIENCE, thread_with
from tests.postgres_servers import pair, pooled
from tests.storage.postgres_proxy import PostgresProxy

pytestmark = pytest.mark.server

# The secrets of compose.yaml.
OPENING = (
    "DATABASE_URL",
    "DISCORD_TOKEN",
    "DISCORD_CLIENT_SECRET",
    "FANVUE_CLIENT_SECRET",
    "FANVUE_WEBHOOK_SECRETS",
    "ENCRYPTION_KEYS",
)
AGAIN = 2.0  # seconds of the clock between two tries of Fanvue's while the database is away
STRUCK_OUT = 60.0  # seconds, in which a lease of twenty ends and what was left is looked for


@pytest.fixture
async def play(tmp_path: Path) -> AsyncIterator[EveningPlay]:
    """Luna has set up her server and linked her account; one process each, and two workers."""
    with postgres.emptied() as url:
        more = {"DATABASE_URL": url, "SWEEP_SECONDS": "4", "SWEEP_SILENT_SECONDS": "4"}
        async with staged(tmp_path, BridgeCluster, speed=SPEED, seed=7, **more) as stage:
            said: list[str] = []
            play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), said.append)
            await play.open_house()
            yield play
            assert stage.discord.contract_errors == []
            assert stage.discord.ledger.of("mentions_allowed") == []
            assert stage.fanvue.contract_errors == []


def cluster(play: EveningPlay) -> BridgeCluster:
    assert isinstance(play.stage.bridge, BridgeCluster)
    return play.stage.bridge


async def reply(play: EveningPlay, handle: str, *, text: str) -> InteractionAnswer:
    """As quick as nobody is: a line counts as read once a worker has noted that it stands there."""
    thread = play.thread_of(handle)
    assert thread is not None
    await cluster(play).settled(PATIENCE, play.stage.fans[handle].uuid)
    return await test_replying.reply(play, thread, text=text)


async def taken(play: EveningPlay, thread: StandInChannel, text: str) -> bool:
    """Whether a reply is on its way; who is told that the database is still away tries again."""
    answer = await test_replying.reply(play, thread, text=text)
    assert any(
        words in answer.text
        for words in ("On its way", "We can't reach the bridge's database right now, so this was not done")
    ), answer.text
    return "On its way" in answer.text


async def answered(play: EveningPlay, handle: str, words: str) -> StandInChannel:
    """The thread of a fan who said this and was answered."""
    await play.stage.fans[handle].write(words)
    await thread_with(play, handle, words)
    await reply(play, handle, text="I am here")
    return await thread_with(play, handle, "✓ Sent")


async def doctor(play: EveningPlay, part: str, folder: Path) -> dict[str, tuple[str, str]]:
    """What the doctor says with the settings of one process: verdict and words by the name of a line."""
    settings = cluster(play).parts[part]._settings
    done = await asyncio.to_thread(partial(call, "doctor", "--json", cwd=folder, **settings))
    return {one["name"]: (one["verdict"], one["says"]) for one in json.loads(done.stdout)["checks"]}


async def test_a_fan_writes_and_a_member_answers(play: EveningPlay) -> None:
    fan = play.stage.fans["sam_k"]
    await fan.write("hello there")
    await thread_with(play, "sam_k", "hello there")

    answer = await reply(play, "sam_k", text="hello Sam")
    await thread_with(play, "sam_k", "✓ Sent")
    await fan.read()
    await thread_with(play, "sam_k", "👁 Seen")

    assert "On its way to Sam" in answer.text
    assert [message.text for message in fan.inbox()] == ["hello Sam"]


async def test_the_doctor_looks_at_each_process_by_its_part(play: EveningPlay, tmp_path: Path) -> None:
    worker, web = await doctor(play, ONE, tmp_path), await doctor(play, WEB, tmp_path)

    assert worker["LISTEN"] == ("ok", "left to the processes with --role web")
    assert web["LISTEN"][1].startswith("the bridge answers at 127.0.0.1:")
    for found, role in ((worker, "worker"), (web, "web")):
        assert found["bridge"][1].endswith(f", and one answers whose part is {role}")
        assert [name for name, (verdict, _) in found.items() if verdict not in ("ok", "warn")] == []


async def test_what_a_killed_worker_was_doing_is_done_once_and_another_takes_its_part(
    play: EveningPlay,
) -> None:
    world, fans = play.stage.discord.world, play.stage.fans
    first = await answered(play, "sam_k", "hello there")
    others = [handle for handle in fans if handle != "sam_k"][:4]
    hold = play.stage.discord.faults.hold("POST", rf"/channels/{first.id}/messages$")
    await fans["sam_k"].write("just now")
    await hold.reached(PATIENCE)
    name = await cluster(play).sends()

    await cluster(play).parts[name].kill()
    hold.release()
    for handle in others:
        await fans[handle].write(f"while it is gone, {handle}")
    for handle in others:
        # What it was deciding stands still until it is struck out.
        await world.until(lambda one=handle: play.thread_of(one), STRUCK_OUT)  # type: ignore[misc]
        await thread_with(play, handle, f"while it is gone, {handle}")
        await reply(play, handle, text=f"dear {handle}")
    await world.until(lambda: said(play, first, "just now"), STRUCK_OUT)
    there = play.stage.fanvue.world
    for handle in others:
        await there.until(lambda one=handle: bool(fans[one].inbox()), STRUCK_OUT)  # type: ignore[misc]
    await cluster(play).settled(STRUCK_OUT)

    assert said(play, first, "just now") == 1
    assert [[message.text for message in fans[handle].inbox()] for handle in others] == [
        [f"dear {handle}"] for handle in others
    ]
    assert await cluster(play).unsettled() == []


async def test_of_two_workers_one_sweeps_and_the_other_when_it_is_gone(play: EveningPlay) -> None:
    play.stage.fanvue.faults.webhooks.off = True
    fan = play.stage.fans["sam_k"]
    before = await cluster(play).holder_of("sweeps")
    await fan.write("found by looking")
    thread = await thread_with(play, "sam_k", "found by looking")

    await cluster(play).parts[before].kill()
    after = await cluster(play).until_another_than(before, "sweeps", STRUCK_OUT)
    await fan.write("found by the other")
    world = play.stage.discord.world
    await world.until(lambda: said(play, thread, "found by the other"), STRUCK_OUT)

    assert {before, after} == {ONE, TWO}
    assert [said(play, thread, f"found by {words}") for words in ("looking", "the other")] == [1, 1]
    assert cluster(play).logged(before, "for all: sweeps") == 1
    assert cluster(play).logged(after, "for all: sweeps") == 1


async def test_a_stop_of_every_process_leaves_nothing_in_doubt_and_a_start_goes_on(play: EveningPlay) -> None:
    thread = await answered(play, "sam_k", "hello there")

    code = await play.stage.bridge.stop()
    await play.stage.fans["sam_k"].write("while nobody is there")
    left = await cluster(play).asked("SELECT name FROM bridge_members")
    await play.stage.bridge.start()
    await thread_with(play, "sam_k", "while nobody is there")

    assert (code, left) == (0, [])
    assert said(play, thread, "while nobody is there") == 1


async def test_without_a_gateway_lines_arrive_and_a_new_one_answers_again(play: EveningPlay) -> None:
    await answered(play, "sam_k", "hello there")

    await cluster(play).parts[GATEWAY].kill()
    await play.stage.fans["sam_k"].write("anybody?")
    await thread_with(play, "sam_k", "anybody?")
    await cluster(play).parts[GATEWAY].start()
    await play.stage.discord.world.until(lambda: sessions(play) == 2, PATIENCE)  # it stands by before
    answer = await reply(play, "sam_k", text="here again")
    there, fan = play.stage.fanvue.world, play.stage.fans["sam_k"]
    await there.until(lambda: len(fan.inbox()) == 2, PATIENCE)

    assert "On its way to Sam" in answer.text
    assert [message.text for message in fan.inbox()] == ["I am here", "here again"]


async def test_when_the_gateway_is_killed_another_one_answers(play: EveningPlay) -> None:
    await play.stage.fans["sam_k"].write("hello there")
    await thread_with(play, "sam_k", "hello there")
    spare = cluster(play).another(GATEWAY)
    await spare.start()
    try:
        standing_by = sessions(play)
        await cluster(play).parts[GATEWAY].kill()
        await play.stage.discord.world.until(lambda: sessions(play) == 2, PATIENCE)
        answer = await reply(play, "sam_k", text="hello Sam")
        await thread_with(play, "sam_k", "✓ Sent")

        assert standing_by == 1  # it was ready, and held nothing
        assert "On its way to Sam" in answer.text
        assert [message.text for message in play.stage.fans["sam_k"].inbox()] == ["hello Sam"]
    finally:
        await spare.stop()


async def test_a_gateway_that_stood_still_ends_and_its_successor_goes_on(play: EveningPlay) -> None:
    await play.stage.fans["sam_k"].write("hello there")
    await thread_with(play, "sam_k", "hello there")
    spare = cluster(play).another(GATEWAY)
    await spare.start()
    try:
        stopped = cluster(play).parts[GATEWAY]._process
        assert stopped is not None
        stopped.send_signal(signal.SIGSTOP)
        await play.stage.discord.world.until(lambda: sessions(play) == 2, PATIENCE)
        stopped.send_signal(signal.SIGCONT)
        async with asyncio.timeout(PATIENCE):
            code = await stopped.wait()
        await reply(play, "sam_k", text="hello Sam")
        await thread_with(play, "sam_k", "✓ Sent")

        assert code == IN_USE
        assert cluster(play).logged(GATEWAY, "Another process took over the session with Discord") == 1
        assert [message.text for message in play.stage.fans["sam_k"].inbox()] == ["hello Sam"]
    finally:
        await spare.stop()


def sessions(play: EveningPlay) -> int:
    """How often somebody introduced themselves to the gateway."""
    return play.stage.discord.ledger.count("gateway_identified")


async def test_one_process_alone_is_refused_while_several_run(play: EveningPlay, tmp_path: Path) -> None:
    alone = cluster(play).another("all", XDG_RUNTIME_DIR=str(tmp_path))

    with pytest.raises(ProgramFailed) as failed:
        await alone.start()

    assert "ended with 75" in str(failed.value)
    assert "already uses this database" in str(failed.value)


def said(play: EveningPlay, thread: StandInChannel, words: str) -> int:
    messages = play.stage.discord.world.messages[thread.id].values()
    return sum(words in message.text for message in messages)


class DoubledCluster(BridgeCluster):
    """As many as compose.yaml starts, and what opens something stands in files as there."""

    names = (WEB, "web two", GATEWAY, "gateway two", ONE, TWO, "worker three")

    def _part(self, name: str, admin: str, **changed: str) -> BridgeInstallation:
        secrets = {name: self._settings[name] for name in OPENING if name in self._settings}
        return super()._part(name, admin, **in_files(secrets, self._log.parent / "secrets"), **changed)


@asynccontextmanager
async def doubled(folder: Path, url: str) -> AsyncIterator[EveningPlay]:
    """Luna has set up her server and linked her account, whichever web process took each of her requests."""
    more = {"DATABASE_URL": url, "SWEEP_SECONDS": "4", "SWEEP_SILENT_SECONDS": "4"}
    async with staged(folder, DoubledCluster, speed=SPEED, seed=8, **more) as stage:
        play = EveningPlay(stage, lambda _seconds: asyncio.sleep(0), lambda _words: None)
        await play.open_house()
        yield play
        assert stage.discord.contract_errors == []
        assert stage.fanvue.contract_errors == []


async def test_two_webs_take_turns_and_one_goes_on_without_the_other(tmp_path: Path) -> None:
    with postgres.emptied() as url:
        async with doubled(tmp_path, url) as play:
            fan = play.stage.fans["sam_k"]
            await fan.write("hello there")
            await thread_with(play, "sam_k", "hello there")

            await cluster(play).parts[WEB].kill()
            await fan.write("one of you is gone")
            await thread_with(play, "sam_k", "one of you is gone")
            await reply(play, "sam_k", text="hello Sam")
            await thread_with(play, "sam_k", "✓ Sent")

            assert all(taken > 0 for taken in cluster(play).balancer.taken)
            assert all(not part._settings[name] for part in cluster(play).parts.values() for name in OPENING)
            assert [message.text for message in fan.inbox()] == ["hello Sam"]


async def test_a_standby_takes_over_and_what_was_written_meanwhile_arrives_once(tmp_path: Path) -> None:
    with pair("bridge") as servers:
        async with doubled(tmp_path, servers.url) as play:
            fan = play.stage.fans["sam_k"]
            await fan.write("hello there")
            thread = await thread_with(play, "sam_k", "hello there")
            play.stage.fanvue.switches.webhook_retry_seconds = (AGAIN * SPEED,) * 100

            failing = asyncio.create_task(asyncio.to_thread(servers.fail_over))
            for number in range(20):
                await fan.write(f"number {number} ends here")
            await failing
            for number in range(20):  # what Fanvue tells again comes later than the last one
                await thread_with(play, "sam_k", f"number {number} ends here", within=STRUCK_OUT)
            await cluster(play).settled(STRUCK_OUT, fan.uuid)
            await until(partial(taken, play, thread, "hello Sam"), STRUCK_OUT)
            await thread_with(play, "sam_k", "✓ Sent", within=STRUCK_OUT)
            await cluster(play).settled(STRUCK_OUT)

            written = [said(play, thread, f"number {number} ends here") for number in range(20)]
            assert written == [1] * 20
            assert [message.text for message in fan.inbox()] == ["hello Sam"]


async def test_behind_a_pooler_nothing_is_otherwise(tmp_path: Path) -> None:
    with postgres.emptied() as direct, pooled(direct) as url:
        async with doubled(tmp_path, url) as play:
            fan, gateways = play.stage.fans["sam_k"], sessions(play)
            await fan.write("hello there")
            await thread_with(play, "sam_k", "hello there")

            await cluster(play).parts[await cluster(play).speaks()].kill()
            await play.stage.discord.world.until(lambda: sessions(play) > gateways, PATIENCE)
            await reply(play, "sam_k", text="hello Sam")
            await thread_with(play, "sam_k", "✓ Sent")
            await cluster(play).settled(STRUCK_OUT)

            assert [message.text for message in fan.inbox()] == ["hello Sam"]


async def test_of_two_webs_either_takes_what_comes_and_one_goes_on_when_the_other_dies(
    play: EveningPlay,
) -> None:
    place = f"127.0.0.1:{free_port()}"
    second = cluster(play).another("web", LISTEN=place)
    thread = await answered(play, "sam_k", "by the first")
    (app,) = play.stage.fanvue.world.apps.values()
    first, app.webhook_url = app.webhook_url, f"http://{place}/webhooks/fanvue"
    async with second:
        await play.stage.fans["sam_k"].write("by the second")
        await thread_with(play, "sam_k", "by the second")
        await cluster(play).parts[WEB].kill()
        await play.stage.fans["sam_k"].write("by the one that is left")
        await thread_with(play, "sam_k", "by the one that is left")
        app.webhook_url = first
        await cluster(play).parts[WEB].start()
    await play.stage.fans["sam_k"].write("by the first again")
    await thread_with(play, "sam_k", "by the first again")

    words = ("by the first", "by the second", "by the one that is left", "by the first again")
    assert [lines(play, thread, one) for one in words] == [1, 1, 1, 1]


def lines(play: EveningPlay, thread: StandInChannel, words: str) -> int:
    """How many lines end with just these words."""
    texts = "\n".join(message.text for message in play.stage.discord.world.messages[thread.id].values())
    return sum(line.endswith(words) for line in texts.splitlines())


async def test_who_is_struck_out_in_the_middle_of_a_commit_ends_as_any_other_that_is(
    play: EveningPlay,
) -> None:
    several = cluster(play)
    async with PostgresProxy(several.database) as proxy:
        spare = several.another("worker", DATABASE_URL=proxy.url)
        await spare.start()
        try:
            proxy.cut_at_commit(arrives=True, then_closed=True)
            async with asyncio.timeout(PATIENCE):
                await proxy.cut.wait()
            await several.asked(several.member(spare).replace("SELECT 1", "DELETE") + " RETURNING 1")
            proxy.open_again()
            assert spare._process is not None
            async with asyncio.timeout(PATIENCE):
                code = await spare._process.wait()

            assert "It is not known what was stored last" in spare._log.read_text(errors="replace")
            assert code == IN_USE
        finally:
            await spare.kill()
