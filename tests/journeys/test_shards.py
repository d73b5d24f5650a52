"""Gateways divide a bot's servers: each answers its own, or is replaced."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from bot.app.exit_codes import IN_USE
from bot.sandbox.play import EveningPlay
from bot.sandbox.program import ProgramFailed
from tests import postgres
from tests.architecture.source_tree import TOP
from tests.bridge_cluster import GATEWAY
from tests.features.inbox.message_replies.message_replies_fixtures import arrived, begun, consents
from tests.journeys.second_server_fixtures import FAN
from tests.journeys.sharding_scenario import SHARDS, CombinedProcesses, ShardedServers, divided, taken_over
from tests.journeys.test_bots import conversation
from tests.journeys.test_replying import PATIENCE, reply, thread_with
from tests.warm_commands import run_program

pytestmark = pytest.mark.server

_LONG = 60.0


@pytest.fixture
async def servers(tmp_path: Path) -> AsyncIterator[ShardedServers]:
    """Luna's and Mila's, of different shards; three gateways."""
    with postgres.emptied() as url:
        async with divided(tmp_path, url) as made:
            yield made


async def asked(servers: ShardedServers, play: EveningPlay) -> str:
    """What /inbox status says on a server; it was answered once."""
    stage = play.stage
    answer = await stage.owner.slash(stage.guild, stage.lobby, "inbox status")
    await answer.done(PATIENCE)
    assert servers.first_answers(answer.interaction.id) == 1
    return answer.text


async def under_way(servers: ShardedServers, play: EveningPlay) -> asyncio.Task[object]:
    """A reply whose first answer Discord does not take yet, so it is staged."""
    fan = play.stage.fans[FAN]
    await fan.write("are you there?")
    thread = await thread_with(play, FAN, "are you there?")
    await servers.bridge.settled(PATIENCE, f"{play.stage.creator.uuid}:{fan.uuid}")
    hold = play.stage.discord.faults.hold("POST", "/callback$")
    answering: asyncio.Task[object] = asyncio.create_task(reply(play, thread, text="I am"))
    await hold.reached(PATIENCE)
    answering.add_done_callback(lambda _done: None)
    servers.holds.append(hold)
    return answering


async def states(servers: ShardedServers) -> dict[int, str]:
    """What became of the last reply of each server's, by its shard."""
    rows = await servers.bridge.asked(
        "SELECT guild_id, state FROM commands WHERE action = 'reply' ORDER BY created_at"
    )
    return {(int(str(guild)) >> 22) % SHARDS: str(state) for guild, state in rows}


def examined(settings: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """What `doctor` says with these settings: verdict and words of each line."""
    ended = run_program(
        *("bot", "doctor", "--json", "--env-file", os.devnull),
        cwd=TOP,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(TOP), **settings},
        timeout=_LONG,
    )
    return {one["name"]: (one["verdict"], one["says"]) for one in json.loads(ended.stdout)["checks"]}


async def test_the_doctor_says_which_shard_nobody_speaks_for(servers: ShardedServers) -> None:
    parts, held = servers.bridge.parts, await servers.bridge.held()
    spare = next(name for name in servers.bridge.gateways if name not in held.values())
    settings = parts[spare]._settings
    whole = await asyncio.to_thread(examined, settings)

    await parts[spare].stop()
    await parts[held[1]].stop()
    lacking = await asyncio.to_thread(examined, settings)

    assert whole["shards"] == ("ok", "each of the 2 has a process that speaks for it")
    assert whole["bridge"][0] == "ok"
    assert lacking["shards"] == (
        "bad",
        "nobody speaks for shard 1 (counted from 0): its servers hear nothing",
    )
    verdict, said = lacking["bridge"]
    assert verdict == "bad"
    assert "others share the database" in said


async def test_each_server_is_answered_once_and_by_the_process_that_hears_of_it(
    servers: ShardedServers,
) -> None:
    servers.first.stage.discord.interactions.first_answer = _LONG  # who answers is the subject, not how soon
    held = await servers.bridge.held()
    others = {shard: [n for n in servers.bridge.gateways if n != name] for shard, name in held.items()}
    for play, words in ((servers.first, "hello Luna"), (servers.second, "hello Mila")):
        await conversation(servers.bridge, play, words, f"{words} too")

    said = []
    for shard in range(SHARDS):
        for name in others[shard]:  # whoever could answer in its place stands still meanwhile
            servers.bridge.send(name, signal.SIGSTOP)
        said.append(await asked(servers, servers.play_of(shard)))
        for name in others[shard]:
            servers.bridge.send(name, signal.SIGCONT)

    assert set(held.values()) < set(servers.bridge.gateways)
    assert [servers.identified(shard) for shard in range(SHARDS)] == [1, 1]
    assert all(said)
    told = await servers.bridge.asked("SELECT name FROM kept WHERE name LIKE 'commands%' ORDER BY name")
    assert told == [("commands",), ("commands.old_names",), ("commands.to_team",)]
    assert servers.first.stage.discord.ledger.count("commands") == 1


async def test_when_a_gateway_is_killed_another_has_its_session_and_leaves_the_others_alone(
    servers: ShardedServers,
) -> None:
    servers.first.stage.discord.interactions.first_answer = _LONG
    await conversation(servers.bridge, servers.first, "hello Luna", "hello from Luna")
    await conversation(servers.bridge, servers.second, "hello Mila", "hello from Mila")
    held = await servers.bridge.held()
    lost, kept = servers.play_of(0), servers.play_of(1)
    vain, going = await under_way(servers, lost), await under_way(servers, kept)

    await servers.bridge.parts[held[0]].kill()
    await taken_over(servers, 0, before=1)
    await servers.bridge.parts[held[0]].start()
    after = await servers.bridge.held()
    meanwhile = await states(servers)
    for hold in servers.holds:
        hold.release()
    await going
    fan = kept.stage.fans[FAN]
    await kept.stage.fanvue.world.until(lambda: [one.text for one in fan.inbox()][-1] == "I am", PATIENCE)
    vain.cancel()

    assert (after[0] != held[0], after[1]) == (True, held[1])
    assert meanwhile == {0: "kept", 1: "staged"}  # for its author, who is asked whether it still goes
    assert "I am" not in [message.text for message in lost.stage.fans[FAN].inbox()]
    assert await asked(servers, lost)
    await conversation(servers.bridge, lost, "and now?", "now I am")


async def test_one_that_stood_still_ends_and_answers_nothing_of_what_came_meanwhile(
    servers: ShardedServers,
) -> None:
    held = await servers.bridge.held()
    stopped, play = servers.bridge.parts[held[1]], servers.play_of(1)
    assert stopped._process is not None

    stopped._process.send_signal(signal.SIGSTOP)
    await taken_over(servers, 1, before=1)
    stage = play.stage
    answer = await stage.owner.slash(stage.guild, stage.lobby, "inbox status")  # both are told of it
    await answer.done(PATIENCE)
    stopped._process.send_signal(signal.SIGCONT)
    async with asyncio.timeout(PATIENCE):
        code = await stopped._process.wait()

    assert code == IN_USE
    assert servers.bridge.logged(held[1], "Another process took over the session with Discord") == 1
    assert servers.first_answers(answer.interaction.id) == 1
    assert (await servers.bridge.held())[0] == held[0]
    assert await asked(servers, servers.play_of(0))


async def test_one_that_divides_the_servers_differently_ends_and_says_so(servers: ShardedServers) -> None:
    other = servers.bridge.another(GATEWAY, DISCORD_SHARDS="3")

    with pytest.raises(ProgramFailed) as failed:
        await other.start()

    assert f"ended with {IN_USE}" in str(failed.value)
    assert "divides this bot's servers into 2 shards, and this one into 3. Set DISCORD_SHARDS" in str(
        failed.value
    )
    assert all([await asked(servers, play) for play in (servers.first, servers.second)])


async def test_what_was_typed_while_a_gateway_was_gone_is_found_by_its_successor_once(tmp_path: Path) -> None:
    # The bridge's windows are not divided: after a quarter of a minute it would ask whether it still goes to
    # the fan, and to find a successor takes most of that.
    with postgres.emptied() as url:
        async with divided(tmp_path, url, MESSAGE_CONTENT="on", WINDOW_DIVISOR="1") as servers:
            held = await servers.bridge.held()
            threads = [await begun(play) for play in (servers.first, servers.second)]
            for play, thread in zip((servers.first, servers.second), threads, strict=True):
                await consents(play, thread)

            await servers.bridge.parts[held[0]].kill()
            for play, thread in zip((servers.first, servers.second), threads, strict=True):
                await play.stage.members["mara"].say(thread, "are you there?")
            await taken_over(servers, 0, before=1)
            for play in (servers.first, servers.second):
                await arrived(play, "hi Sam", "are you there?")
            for play, thread in zip((servers.first, servers.second), threads, strict=True):
                await play.stage.members["mara"].say(thread, "bye")
                await arrived(play, "hi Sam", "are you there?", "bye")


async def test_processes_that_are_gateways_and_workers_do_all_of_it_for_both_servers(tmp_path: Path) -> None:
    with postgres.emptied() as url:
        async with divided(tmp_path, url, CombinedProcesses) as servers:
            for play, words in ((servers.first, "hello Luna"), (servers.second, "hello Mila")):
                await conversation(servers.bridge, play, words, f"{words} too")
            said = [await asked(servers, play) for play in (servers.first, servers.second)]

            assert all(said)
            assert set((await servers.bridge.held()).values()) == set(CombinedProcesses.gateways)
