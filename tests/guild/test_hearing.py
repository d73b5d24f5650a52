"""What Discord tells between the commands reaches the desk as hints."""

from bot.guild.hearing import Hearing
from bot.relay.ports import Post
from bot.sandbox.discord import channels
from bot.sandbox.discord.model import FORUM
from storage.records import DiscordId
from tests.guild.town import Town


async def test_a_changed_channel_and_new_roles_of_the_bot_are_a_hint_for_the_server(town: Town) -> None:
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


async def test_a_changed_and_a_deleted_thread_are_a_hint_for_the_server(town: Town) -> None:
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


async def test_a_post_of_the_bots_own_is_told_and_what_people_say_is_not(town: Town) -> None:
    said = await town.maya.say(town.lobby, "hello")

    made = await town.bot.discord.post(DiscordId(town.lobby.id), Post(body=("hi",)), nonce="n" * 22)
    await town.desk.until_noticed("posted", made)

    assert ("posted", said.id) not in town.desk.noticed


async def test_a_deleted_message_is_told_once(town: Town) -> None:
    made = await town.bot.discord.post(DiscordId(town.lobby.id), Post(body=("hi",)), nonce="n" * 22)

    await town.bot.discord.delete_message(DiscordId(town.lobby.id), made)
    await town.desk.until_noticed("deleted", made)
    await town.bot.discord.delete_message(DiscordId(town.lobby.id), made)

    assert town.desk.noticed.count(("deleted", made)) == 1


def test_every_event_that_may_help_is_listened_to() -> None:
    wanted = {"guild_available", "guild_join", "guild_role_update", "raw_bulk_message_delete"}

    assert [event for event in sorted(wanted) if not hasattr(Hearing, f"on_{event}")] == []


async def test_it_is_told_when_the_bot_is_removed_from_a_server(town: Town) -> None:
    assert town.bot.user is not None

    town.server.world.remove_member(town.guild, town.server.world.users[town.bot.user.id])

    await town.desk.until_noticed("removed", town.guild.id)
