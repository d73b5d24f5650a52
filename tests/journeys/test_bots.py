"""Two bots share an installation: each has its servers, its workers, its own work."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.sandbox.discord.model import StandInApplication
from bot.sandbox.discord.standalone import BOT_RIGHTS
from bot.sandbox.play import EveningPlay
from bot.sandbox.program import BridgeInstallation, until
from bot.sandbox.stage import DemoStage, staged
from tests import postgres
from tests.bridge_cluster import GATEWAY, ONE, WEB, BridgeCluster
from tests.journeys.conftest import SPEED
from tests.journeys.second_server_fixtures import FAN, next_door, no_pause
from tests.journeys.test_processes import cluster
from tests.journeys.test_replying import PATIENCE, reply, thread_with
from tests.scenario_fixtures import in_folder

pytestmark = pytest.mark.server

STRUCK_OUT = 60.0  # seconds, in which a lease of twenty ends and what was left is looked for


class OneWorkerCluster(BridgeCluster):
    """Of the first bot."""

    names = (WEB, GATEWAY, ONE)


@dataclass
class TwoBotsScenario:
    """`first` is on Luna's server, `second` on the one of another creator, with a gateway and a worker."""

    first: EveningPlay
    second: EveningPlay
    bot: StandInApplication
    gateway: BridgeInstallation
    worker: BridgeInstallation

    @property
    def own(self) -> int:
        """The first bot's application."""
        return next(one for one in self.first.stage.discord.world.applications if one != self.bot.id)

    def authors(self, play: EveningPlay) -> set[int]:
        """Who wrote in the channels of a server."""
        world = play.stage.discord.world
        channels = [one.id for one in world.channels.values() if one.guild_id == play.stage.guild.id]
        return {said.author.id for one in channels for said in world.messages.get(one, {}).values()}

    def said(self, play: EveningPlay, words: str) -> int:
        """How often this was posted in a creator's thread."""
        thread = play.thread_of(FAN)
        assert thread is not None
        messages = play.stage.discord.world.messages[thread.id].values()
        return sum(words in message.text for message in messages)


@asynccontextmanager
async def both_at_work(
    folder: Path, bridge: type[OneWorkerCluster] = OneWorkerCluster
) -> AsyncIterator[TwoBotsScenario]:
    """Both creators are linked; the second bot came once the first one was at work."""
    with postgres.emptied() as url:
        more = {"DATABASE_URL": url, "SWEEP_SECONDS": "4", "SWEEP_SILENT_SECONDS": "4"}
        async with staged(folder, bridge, speed=SPEED, seed=7, **more) as stage:
            first = EveningPlay(stage, no_pause, lambda _words: None)
            await first.open_house()
            async with _second(stage, first) as bots:
                yield bots
            assert stage.discord.contract_errors == []
            assert stage.fanvue.contract_errors == []
            assert stage.discord.ledger.of("mentions_allowed") == []


# Two on one installation.
bots = in_folder(both_at_work)


@asynccontextmanager
async def _second(stage: DemoStage, first: EveningPlay) -> AsyncIterator[TwoBotsScenario]:
    world = stage.discord.world
    bot = world.add_application(
        1_000_000_000_000_000_002,
        "another.discord.token",
        "another-secret",
        [f"{stage.public_url}/oauth/discord/callback"],
        [],
    )
    owner = world.add_user("luna.of.the.second")
    second = next_door(stage, bot, world.add_guild("Mila's studio", owner), owner)
    changed = {
        "DISCORD_TOKEN": bot.token,
        "DISCORD_APPLICATION_ID": str(bot.id),
        "DISCORD_CLIENT_SECRET": bot.client_secret,
    }
    gateway, worker = (cluster(first).another(role, **changed) for role in ("gateway", "worker"))
    async with gateway, worker:
        play = EveningPlay(second, no_pause, lambda _words: None)
        await play.open_house()
        yield TwoBotsScenario(first, play, bot, gateway, worker)


async def conversation(processes: BridgeCluster, play: EveningPlay, asks: str, answer: str) -> None:
    """The fan's words stand in their thread, and the member's reach the fan."""
    fan = play.stage.fans[FAN]
    await fan.write(asks)
    thread = await thread_with(play, FAN, asks)
    # A line counts as read once a worker has noted that it stands there.
    await processes.settled(PATIENCE, f"{play.stage.creator.uuid}:{fan.uuid}")
    given = await reply(play, thread, text=answer)
    if "On its way" not in given.text:
        raise AssertionError(given.text)
    there = play.stage.fanvue.world
    await there.until(lambda: answer in [message.text for message in fan.inbox()], PATIENCE)
    await thread_with(play, FAN, "✓ Sent")


async def rows(bots: TwoBotsScenario, sql: str, wanted: list[tuple[object, ...]]) -> None:
    """Return once the database says this."""

    async def there() -> bool:
        return await cluster(bots.first).asked(sql) == wanted

    await until(there, STRUCK_OUT)


async def test_each_bot_posts_on_its_own_server_and_both_sets_of_replies_arrive(
    bots: TwoBotsScenario,
) -> None:
    await conversation(cluster(bots.first), bots.first, "hello Luna", "hello from Luna")
    await conversation(cluster(bots.first), bots.second, "hello Mila", "hello from Mila")
    served = await cluster(bots.first).asked("SELECT application_id FROM servers ORDER BY 1")

    own = bots.own
    await rows(
        bots,
        "SELECT name FROM kept WHERE name = 'commands' OR name LIKE 'commands %' ORDER BY name",
        [("commands",), (f"commands {bots.bot.id}",)],
    )
    await rows(
        bots,
        "SELECT name FROM bridge_shifts WHERE name LIKE 'access%' ORDER BY name",
        [(f"access {own}",), (f"access {bots.bot.id}",)],
    )
    assert bots.authors(bots.first) == {bots.first.stage.discord.world.applications[own].user.id}
    assert bots.authors(bots.second) == {bots.bot.user.id}
    assert [bots.said(bots.first, "hello Luna"), bots.said(bots.second, "hello Mila")] == [1, 1]
    for play, said in ((bots.first, "hello from Luna"), (bots.second, "hello from Mila")):
        assert [message.text for message in play.stage.fans[FAN].inbox()] == [said]
    assert served == [(own,), (bots.bot.id,)]


async def test_when_the_worker_of_one_bot_is_killed_the_other_bot_goes_on(bots: TwoBotsScenario) -> None:
    world = bots.first.stage.discord.world
    await conversation(cluster(bots.first), bots.second, "hello Mila", "hello from Mila")
    await bots.worker.kill()
    await bots.second.stage.fans[FAN].write("are you there")

    await conversation(cluster(bots.first), bots.first, "hello Luna", "hello from Luna")
    meanwhile = bots.said(bots.second, "are you there")
    await bots.worker.start()
    await world.until(lambda: bots.said(bots.second, "are you there"), STRUCK_OUT)

    assert meanwhile == 0  # nobody else may post there
    assert bots.said(bots.second, "are you there") == 1


async def test_when_the_first_bots_worker_is_killed_the_second_takes_over_what_runs_once(
    bots: TwoBotsScenario,
) -> None:
    await conversation(cluster(bots.first), bots.first, "hello Luna", "hello from Luna")
    bots.first.stage.fanvue.faults.webhooks.off = True
    await cluster(bots.first).parts[ONE].kill()
    fans = bots.first.stage.fans, bots.second.stage.fans
    await fans[0][FAN].write("found by looking, Luna")
    await fans[1][FAN].write("found by looking, Mila")

    world = bots.first.stage.discord.world
    await world.until(lambda: bots.second.thread_of(FAN), STRUCK_OUT)
    await world.until(lambda: bots.said(bots.second, "found by looking, Mila"), STRUCK_OUT)
    await cluster(bots.first).parts[ONE].start()
    await world.until(lambda: bots.said(bots.first, "found by looking, Luna"), STRUCK_OUT)

    assert bots.authors(bots.second) == {bots.bot.user.id}
    assert bots.said(bots.first, "found by looking, Luna") == 1


def comes_to_the_first_ones_server(bots: TwoBotsScenario) -> None:
    """The second bot is invited there, and from now on people choose its commands."""
    stage, world = bots.first.stage, bots.first.stage.discord.world
    world.invite_bot(stage.guild, bots.bot, BOT_RIGHTS)
    # Of two commands of one name, people here choose the one that comes first.
    world.commands = dict(sorted(world.commands.items(), key=lambda one: one[0][0] != bots.bot.id))


async def test_a_server_of_the_first_bot_is_refused_by_the_second(bots: TwoBotsScenario) -> None:
    stage = bots.first.stage
    comes_to_the_first_ones_server(bots)
    world, channels = stage.discord.world, list(stage.guild.channel_ids)

    answers = [
        await stage.owner.slash(stage.guild, stage.lobby, command) for command in ("setup", "inbox status")
    ]
    for answer in answers:
        await answer.done(PATIENCE)
    world.remove_member(stage.guild, bots.bot.user)
    await conversation(cluster(bots.first), bots.first, "still with Luna", "still here")

    assert all(f"Another bot serves this server: <@{bots.own}>." in one.text for one in answers)
    places = [one for one in stage.guild.channel_ids if world.channels[one].thread is None]
    assert places == [one for one in channels if one in places]
