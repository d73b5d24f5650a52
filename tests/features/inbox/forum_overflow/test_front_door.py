"""A full forum gets another one beside it, and everything works in both."""

import asyncio

import pytest

from bot.sandbox.discord import channels
from bot.sandbox.discord.model import FORUM, StandInChannel
from bot.sandbox.fanvue.people import StandInFan
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOLDS = 20
MAKES = r"/guilds/\d+/channels$"


house = own_house(restarted={"FORUM_FANS": str(HOLDS)})


def the_forums(house: LiveBridge) -> list[StandInChannel]:
    """Every forum on the server, oldest first."""
    world = house.stage.discord.world
    found = (world.channels[one] for one in house.stage.guild.channel_ids)
    return sorted((one for one in found if one.type == FORUM), key=lambda one: one.id)


def known(house: LiveBridge) -> list[int]:
    """Every forum that the bridge knows of, oldest first."""
    return [
        row["forum_id"] for row in house.rows("SELECT forum_id FROM forums ORDER BY created_at, forum_id")
    ]


async def arrive(house: LiveBridge, names: str, number: int) -> list[StandInFan]:
    """So many fans write for the first time; each has a thread that shows it."""
    fans = [house.fan(f"{names}{which}") for which in range(number)]
    await asyncio.gather(*(fan.write(f"hello from {fan.handle}") for fan in fans))
    for fan in fans:
        await house.shows(fan, f"hello from {fan.handle}")
    return fans


def lives_in(house: LiveBridge, fan: StandInFan) -> int | None:
    """The forum of a fan's thread."""
    (thread,) = house.threads(fan)
    return thread.parent_id


def seen_by(house: LiveBridge, channel: StandInChannel) -> set[str]:
    """Who of the team and the owner sees a channel."""
    people = {**house.stage.members, "owner": house.stage.owner}
    return {name for name, person in people.items() if person.sees(channel)}


async def overflown(house: LiveBridge, number: int) -> StandInChannel:
    """The newest forum, once there are so many and the team was told."""
    await house.until(lambda: len(the_forums(house)) == number)
    newest = the_forums(house)[-1]
    await house.alerted(f"new fans now open in <#{newest.id}>")
    await house.stored(lambda: known(house) == [one.id for one in the_forums(house)])
    return newest


async def test_a_full_forum_gets_another_one_for_the_same_people_and_every_command_works_in_both(
    house: LiveBridge,
) -> None:
    first, *_ = the_forums(house)
    early = await arrive(house, "early", HOLDS - 1)
    await arrive(house, "last", 1)
    second = await overflown(house, 2)
    late = await arrive(house, "late", 2)

    assert second.name == f"{first.name}-2"
    assert (second.parent_id, second.nsfw) == (first.parent_id, True)
    assert second.overwrites == first.overwrites
    assert [tag.name for tag in second.tags] == [tag.name for tag in first.tags]
    assert seen_by(house, second) == seen_by(house, first) != set()
    assert {lives_in(house, fan) for fan in early} == {first.id}
    assert {lives_in(house, fan) for fan in late} == {second.id}

    for fan in (early[0], late[0]):
        thread = house.threads(fan)[-1]
        await house.reply(thread, text=f"hi {fan.handle}")
        await house.shows(fan, f"hi {fan.handle}")
        tags = {tag.id: tag.name for tag in (*first.tags, *second.tags)}
        await house.until(lambda t=thread, n=tags: _is(t, n, "answered"))  # type: ignore[misc]
        said = await house.stage.members["mara"].slash(house.stage.guild, thread, "fan claim")
        await said.done()
        assert "This fan is yours" in said.text
    assert len(house.alerts("is full, so new fans now open in")) == 1


def _is(thread: StandInChannel, names: dict[int, str], tag: str) -> bool:
    assert thread.thread is not None
    return tag in {names[one] for one in thread.thread.applied_tags}


async def test_killed_while_another_forum_is_made_there_is_one(house: LiveBridge) -> None:
    before = len(the_forums(house))
    hold = house.stage.discord.faults.hold("POST", MAKES)
    fans = await arrive(house, "third", HOLDS)
    await hold.reached()

    await house.stage.bridge.kill()
    hold.release()
    await house.stage.bridge.start()
    newest = await overflown(house, before + 1)
    (last,) = await arrive(house, "fourth", 1)

    assert len(the_forums(house)) == before + 1
    assert lives_in(house, last) == newest.id
    assert all(len(house.threads(fan)) == 1 for fan in fans)
    assert house.stage.discord.ledger.count("channel_created", name=newest.name) == 1


async def test_made_and_nobody_knows_it_is_adopted_by_its_reference_and_a_namesake_is_left_alone(
    house: LiveBridge,
) -> None:
    before = the_forums(house)
    stage = house.stage
    name = f"luna-fans-{len(before) + 1}"
    stage.discord.faults.lose_answer("POST", MAKES)
    channels.create(
        stage.discord.world,
        stage.guild,
        stage.owner.user.id,
        {"name": name, "type": FORUM, "parent_id": str(before[0].parent_id), "nsfw": True},
    )
    namesake = the_forums(house)[-1]

    await arrive(house, "fifth", HOLDS)
    await house.until(lambda: len(the_forums(house)) == len(before) + 2)
    made = the_forums(house)[-1]
    await house.stored(lambda: known(house) == [one.id for one in (*before, made)])
    await house.alerted(f"new fans now open in <#{made.id}>")
    (last,) = await arrive(house, "sixth", 1)

    assert (made.name, lives_in(house, last)) == (name, made.id)
    assert namesake.id not in known(house)
    assert stage.discord.ledger.count("channel_created", name=name) == 2  # and not a third, taken away again
    assert len(the_forums(house)) == len(before) + 2
    channels.delete(stage.discord.world, namesake, stage.owner.user.id)


async def test_setup_repairs_all_of_them_and_a_deleted_one_is_forgotten(house: LiveBridge) -> None:
    stage, world = house.stage, house.stage.discord.world
    while (number := len(the_forums(house))) < 3:
        await arrive(house, f"more{number}x", HOLDS)
        await overflown(house, number + 1)
    first, second, *_, newest = the_forums(house)
    second.nsfw = False
    second.tags = [tag for tag in second.tags if tag.name != "vip"]
    del second.overwrites[stage.guild.id]
    channels.delete(world, newest, stage.owner.user.id)

    said = await stage.owner.slash(stage.guild, stage.lobby, "setup", **{"creator-name": "Luna"})
    await said.done()

    assert (second.nsfw, "vip" in {tag.name for tag in second.tags}) == (True, True)
    assert seen_by(house, second) == seen_by(house, first)
    assert f"Fans will write in <#{first.id}> and <#{second.id}>" in said.text
    assert newest.id not in known(house)
    assert len(house.rows("SELECT DISTINCT creator_uuid FROM forums")) == 1


async def test_who_is_removed_from_the_team_sees_none_of_them(house: LiveBridge) -> None:
    stage = house.stage
    said = await stage.owner.slash(
        stage.guild, stage.lobby, "team remove", member=stage.members["theo"].user.id
    )
    await said.done()
    await stage.owner.click(said.message, "Remove them")
    number = len(the_forums(house)) + 2  # with the alerts channel and the category
    await house.until(lambda: f"{number} of {number} channels are closed" in said.text)

    assert all("theo" not in seen_by(house, forum) for forum in the_forums(house))
