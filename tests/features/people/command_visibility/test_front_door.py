"""The whole program: commands are hidden from others, and from nobody in the team."""

import pytest

from bot.discord.command_roots import TEAM_MARK
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.discord.standalone import APPLICATION_ID
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")


house = own_house()


def stranger(house: LiveBridge, name: str) -> DiscordPerson:
    """Somebody on the server who is in no team."""
    world = house.stage.discord.world
    user = world.add_user(name)
    world.add_member(house.stage.guild, user)
    return house.stage.discord.person(user.id)


def offered(house: LiveBridge, who: DiscordPerson) -> set[str]:
    """First words."""
    return {str(one["name"]) for one in who.commands(house.stage.lobby)}


def to_team(house: LiveBridge) -> bool:
    """Whether Discord was told to offer most commands to the team alone."""
    told = house.stage.discord.world.commands[APPLICATION_ID, None]
    return any(one["default_member_permissions"] == str(TEAM_MARK.value) for one in told)


async def grant(house: LiveBridge, who: DiscordPerson) -> None:
    """The owner lets a member in by name."""
    stage = house.stage
    asked = await stage.owner.slash(stage.guild, stage.lobby, "team grant", to=who.user.id, role="viewer")
    shown = (await asked.done(PATIENCE)).message
    assert shown is not None
    await (await stage.owner.click(shown, "Yes, do it")).done(PATIENCE)


async def test_as_long_as_somebody_lacks_the_mark_everybody_is_offered_the_commands(
    house: LiveBridge,
) -> None:
    victor = stranger(house, "victor")

    assert not to_team(house)
    assert {"fan", "reply", "help", "link"} <= offered(house, victor)


async def test_once_all_have_it_others_are_offered_two_and_a_new_member_is_never_left_out(
    house: LiveBridge,
) -> None:
    stage, vera, nina = house.stage, stranger(house, "vera"), stranger(house, "nina")
    stage.team.permissions |= TEAM_MARK.value
    await grant(house, stage.members["mara"])  # a team that changed is looked at at once
    await house.until(lambda: to_team(house))

    assert offered(house, vera) == {"help", "link"}
    assert {"fan", "reply", "inbox", "home"} <= offered(house, stage.members["mara"])
    assert "setup" in offered(house, stage.owner)

    await grant(house, nina)  # she has no role
    await house.until(lambda: not to_team(house))

    assert {"fan", "reply"} <= offered(house, nina)


async def test_setup_gives_the_team_its_mark_and_says_who_lacks_it(house: LiveBridge) -> None:
    stage = house.stage
    stage.team.permissions &= ~TEAM_MARK.value
    bot = next(role for role in stage.guild.roles.values() if role.managed_by == APPLICATION_ID)
    without = await stage.owner.slash(stage.guild, stage.lobby, "setup", team=stage.team.id)
    refused = (await without.done(PATIENCE)).text
    bot.permissions |= TEAM_MARK.value
    again = await stage.owner.slash(stage.guild, stage.lobby, "setup", team=stage.team.id)
    answer = (await again.done(PATIENCE)).text

    assert f"<@&{stage.team.id}>" in refused.rpartition("Everyone on this server")[2]
    assert stage.team.permissions & TEAM_MARK.value
    assert f"<@&{stage.team.id}>" not in answer.rpartition("Everyone on this server")[2]
