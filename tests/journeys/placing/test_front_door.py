"""The whole program with two creators: who is asked, where fans go, to whom."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.components import SECTION
from bot.sandbox.discord.model import StandInChannel, StandInOverwrite, walk
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.discord.permissions import VIEW_CHANNEL
from bot.sandbox.fanvue.records import AccountRecord
from tests.features.people.account_links.conftest import signed_in
from tests.features.people.agency.agency_fixtures import connect
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


# Luna's server, on which nothing is set up yet.
house = own_house(open_house=False)


def forum(house: LiveBridge, name: str) -> StandInChannel:
    """The forum of this name."""
    world = house.stage.discord.world
    return next(
        one for one in map(world.channels.__getitem__, house.stage.guild.channel_ids) if one.name == name
    )


def mila(house: LiveBridge) -> AccountRecord:
    """Whose account Mara connects."""
    world = house.stage.fanvue.world
    known = next((one for one in world.accounts.values() if one.handle == "mila_noir"), None)
    return known or world.add_creator("mila_noir", "Mila Noir")


async def set_up(house: LiveBridge, **options: object) -> InteractionAnswer:
    """The server's owner runs /setup."""
    answer = await house.stage.owner.slash(house.stage.guild, house.stage.lobby, "setup", **options)
    return await answer.done(PATIENCE)


def faces(asked: InteractionAnswer) -> dict[str, tuple[str, bool]]:
    """Beside whose name there is a picture, what it says it is, and whether it is covered."""
    assert asked.message is not None
    sections = [one for one in walk(asked.message.components) if one["type"] == SECTION]
    beside = [(one["components"][0]["content"], one["accessory"]) for one in sections]
    return {
        text.replace("\\", "").split(",")[0]: (one["description"], one["spoiler"]) for text, one in beside
    }


async def sees(house: LiveBridge, who: DiscordPerson, name: str) -> None:
    """Return once they see this forum."""
    await house.until(lambda: who.sees(forum(house, name)))


async def test_a_name_binds_nobody_and_who_is_chosen_gets_the_forum_and_no_role_with_it(
    house: LiveBridge,
) -> None:
    stage = house.stage
    mara, kim = stage.members["mara"], next(one for name, one in stage.members.items() if name != "mara")
    await connect(house, stage.owner, stage.creator)
    await connect(house, mara, mila(house))

    stage.fanvue.world.faceless.add(mila(house).uuid)
    asked = await set_up(house, team=stage.team.id, **{"creator-name": "Mila"})
    said = plain(asked.message) if asked.message else ""
    beside = faces(asked)
    picked = await stage.owner.choose(asked.message, "Choose a creator", mila(house).uuid)
    await picked.says("They belong to @mila", PATIENCE)

    assert "For which creator?" in said
    assert beside == {"**@luna.rivers**": ("@luna.rivers on Fanvue", True)}
    assert "**@luna.rivers**, Luna Rivers" in said
    assert f"**@mila_noir**, Mila Noir, connected by <@{mara.user.id}>: it has no channels yet" in said
    assert f"<@&{stage.team.id}> has no access yet" in picked.text
    assert not kim.sees(forum(house, "mila-fans"))
    owners = house.rows("SELECT creator_uuid FROM forums")
    assert [row["creator_uuid"] for row in owners] == [mila(house).uuid]
    assert house.rows("SELECT id FROM grants") == []


async def test_each_fans_line_is_shown_only_where_their_creators_owner_said(house: LiveBridge) -> None:
    stage = house.stage
    theirs = stage.fanvue.world.add_fan("nia001", "Nia", mila(house))
    await theirs.write("for Mila alone")
    await house.shows(theirs, "for Mila alone")
    lunas = house.fan("Noah")
    await lunas.write("for Luna alone")

    said = await set_up(house, creator="@luna.rivers", team=stage.team.id)
    await house.shows(lunas, "for Luna alone")

    assert "They belong to @luna" in plain(said.message or said)  # type: ignore[arg-type]
    assert house.threads(theirs)[-1].parent_id == forum(house, "mila-fans").id
    assert house.threads(lunas)[-1].parent_id == forum(house, "luna-rivers-fans").id


async def test_the_role_that_an_owner_chose_herself_sees_her_fans_and_nobody_elses(house: LiveBridge) -> None:
    kim = next(one for name, one in house.stage.members.items() if name != "mara")

    await sees(house, kim, "luna-rivers-fans")

    assert not kim.sees(forum(house, "mila-fans"))


async def test_by_the_grant_of_her_owner_a_role_sees_the_other_one_and_by_the_revoke_no_more(
    house: LiveBridge,
) -> None:
    stage = house.stage
    mara, kim = stage.members["mara"], next(one for name, one in stage.members.items() if name != "mara")

    async def says(command: str, **options: object) -> None:
        asked = await mara.slash(stage.guild, stage.lobby, command, **options)
        await asked.done(PATIENCE)
        await (await mara.click(asked.message, "Yes, do it")).done(PATIENCE)

    await says("team grant", to=stage.team.id, role="viewer")
    await sees(house, kim, "mila-fans")
    await says("team revoke", **{"from": stage.team.id})
    await house.until(lambda: not kim.sees(forum(house, "mila-fans")))

    assert kim.sees(forum(house, "luna-rivers-fans"))


async def test_a_link_names_the_forums_that_wait_and_closes_the_one_that_is_chosen(house: LiveBridge) -> None:
    stage = house.stage
    kim = next(one for name, one in stage.members.items() if name != "mara")
    for name in ("Vera", "Zoe"):
        await set_up(house, creator="later", team=stage.team.id, **{"creator-name": name})
    waiting = forum(house, "vera-fans")
    waiting.overwrites[stage.team.id] = StandInOverwrite(
        stage.team.id, 0, VIEW_CHANNEL, 0
    )  # by hand, or long ago
    vera = stage.fanvue.world.add_creator("vera", "Vera")
    asked = await signed_in(house, vera)
    said = asked.text.replace("\\", "")
    offered = labels(asked.message)  # type: ignore[arg-type]

    pressed = await stage.owner.click(asked.message, "Yes, in #vera-fans")
    await pressed.says("is connected", PATIENCE)
    fan = stage.fanvue.world.add_fan("una001", "Una", vera)
    await fan.write("for Vera")
    await house.shows(fan, "for Vera")

    assert f"<#{waiting.id}>: everyone with the role <@&{stage.team.id}> may then read and answer" in said
    assert f"<#{forum(house, 'zoe-fans').id}>" in said
    assert offered[:3] == ["Yes, in #vera-fans", "Yes, in #zoe-fans", "Yes, in none of these"]
    assert house.threads(fan)[-1].parent_id == waiting.id
    assert kim.sees(waiting)  # by the word of this Yes
    assert not kim.sees(forum(house, "zoe-fans"))
    unbound = house.rows("SELECT name FROM forums WHERE creator_uuid IS NULL")
    assert [row["name"] for row in unbound] == ["zoe-fans"]
