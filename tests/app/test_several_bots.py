"""A start with another bot's token, or at its servers, takes nothing over unasked."""

import asyncio
from base64 import b64encode
from functools import partial
from pathlib import Path

import pytest

from bot.app.program import built
from bot.sandbox.discord.server import DiscordServer
from bot.sandbox.discord.standalone import APPLICATION_ID, TOKEN, furnish
from bot.settings.loader import load
from bot.settings.model import Settings
from storage.engine import guild_assignments
from storage.engine.connect import open_database
from storage.errors import SeveralBots
from storage.records import DiscordId
from tests.cli.test_cli import WRONG_SETTING, call
from tests.database_place import with_schema
from tests.settings.test_settings import WHOLE
from tests.storage.record_fixtures import GUILD, OTHER_GUILD

HERE, THERE = int(WHOLE["DISCORD_APPLICATION_ID"]), 72


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Whole settings, with a database of this test's own."""
    return WHOLE | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/bridge.sqlite3",
        "STATE_DIR": str(tmp_path),
    }


async def owned(settings: Settings, bots: dict[DiscordId, int]) -> None:
    """These servers are these bots', whose first one is the other bot."""
    database = await open_database(with_schema(settings.database_url), now=1)
    await database.write(lambda tx: guild_assignments.begin(tx, THERE, alone=False, now=1))
    for guild, bot in bots.items():
        await database.write(partial(guild_assignments.claim, guild=guild, application=bot, now=1))
    await database.close()


async def owners(settings: Settings) -> dict[DiscordId, int]:
    """Whose each server is."""
    database = await open_database(settings.database_url, now=1)
    found = await database.read(guild_assignments.every)
    await database.close()
    return found


def test_where_several_bots_have_servers_it_ends_as_with_a_wrong_setting_and_says_what_to_start(
    environ: dict[str, str], tmp_path: Path
) -> None:
    asyncio.run(owned(load(environ), {GUILD: HERE, OTHER_GUILD: THERE}))

    done = call("run", cwd=tmp_path, **environ)

    assert done.returncode == 78
    assert "Start a process with --role for each of them" in done.stderr.splitlines()[-1]


def test_another_bots_servers_are_asked_for_and_stay_as_they_are(
    environ: dict[str, str], tmp_path: Path
) -> None:
    settings = load(environ)
    asyncio.run(owned(settings, {GUILD: THERE, OTHER_GUILD: THERE}))

    done = call("run", cwd=tmp_path, **environ)

    said = done.stderr.splitlines()[-1]
    assert done.returncode == 78
    assert f"belong to application {THERE}, and DISCORD_APPLICATION_ID is {HERE}" in said
    assert said.rstrip('"}').endswith(f"fanvue-bridge run --take-over-from {THERE}")
    assert asyncio.run(owners(settings)) == {GUILD: THERE, OTHER_GUILD: THERE}


async def test_only_the_bot_that_was_named_is_taken_over_from_and_that_is_said_once(
    environ: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    settings = load(environ)
    await owned(settings, {GUILD: THERE, OTHER_GUILD: THERE})

    with pytest.raises(SeveralBots):
        async with built(settings, replaces=THERE + 1):
            pass
    for _ in range(2):
        async with built(settings, replaces=THERE):
            pass

    (said,) = [record.getMessage() for record in caplog.records if record.name == "bot.engine.guild_routing"]
    assert said == (
        f"As --take-over-from says, application {HERE} has the servers of application {THERE} from now on: 2."
    )
    assert await owners(settings) == {GUILD: HERE, OTHER_GUILD: HERE}


async def test_whoever_has_all_servers_anyway_says_nothing(
    environ: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    settings = load(environ)
    await owned(settings, {GUILD: HERE})

    async with built(settings):
        pass

    assert [record for record in caplog.records if record.name == "bot.engine.guild_routing"] == []


async def test_another_applications_token_ends_the_start_before_anything_and_else_as_it_signs_in(
    environ: dict[str, str], tmp_path: Path
) -> None:
    async with DiscordServer() as discord:
        furnish(discord.world)
        wrong = environ | {
            "DISCORD_TOKEN": TOKEN,
            "DISCORD_API_URL": discord.api_url,
            "DISCORD_GATEWAY_URL": discord.gateway_url,
            "LISTEN": "127.0.0.1:0",
            "ADMIN_LISTEN": "127.0.0.1:0",
        }
        at_once = await asyncio.to_thread(partial(call, "run", cwd=tmp_path, **wrong))
        left = list(tmp_path.iterdir())  # noqa: ASYNC240 - nothing else runs
        discord.faults.fail("GET", "/applications/@me$", status=500)  # the first question only
        later = await asyncio.to_thread(partial(call, "run", cwd=tmp_path, **wrong))

    said = f"DISCORD_APPLICATION_ID is {HERE}, but DISCORD_TOKEN belongs to application {APPLICATION_ID}. "
    assert (at_once.returncode, at_once.stderr.count("\n"), left) == (78, 1, [])
    assert said in at_once.stderr
    assert later.returncode == 78
    assert said in later.stderr.splitlines()[-1]
    assert TOKEN not in at_once.stderr + later.stderr


async def test_a_token_that_names_thousands_of_digits_is_asked_about_at_discord(
    environ: dict[str, str], tmp_path: Path
) -> None:
    token = f"{b64encode(b'9' * 5_000).decode()}.a-discord-token"
    async with DiscordServer() as discord:
        wrong = environ | {"DISCORD_TOKEN": token, "DISCORD_API_URL": discord.api_url}
        wrong |= {
            "DISCORD_GATEWAY_URL": discord.gateway_url,
            "LISTEN": "127.0.0.1:0",
            "ADMIN_LISTEN": "127.0.0.1:0",
        }
        done = await asyncio.to_thread(partial(call, "run", cwd=tmp_path, **wrong))

    assert done.returncode == WRONG_SETTING
    assert "Traceback" not in done.stderr
    assert token not in done.stderr


def test_taking_over_is_for_one_process_alone(tmp_path: Path) -> None:
    done = call("run", "--role", "web", "--take-over-from", "72", cwd=tmp_path)

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "leave --role away" in done.stderr
