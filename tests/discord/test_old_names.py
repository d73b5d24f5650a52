"""Commands answer by the names of the version before with where they are now."""

from collections.abc import AsyncIterator, Mapping

import pytest
import pytest_asyncio

from bot.discord.moved_commands import MOVED
from bot.discord.old_names import answer_to, old_words, with_old_names
from bot.sandbox.discord.client_input import NotPossible
from storage.records import DiscordId
from tests.discord.desk import MILA
from tests.discord.discord_test_server import DiscordTestServer
from tests.discord.discord_test_server import town as open_town

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def upgraded() -> AsyncIterator[DiscordTestServer]:
    """A server on which the version before has run, and whose creator Olivia has connected."""
    async with open_town() as town:
        town.bot.registration.old_names = True
        await town.bot.sync_commands(None)
        town.desk.link_up(DiscordId(town.olivia.user.id), "mila", DiscordId(town.guild.id), creator=MILA)
        yield town


def ids(town: DiscordTestServer) -> Mapping[str, str]:
    return {one["name"]: one["id"] for found in town.server.world.commands.values() for one in found}


async def test_every_old_first_word_says_where_each_of_its_commands_is_to_be_clicked(
    upgraded: DiscordTestServer,
) -> None:
    town, known = upgraded, ids(upgraded)
    words = [word for word in known if word in old_words([{"name": n.split()[0]} for n in MOVED.values()])]

    assert len(words) == 31
    for word in words:
        answer = await town.maya.slash(town.guild, town.lobby, word)
        await answer.first()
        moved = [new for old, new in MOVED.items() if old.split(maxsplit=1)[0] == word]
        assert answer.ephemeral
        assert [
            new for new in moved if f"</{new}:{known[new.split(maxsplit=1)[0]]}>" not in answer.text
        ] == [], word


@pytest.mark.parametrize("old", MOVED)
async def test_help_by_an_old_name_is_about_the_new_one(upgraded: DiscordTestServer, old: str) -> None:
    town = upgraded
    answer = await town.olivia.slash(town.guild, town.lobby, "help", command=f"/{old}")
    await answer.done()

    assert f"How to use {MOVED[old]}\n" in answer.text


async def test_a_client_that_still_shows_an_old_command_is_told_its_new_name() -> None:
    assert answer_to(["posts", "edit"], {"post": 7}) == "This command is now </post edit:7>."
    assert answer_to(["posts", "edit"], {}) == "This command is now `/post edit`."
    assert answer_to(["fan", "snooze"], {}) is None
    assert answer_to(["nothing"], {}) is None


async def test_where_only_this_version_ran_the_old_names_are_not_offered(
    upgraded: DiscordTestServer,
) -> None:
    async with open_town() as town:
        with pytest.raises(NotPossible, match="there is no command snooze"):
            await town.maya.slash(town.guild, town.lobby, "snooze")


async def test_what_is_told_stays_within_discords_hundred_commands() -> None:
    told = with_old_names([{"name": name} for name in ("fan", "money", "inbox")])

    assert len(told) < 100
    assert {len(str(one["description"])) <= 100 for one in told[3:]} == {True}
    assert next(one["description"] for one in told if one["name"] == "goal") == "➜ /money goal"
    assert next(one["description"] for one in told if one["name"] == "snooze") == "➜ /fan snooze"
