"""What Discord tells between the commands reaches the desk as hints."""

from contextlib import suppress

import pytest

from bot.discord.fan_cards import FanCards
from bot.discord.gateway_events import GatewayEventBot
from bot.model.errors import DeliveryFailed, DeliveryUnknown
from bot.model.ports import Post
from bot.sandbox.discord import channels
from bot.sandbox.discord.model import FORUM, StandInTag
from storage.records import DiscordId
from tests.discord.discord_test_server import DiscordTestServer


async def test_a_changed_channel_and_new_roles_of_the_bot_are_a_hint_for_the_server(
    town: DiscordTestServer,
) -> None:
    assert town.bot.user is not None
    me = town.server.world.users[town.bot.user.id]
    for change in (
        lambda: channels.changed(town.server.world, town.lobby, town.guild.owner_id),
        lambda: town.server.world.set_roles(town.guild, me, [town.team]),
        lambda: town.server.world.add_channel(town.guild, "more"),
    ):
        town.desk.noticed.clear()

        change()

        await town.desk.until_noticed("changed", town.guild.id)


async def test_a_changed_and_a_deleted_thread_are_a_hint_for_the_server(town: DiscordTestServer) -> None:
    forum = town.server.world.add_channel(town.guild, "fans", FORUM)
    card = Post(title="Nora", body=("A fan.",), accent=1)
    opened = await town.bot.discord.open_thread(DiscordId(forum.id), name="Nora", card=card, tags=[])
    thread = DiscordId(opened.thread)

    town.desk.noticed.clear()
    await town.bot.direct.call("PATCH", f"/channels/{thread}", {"archived": True})
    await town.desk.until_noticed("changed", town.guild.id)
    town.desk.noticed.clear()
    await town.bot.discord.delete_thread(thread)
    await town.desk.until_noticed("changed", town.guild.id)


async def a_thread(town: DiscordTestServer, tag: int) -> DiscordId:
    """A fan's thread in a forum with this tag."""
    forum = town.server.world.add_channel(town.guild, "fans", FORUM)
    forum.tags.append(StandInTag(tag, "waiting"))
    card = Post(title="Nora", body=("A fan.",), accent=1)
    opened = await town.bot.discord.open_thread(DiscordId(forum.id), name="Nora", card=card, tags=[])
    town.desk.noticed.clear()
    return DiscordId(opened.thread)


def fan_cards(town: DiscordTestServer) -> FanCards:
    """Whoever tags threads for the bot."""
    return FanCards(town.bot.direct, town.bot.discord.own, town.bot.discord.waking)


async def test_tags_that_the_bot_gives_itself_are_no_hint(town: DiscordTestServer) -> None:
    """Each would have everything tried again that waits there for a person."""
    tag = town.server.world.snowflakes.new()
    thread = await a_thread(town, tag)

    cards = fan_cards(town)
    assert await cards.tag(thread, [tag], wake=True)
    await town.bot.discord.delete_message(thread, thread)  # its card: told of after the tags
    await town.desk.until_noticed("deleted", thread)

    assert ("changed", town.guild.id) not in town.desk.noticed


@pytest.mark.parametrize("code", [50013, 10003, 50035, 50083])
async def test_after_a_change_that_discord_refused_the_next_one_is_somebody_elses(
    town: DiscordTestServer, code: int
) -> None:
    tag = town.server.world.snowflakes.new()
    thread = await a_thread(town, tag)
    town.server.faults.refuse("PATCH", rf"/channels/{thread}$", code)
    with suppress(DeliveryFailed):
        await fan_cards(town).tag(thread, [tag], wake=False)

    await town.bot.direct.call("PATCH", f"/channels/{thread}", {"archived": True})

    await town.desk.until_noticed("changed", town.guild.id)


async def test_a_change_of_unknown_fate_is_the_bots_own(town: DiscordTestServer) -> None:
    tag = town.server.world.snowflakes.new()
    thread = await a_thread(town, tag)
    town.server.faults.lose_answer("PATCH", rf"/channels/{thread}$")

    with pytest.raises(DeliveryUnknown):
        await fan_cards(town).tag(thread, [tag], wake=False)
    await town.bot.discord.delete_message(thread, thread)
    await town.desk.until_noticed("deleted", thread)

    assert ("changed", town.guild.id) not in town.desk.noticed


async def test_a_thread_that_the_bot_wakes_for_an_edit_and_lets_rest_again_is_no_hint(
    town: DiscordTestServer,
) -> None:
    thread = await a_thread(town, town.server.world.snowflakes.new())
    await town.bot.direct.call("PATCH", f"/channels/{thread}", {"archived": True})
    await town.desk.until_noticed("changed", town.guild.id)
    town.desk.noticed.clear()

    await town.bot.discord.edit(thread, thread, Post(body=("Hello.",), accent=1))
    await town.bot.discord.delete_message(thread, thread)
    await town.desk.until_noticed("deleted", thread)
    await town.bot.discord.rest(thread)
    posted = await town.bot.discord.post(DiscordId(town.lobby.id), Post(body=("Done.",)), nonce="n-1")
    await town.desk.until_noticed("posted", posted)

    assert ("changed", town.guild.id) not in town.desk.noticed


async def test_a_post_of_the_bots_own_is_told_and_what_people_say_is_not(town: DiscordTestServer) -> None:
    said = await town.maya.say(town.lobby, "hello")

    made = await town.bot.discord.post(DiscordId(town.lobby.id), Post(body=("hi",)), nonce="n" * 22)
    await town.desk.until_noticed("posted", made)

    assert ("posted", said.id) not in town.desk.noticed


async def test_a_deleted_message_is_told_once(town: DiscordTestServer) -> None:
    made = await town.bot.discord.post(DiscordId(town.lobby.id), Post(body=("hi",)), nonce="n" * 22)

    await town.bot.discord.delete_message(DiscordId(town.lobby.id), made)
    await town.desk.until_noticed("deleted", made)
    await town.bot.discord.delete_message(DiscordId(town.lobby.id), made)

    assert town.desk.noticed.count(("deleted", made)) == 1


def test_every_event_that_may_help_is_listened_to() -> None:
    wanted = {"guild_available", "guild_join", "guild_role_update", "raw_bulk_message_delete"}

    assert [event for event in sorted(wanted) if not hasattr(GatewayEventBot, f"on_{event}")] == []


async def test_it_is_told_when_the_bot_is_removed_from_a_server(town: DiscordTestServer) -> None:
    assert town.bot.user is not None

    town.server.world.remove_member(town.guild, town.server.world.users[town.bot.user.id])

    await town.desk.until_noticed("removed", town.guild.id)
