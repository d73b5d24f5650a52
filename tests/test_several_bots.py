"""A process without --role at the database of another bot, or of several."""

import asyncio
from functools import partial
from pathlib import Path

import pytest

from bot.app import built
from bot.config import Settings
from bot.config_reading import load
from storage import servers
from storage.connect import open_database
from storage.records import DiscordId
from tests.storage.make import GUILD, OTHER_GUILD
from tests.test_cli import call
from tests.test_config import WHOLE

HERE, THERE = int(WHOLE["DISCORD_APPLICATION_ID"]), 72


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Whole settings, with a database of this test's own."""
    return WHOLE | {"DATABASE_URL": f"sqlite:///{tmp_path}/bridge.sqlite3", "STATE_DIR": str(tmp_path)}


async def owned(settings: Settings, bots: dict[DiscordId, int]) -> None:
    """These servers are these bots', whose first one is the other bot."""
    database = await open_database(settings.database_url, now=1)
    await database.write(lambda tx: servers.begin(tx, THERE, alone=False, now=1))
    for guild, bot in bots.items():
        await database.write(partial(servers.claim, guild=guild, application=bot, now=1))
    await database.close()


def test_where_several_bots_have_servers_it_ends_as_with_a_wrong_setting_and_says_what_to_start(
    environ: dict[str, str], tmp_path: Path
) -> None:
    asyncio.run(owned(load(environ), {GUILD: HERE, OTHER_GUILD: THERE}))

    done = call("run", cwd=tmp_path, **environ)

    assert done.returncode == 78
    assert "Start a process with --role for each of them" in done.stderr.splitlines()[-1]


async def test_whoever_takes_another_bots_servers_over_says_so_once(
    environ: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    settings = load(environ)
    await owned(settings, {GUILD: THERE, OTHER_GUILD: THERE})

    for _ in range(2):
        async with built(settings):
            pass

    (said,) = [record.getMessage() for record in caplog.records if record.name == "bot.relay.serving"]
    assert said == (
        f"This process works alone, so its bot (application {HERE}) takes over all servers of this "
        f"database, 2 of them, which were another bot's (application {THERE})."
    )


async def test_whoever_has_all_servers_anyway_says_nothing(
    environ: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    settings = load(environ)
    await owned(settings, {GUILD: HERE})

    async with built(settings):
        pass

    assert [record for record in caplog.records if record.name == "bot.relay.serving"] == []
