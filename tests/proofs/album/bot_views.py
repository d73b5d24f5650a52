"""Views of a server with two bots; a stage of its own, on PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.sandbox.page.live_updates import ChangeBell
from bot.sandbox.page.server import served
from bot.sandbox.page.story import EveningStory
from tests.journeys.test_bots import OneWorkerCluster, both_at_work, comes_to_the_first_ones_server
from tests.proofs.album.album_scenario import QUIETLY, AlbumScenario, AlbumView


async def bot_of_another_server(town: AlbumScenario) -> AlbumView:
    """A command of the bot that does not serve this server."""
    return await town.slash(town.luna, town.lobby, "inbox status")


VIEWS = (bot_of_another_server,)


@asynccontextmanager
async def opened(
    folder: Path, bridge: type[OneWorkerCluster] = OneWorkerCluster
) -> AsyncIterator[AlbumScenario]:
    """Luna's server, to which the bot of another one was invited, too."""
    async with both_at_work(folder, bridge) as bots:
        stage = bots.first.stage
        comes_to_the_first_ones_server(bots)
        own = stage.discord.world.applications[bots.own]
        own.user.name, bots.bot.user.name = "Bridge one", "Bridge two"
        stage.bridge.state = "running"  # it is several processes, each with a state of its own
        bell = ChangeBell()
        story = EveningStory(stage, bell.ring, pace=QUIETLY, grace=QUIETLY)
        async with served(stage, story, bell) as url:
            yield AlbumScenario(stage, url, folder / "bridge.sqlite3")
