"""The whole program: a chatter is removed, and in a minute nothing is open."""

import logging
import time

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel
from tests.house_fixtures import own_house
from tests.proofs.faults.channel_fixtures import the_forum
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")
log = logging.getLogger(__name__)
DENIED = "You don't have access to this here."


house = own_house()


async def remove(house: LiveBridge, name: str, *, by: str = "") -> InteractionAnswer:
    """Luna, or a member, uses /team remove."""
    stage = house.stage
    person = stage.members[by] if by else stage.owner
    member = stage.members[name].user.id
    answer = await person.slash(stage.guild, stage.lobby, "team remove", member=member)
    await answer.done(PATIENCE)
    assert answer.ephemeral
    return answer


async def test_within_a_minute_nothing_is_open_to_whoever_was_removed(house: LiveBridge) -> None:
    stage, fan = house.stage, house.fan("Nino")
    mara, forum = stage.members["mara"], the_forum(house)
    thread = await house.greeted(fan)
    await house.reply(thread, text="an earlier one")
    await house.shows(fan, "✓ Sent")
    await stage.fanvue.refuse()
    await house.reply(thread, text="still waiting")
    await house.shows(fan, "Queued. ")
    assert mara.sees(forum)

    question = await remove(house, "mara")
    assert question.message is not None
    before = time.monotonic()
    await stage.owner.click(question.message, "Remove them")
    await house.until(lambda: "3 of 3 channels are closed" in question.text)
    seconds = time.monotonic() - before
    log.info("everything was closed after %.2f s", seconds)
    await stage.fanvue.accept()
    await house.shows(fan, "was removed from the team")

    assert seconds < 60
    assert not mara.sees(forum)
    assert not any(mara.sees(channel) for channel in _alerts(house))
    assert "replied 2" in question.text
    assert "1 message not started yet discarded" in question.text
    assert [message.text for message in fan.inbox()] == ["an earlier one"]


async def test_their_commands_deny_at_once_and_the_others_work_on(house: LiveBridge) -> None:
    fan = house.fan("Lia")
    thread = await house.greeted(fan)
    stage = house.stage

    answer = await stage.members["mara"].slash(stage.guild, stage.lobby, "inbox problems")
    await answer.done(PATIENCE)
    other = next(name for name in stage.members if name != "mara")
    await house.reply(thread, by=other, text="from a colleague")
    await house.shows(fan, "✓ Sent")

    assert answer.text.startswith(DENIED)
    assert [message.text for message in fan.inbox()] == ["from a colleague"]


async def test_only_who_manages_the_team_removes_and_nobody_removes_the_owner(house: LiveBridge) -> None:
    other = next(name for name in house.stage.members if name != "mara")

    denied = await remove(house, "mara", by=other)
    luna = house.stage.owner.user.id
    answer = await house.stage.owner.slash(house.stage.guild, house.stage.lobby, "team remove", member=luna)
    await answer.done(PATIENCE)

    assert denied.text.startswith(DENIED)
    assert answer.text.startswith(
        "The owner of a creator's account can't be removed: only they can disconnect it, with /account unlink"
    )


async def test_killed_right_after_the_press_it_is_finished_by_the_next_process(house: LiveBridge) -> None:
    stage, forum = house.stage, the_forum(house)
    world = stage.discord.world
    user = world.add_user("newcomer")
    world.add_member(stage.guild, user, [stage.team])
    newcomer = stage.discord.person(user.id)
    assert newcomer.sees(forum)
    question = await stage.owner.slash(stage.guild, stage.lobby, "team remove", member=user.id)
    await question.done(PATIENCE)
    assert question.message is not None
    noted = "SELECT 1 FROM barred WHERE member_id = ?"

    await stage.owner.click(question.message, "Remove them")
    await house.stored(lambda: bool(house.rows(noted, user.id)))
    await stage.bridge.kill()
    await stage.bridge.start()
    await house.until(lambda: not newcomer.sees(forum))
    answer = await newcomer.slash(stage.guild, stage.lobby, "inbox problems")
    await answer.done(PATIENCE)

    assert answer.text.startswith(DENIED)


async def test_an_administrator_is_named_as_one_whom_discord_shows_everything(house: LiveBridge) -> None:
    stage = house.stage
    world, name = stage.discord.world, next(name for name in stage.members if name != "mara")
    boss = world.add_role(stage.guild, "Boss", permissions=8)
    stage.guild.members[stage.members[name].user.id].roles.append(boss.id)

    question = await remove(house, name)

    assert "They are an administrator or own this server" in question.text


def _alerts(house: LiveBridge) -> list[StandInChannel]:
    world = house.stage.discord.world
    found = [world.channels[channel] for channel in house.stage.guild.channel_ids]
    return [channel for channel in found if channel.name.endswith("-alerts")]
