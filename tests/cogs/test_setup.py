"""/setup makes private channels, repairs them, and says what it needs."""

import json

import pytest

from bot.guild.layout import TAGS
from bot.sandbox.discord.asking import NotPossible
from bot.sandbox.discord.model import CATEGORY, FORUM, Channel
from bot.sandbox.discord.permissions import ADMINISTRATOR, MANAGE_CHANNELS
from bot.sandbox.discord.standalone import BOT_RIGHTS
from storage.records import DiscordId
from tests.guild.town import Town
from tests.guild.town import town as open_town


async def _set_up(town: Town, **options: object) -> str:
    answer = await town.olivia.slash(town.guild, town.lobby, "setup", **options)
    await answer.done()
    assert answer.ephemeral
    return answer.text


def _channels(town: Town, kind: int) -> list[Channel]:
    world = town.server.world
    return [world.channels[one] for one in town.guild.channel_ids if world.channels[one].type == kind]


async def test_the_first_run_makes_a_private_age_restricted_home(town: Town) -> None:
    text = await _set_up(town, team=town.team.id, **{"creator-name": "Mila"})

    (forum,) = _channels(town, FORUM)
    (home,) = town.desk.forums.values()
    alerts = town.server.world.channel(home.alerts)
    assert (forum.name, forum.nsfw, alerts.name, alerts.nsfw) == ("mila-fans", True, "mila-alerts", True)
    assert forum.parent_id == alerts.parent_id == home.category
    assert sorted(json.loads(home.tags)) == sorted(TAGS)
    for channel in (forum, alerts):
        assert town.maya.sees(channel)
        assert not town.victor.sees(channel)
    assert f"<#{forum.id}>" in text
    assert "the creator runs /link" in text


async def test_a_second_run_changes_nothing_and_says_so(town: Town) -> None:
    await _set_up(town, team=town.team.id)
    before = list(town.guild.channel_ids)

    text = await _set_up(town)

    assert town.guild.channel_ids == before
    assert "Everything is in order" in text
    assert len(town.desk.forums) == 1


async def test_what_was_broken_is_repaired_and_named(town: Town) -> None:
    await _set_up(town)
    (forum,) = _channels(town, FORUM)
    forum.nsfw = False
    forum.tags = [tag for tag in forum.tags if tag.name != "vip"]
    del forum.overwrites[town.guild.id]

    text = await _set_up(town, team=town.team.id)

    assert forum.nsfw
    assert "marked it age-restricted" in text
    assert "added the tags vip" in text
    assert town.maya.sees(forum)
    assert not town.victor.sees(forum)


async def test_a_deleted_forum_is_made_again_and_the_old_one_forgotten(town: Town) -> None:
    await _set_up(town, **{"creator-name": "Mila"})
    (old,) = town.desk.forums
    await town.bot.discord.delete_thread(old)

    await _set_up(town, **{"creator-name": "Mila"})

    (new,) = town.desk.forums
    assert new != old
    assert len(_channels(town, CATEGORY)) == 1


async def test_an_answer_that_got_lost_makes_no_second_channel(town: Town) -> None:
    town.server.faults.lose_answer("POST", f"/guilds/{town.guild.id}/channels")

    lost = await _set_up(town)
    again = await _set_up(town)

    assert "may have arrived" in lost
    assert "Fans will write in" in again
    assert len(_channels(town, CATEGORY)) == 1
    assert len(_channels(town, FORUM)) == 1


async def test_a_chosen_category_is_used_and_left_as_it_is(town: Town) -> None:
    own = town.server.world.add_channel(town.guild, "Our creators", CATEGORY)

    await _set_up(town, category=own.id)

    (forum,) = _channels(town, FORUM)
    assert forum.parent_id == own.id
    assert own.overwrites == {}


async def test_two_creators_get_two_forums_and_then_a_name_is_needed(town: Town) -> None:
    await _set_up(town, **{"creator-name": "Mila"})
    await _set_up(town, **{"creator-name": "Zoe"})

    text = await _set_up(town)

    assert sorted(forum.name for forum in _channels(town, FORUM)) == ["mila-fans", "zoe-fans"]
    assert "Run /setup again with creator-name" in text


async def test_a_creator_who_linked_before_gets_the_forum_at_once(town: Town) -> None:
    town.desk.link_up(DiscordId(town.maya.user.id), "mila", DiscordId(town.guild.id))

    text = await _set_up(town, team=town.team.id)

    assert "They belong to @mila" in text


async def test_a_bot_without_rights_says_which_and_touches_nothing() -> None:
    async with open_town(BOT_RIGHTS & ~MANAGE_CHANNELS) as town:
        text = await _set_up(town)

        assert "The bot still needs: Manage Channels." in text
        assert _channels(town, FORUM) == []


async def test_an_administrator_bot_needs_no_list_of_rights() -> None:
    async with open_town(ADMINISTRATOR) as town:
        assert "Made the forum" in await _set_up(town)


async def test_only_who_manages_the_server_may_run_it(town: Town) -> None:
    with pytest.raises(NotPossible):
        await town.maya.slash(town.guild, town.lobby, "setup")


async def test_a_server_that_opened_setup_to_everybody_is_still_checked(town: Town) -> None:
    # Admins can override the default permission of a command per server, so the bot looks by itself.
    for command in town.bot.tree.get_commands():
        command.default_permissions = None
    await town.bot.sync_commands(None)

    answer = await town.maya.slash(town.guild, town.lobby, "setup")

    await answer.says("Manage Server")
    assert _channels(town, FORUM) == []


async def test_everyone_is_not_a_team(town: Town) -> None:
    assert "@everyone is not a team" in await _set_up(town, team=town.guild.id)


async def test_where_the_category_has_no_room_left_the_next_creator_gets_another_one(town: Town) -> None:
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
    town: Town,
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
    town: Town,
) -> None:
    before, said = list(town.guild.channel_ids), "Another bot serves this server: <@5>."
    town.desk.elsewhere[DiscordId(town.guild.id)] = said

    texts = [await _set_up(town)]
    answer = await town.olivia.slash(town.guild, town.lobby, "status")
    await answer.done()

    assert [*texts, answer.text] == [said, said]
    assert answer.ephemeral
    assert town.guild.channel_ids == before
    assert town.desk.forums == {}


async def test_a_server_that_another_bot_has_just_taken_is_not_set_up(town: Town) -> None:
    before, said = list(town.guild.channel_ids), "Another bot serves this server: <@5>."
    town.desk.claimed[DiscordId(town.guild.id)] = said

    assert await _set_up(town) == said
    assert town.guild.channel_ids == before
