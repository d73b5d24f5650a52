"""Putting a thread to rest on a Discord that refuses to change what is archived."""

from bot.discord.thread_removal import DiscordThreadRemover
from tests.discord.discord_test_server import DiscordTestServer
from tests.discord.test_threads import _forum, _now, _open


async def test_a_thread_that_rests_already_is_left_as_it_is(town: DiscordTestServer) -> None:
    thread = (await _open(town, _forum(town))).thread
    discord = town.bot.discord
    assert isinstance(discord, DiscordThreadRemover)

    await discord.rest(thread)
    await discord.rest(thread)

    seen = await discord.look(thread)
    assert seen.archived
    assert seen.last <= _now(town)
