"""/setup makes private channels, repairs them, and says what it needs."""

import json

import pytest

from bot.discord.forum_tags import TAGS
from bot.sandbox.discord.client_input import NotPossible
from bot.sandbox.discord.model import CATEGORY, FORUM, StandInChannel, StandInOverwrite
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.discord.permissions import ADMINISTRATOR, MANAGE_CHANNELS, VIEW_CHANNEL
from bot.sandbox.discord.standalone import BOT_RIGHTS
from storage.records import CreatorId, DiscordId
from tests.discord.discord_test_server import DiscordTestServer
from tests.discord.discord_test_server import town as open_town


async def _set_up(town: DiscordTestServer, **options: object) -> str:
    answer = await town.olivia.slash(town.guild, town.lobby, "setup", **options)
    await answer.done()
    assert answer.ephemeral
    return answer.text


def _channels(town: DiscordTestServer, kind: int) -> list[StandInChannel]:
    world = town.server.world
    return [world.channels[one] for one in town.guild.channel_ids if world.channels[one].type == kind]


async def test_the_first_run_makes_a_private_age_restricted_home(town: DiscordTestServer) -> None:
    text = await _set_up(town, team=town.team.id, **{"creator-name": "Mila"})

    (forum,) = _channels(town, FORUM)
    (home,) = town.desk.forums.values()
    alerts = town.server.world.channel(home.alerts)
    assert (forum.name, forum.nsfw, alerts.name, alerts.nsfw) == ("mila-fans", True, "mila-alerts", True)
    assert forum.parent_id == alerts.parent_id == home.category
    assert sorted(json.loads(home.tags)) == sorted(TAGS)
    for channel in (forum, alerts, town.server.world.channel(home.category)):
        assert not town.maya.sees(channel)  # nobody has let her role in
        assert not town.victor.sees(channel)
    assert f"<#{forum.id}>" in text
    assert "the creator runs /link" in text
    assert f"we ask the owner whether <@&{town.team.id}> may read and answer there." in text
    assert "Only administrators see the channels until then." in text


async def test_a_second_run_changes_nothing_and_says_so(town: DiscordTestServer) -> None:
    await _set_up(town, team=town.team.id)
    before = list(town.guild.channel_ids)

    text = await _set_up(town)

    assert town.guild.channel_ids == before
    assert "Everything is in order" in text
    assert len(town.desk.forums) == 1


async def test_what_was_broken_is_repaired_and_named(town: DiscordTestServer) -> None:
    await _set_up(town)
    (forum,) = _channels(town, FORUM)
    forum.nsfw = False
    forum.tags = [tag for tag in forum.tags if tag.name != "vip"]
    del forum.overwrites[town.guild.id]

    text = await _set_up(town, team=town.team.id)

    assert forum.nsfw
    assert "marked it age-restricted" in text
    assert "added the tags vip" in text
    assert not town.victor.sees(forum)


async def test_a_deleted_forum_is_made_again_and_the_old_one_forgotten(town: DiscordTestServer) -> None:
    await _set_up(town, **{"creator-name": "Mila"})
    (old,) = town.desk.forums
    await town.bot.discord.delete_thread(old)

    await _set_up(town, **{"creator-name": "Mila"})

    (new,) = town.desk.forums
    assert new != old
    assert len(_channels(town, CATEGORY)) == 1


async def test_an_answer_that_got_lost_makes_no_second_channel(town: DiscordTestServer) -> None:
    town.server.faults.lose_answer("POST", f"/guilds/{town.guild.id}/channels")

    lost = await _set_up(town)
    again = await _set_up(town)

    assert "may have arrived" in lost
    assert "Fans will write in" in again
    assert len(_channels(town, CATEGORY)) == 1
    assert len(_channels(town, FORUM)) == 1


async def test_a_chosen_category_is_used_and_left_as_it_is(town: DiscordTestServer) -> None:
    own = town.server.world.add_channel(town.guild, "Our creators", CATEGORY)

    await _set_up(town, category=own.id)

    (forum,) = _channels(town, FORUM)
    assert forum.parent_id == own.id
    assert own.overwrites == {}


async def test_two_forums_that_wait_are_two_and_which_is_meant_is_asked(town: DiscordTestServer) -> None:
    await _set_up(town, **{"creator-name": "Mila"})
    await _set_up(town, **{"creator-name": "Zoe"})

    text = await _set_up(town)

    assert sorted(forum.name for forum in _channels(town, FORUM)) == ["mila-fans", "zoe-fans"]
    assert "For which creator?" in text
    assert "No changes made yet." in text


def _linked(town: DiscordTestServer, handle: str, owner: DiscordPerson) -> CreatorId:
    """Somebody has connected a creator here."""
    guild = DiscordId(town.guild.id)
    return town.desk.link_up(DiscordId(owner.user.id), handle, guild).creator


def _lets_in(town: DiscordTestServer, channel: StandInChannel) -> list[int]:
    """The roles of the server that see a channel by its own permissions."""
    roles = set(town.guild.roles) - {town.guild.id}
    return [one.id for one in channel.overwrites.values() if one.id in roles and one.allow & VIEW_CHANNEL]


async def test_the_only_creator_who_linked_gets_the_forum_and_a_role_sees_nothing_by_manage_server_alone(
    town: DiscordTestServer,
) -> None:
    _linked(town, "mila", town.maya)

    text = await _set_up(town, team=town.team.id)

    assert "They belong to @mila" in text
    assert f"<@&{town.team.id}> has no access yet. The owner of @mila adds it" in text
    assert [_lets_in(town, one) for one in _channels(town, FORUM)] == [[]]


async def test_with_two_creators_linked_a_name_is_no_choice_and_what_is_chosen_is_done(
    town: DiscordTestServer,
) -> None:
    luna, mila = _linked(town, "luna.rivers", town.victor), _linked(town, "mila_noir", town.maya)
    asked = await town.olivia.slash(
        town.guild, town.lobby, "setup", team=town.team.id, **{"creator-name": "Mila"}
    )
    await asked.done()
    before = (asked.text, _channels(town, FORUM))
    assert asked.message is not None

    picked = await town.olivia.choose(asked.message, "Choose a creator", mila)
    await picked.says("They belong to @mila")

    said = before[0].replace("\\", "")
    for handle, owner in (("luna.rivers", town.victor), ("mila_noir", town.maya)):
        assert f"**@{handle}**" in said
        assert f"connected by <@{owner.user.id}>: it has no channels yet" in said
    assert before[1] == []
    assert {one.creator for one in town.desk.forums.values()} == {mila}
    assert luna in {one.creator for one in town.desk.links}


async def test_the_creator_that_is_named_is_meant_by_handle_or_from_the_list(town: DiscordTestServer) -> None:
    luna, mila = _linked(town, "luna", town.victor), _linked(town, "mila", town.maya)
    offered = await town.olivia.autocomplete(town.guild, town.lobby, "setup", "creator", "lu")

    by_list = await _set_up(town, creator=luna)
    by_handle = await _set_up(town, creator="@Mila")
    nobody = await _set_up(town, creator="@zoe")

    assert [one["value"] for one in offered] == [luna, "later"]
    assert "They belong to @luna" in by_list
    assert "They belong to @mila" in by_handle
    assert "No creator here has that name." in nobody
    homes = {one.creator: one.name for one in town.desk.forums.values()}
    assert homes == {luna: "fans", mila: "mila-fans"}


async def test_channels_for_somebody_who_connects_later_are_nobodys_though_others_wait(
    town: DiscordTestServer,
) -> None:
    _linked(town, "luna", town.victor)

    text = await _set_up(town, creator="later", **{"creator-name": "Mila"})

    assert "Next: the creator runs /link" in text
    assert [one.creator for one in town.desk.forums.values()] == [None]


async def test_a_deleted_forum_comes_back_to_its_creator_and_no_role_with_it(town: DiscordTestServer) -> None:
    mila = _linked(town, "mila", town.maya)
    await _set_up(town)
    _linked(town, "luna", town.victor)
    (old,) = town.desk.forums
    await town.bot.discord.delete_thread(old)

    refused = await _set_up(town, creator=mila, team=town.team.id)
    text = await _set_up(town, creator=mila)

    assert "belongs to @mila, so only the owner decides who reads it" in refused
    assert "They belong to @mila" in text
    (forum,) = _channels(town, FORUM)
    assert [(one.id, one.creator) for one in town.desk.forums.values()] == [(forum.id, mila)]
    assert _lets_in(town, forum) == []


async def test_what_is_left_of_another_creator_is_never_taken_for_left_behind(
    town: DiscordTestServer,
) -> None:
    luna = _linked(town, "luna", town.victor)
    await _set_up(town)
    mila = _linked(town, "mila", town.maya)

    await _set_up(town, creator=mila, **{"creator-name": "***"})  # which names them as Luna's are named

    homes = {one.creator: one.id for one in town.desk.forums.values()}
    assert set(homes) == {luna, mila}
    assert len({one.alerts for one in town.desk.forums.values()}) == 2


async def test_channels_that_become_a_creators_are_closed_to_whoever_was_let_in_before(
    town: DiscordTestServer,
) -> None:
    await _set_up(town)
    (forum,) = _channels(town, FORUM)
    forum.overwrites[town.team.id] = StandInOverwrite(town.team.id, 0, VIEW_CHANNEL, 0)
    forum.overwrites[town.victor.user.id] = StandInOverwrite(town.victor.user.id, 1, VIEW_CHANNEL, 0)
    mila = _linked(town, "mila", town.maya)

    text = await _set_up(town, creator=mila)

    assert "removed 2 who were added without the owner's consent" in text
    assert not town.victor.sees(forum)
    assert _lets_in(town, forum) == []


async def test_a_question_is_answered_once(town: DiscordTestServer) -> None:
    _linked(town, "luna", town.victor)
    mila = _linked(town, "mila", town.maya)
    asked = await town.olivia.slash(town.guild, town.lobby, "setup")
    await asked.done()
    assert asked.message is not None
    again = dict(town.desk.which)
    await (await town.olivia.choose(asked.message, "Choose a creator", mila)).says("They belong to")

    assert again
    assert town.desk.which == {}


async def test_a_bot_without_rights_says_which_and_touches_nothing() -> None:
    async with open_town(BOT_RIGHTS & ~MANAGE_CHANNELS) as town:
        text = await _set_up(town)

        assert "The bot still needs: Manage Channels." in text
        assert _channels(town, FORUM) == []


async def test_an_administrator_bot_needs_no_list_of_rights() -> None:
    async with open_town(ADMINISTRATOR) as town:
        assert "Made the forum" in await _set_up(town)


async def test_only_who_manages_the_server_may_run_it(town: DiscordTestServer) -> None:
    with pytest.raises(NotPossible):
        await town.maya.slash(town.guild, town.lobby, "setup")


async def test_a_server_that_opened_setup_to_everybody_is_still_checked(town: DiscordTestServer) -> None:
    # Admins can override the default permission of a command per server, so the bot looks by itself.
    for command in town.bot.tree.get_commands():
        command.default_permissions = None
    await town.bot.sync_commands(None)

    answer = await town.maya.slash(town.guild, town.lobby, "setup")

    await answer.says("Manage Server")
    assert _channels(town, FORUM) == []
    assert await town.maya.autocomplete(town.guild, town.lobby, "setup", "creator", "") == []


async def test_everyone_is_not_a_team(town: DiscordTestServer) -> None:
    assert "@everyone is not a team" in await _set_up(town, team=town.guild.id)


async def test_where_the_category_has_no_room_left_the_next_creator_gets_another_one(
    town: DiscordTestServer,
) -> None:
    await _set_up(town, **{"creator-name": "Mila"})
    (first,) = _channels(town, CATEGORY)
    for number in range(47):  # with the two that are there: room for one more, and two are needed
        town.server.world.add_channel(town.guild, f"room-{number}", parent_id=first.id)

    await _set_up(town, **{"creator-name": "Nora"})
    await _set_up(town, **{"creator-name": "Olga"})
    said = await _set_up(town, **{"creator-name": "Nora"})

    homes = {forum.name: forum.parent_id for forum in _channels(town, FORUM)}
    second = next(one for one in _channels(town, CATEGORY) if one.id != first.id)
    assert (first.name, second.name) == ("Fanvue", "Fanvue 2")
    assert homes == {"mila-fans": first.id, "nora-fans": second.id, "olga-fans": second.id}
    assert "Everything is in order" in said


async def test_a_setup_that_was_interrupted_goes_on_in_its_category_though_that_is_full_now(
    town: DiscordTestServer,
) -> None:
    await _set_up(town, **{"creator-name": "Mila"})
    (first,) = _channels(town, CATEGORY)
    for number in range(46):
        town.server.world.add_channel(town.guild, f"room-{number}", parent_id=first.id)
    town.server.faults.lose_answer("POST", r"/guilds/\d+/channels$")

    await _set_up(town, **{"creator-name": "Nora"})
    await _set_up(town, **{"creator-name": "Nora"})

    assert [one.name for one in _channels(town, CATEGORY)] == ["Fanvue"]
    assert sorted(one.name for one in _channels(town, FORUM)) == ["mila-fans", "nora-fans"]


async def test_on_a_server_of_another_bot_every_command_says_whose_it_is_and_nothing_is_made(
    town: DiscordTestServer,
) -> None:
    before, said = list(town.guild.channel_ids), "Another bot serves this server: <@5>."
    town.desk.elsewhere[DiscordId(town.guild.id)] = said

    texts = [await _set_up(town)]
    answer = await town.olivia.slash(town.guild, town.lobby, "inbox status")
    await answer.done()

    assert [*texts, answer.text] == [said, said]
    assert answer.ephemeral
    assert town.guild.channel_ids == before
    assert town.desk.forums == {}


async def test_a_server_that_another_bot_has_just_taken_is_not_set_up(town: DiscordTestServer) -> None:
    before, said = list(town.guild.channel_ids), "Another bot serves this server: <@5>."
    town.desk.claimed[DiscordId(town.guild.id)] = said

    assert await _set_up(town) == said
    assert town.guild.channel_ids == before
