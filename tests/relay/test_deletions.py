"""Deleted on Fanvue: its lines say so in place, once, as far as the mode allows."""

import pytest

from bot.model.errors import AutomodBlocked, TryLater
from bot.model.events import ChatRead, MessageDeleted, Person
from bot.model.ports import Post
from storage.inbox import messages
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode
from storage.records import FanvueMessageId
from tests.relay.fault_switchboard import LostAnswer
from tests.relay.relay_scenario import CREATOR, EMMA, NOAH, RelayScenario

GONE = "A message was deleted on Fanvue."
UNSEEN = "A message was deleted before it was shown here."


def deleted(world: RelayScenario, message: FanvueMessageId, fan: Person | None = EMMA) -> MessageDeleted:
    return MessageDeleted(CREATOR, fan, message, world.clock.now(), by_fan=True, sent_at=world.clock.now())


async def delete(world: RelayScenario, message: FanvueMessageId, *, key: str | None = None) -> None:
    await world.happen(deleted(world, message), kind="message.deleted", key=key)


async def choose(world: RelayScenario, mode: PrivacyMode) -> None:
    await world.database.write(lambda tx: privacy_modes.choose(tx, CREATOR, mode, since=world.clock.now()))


async def posts(world: RelayScenario) -> list[Post]:
    return world.discord.lines(await world.thread())


async def test_a_fans_line_is_struck_in_place_and_a_repeat_changes_nothing(world: RelayScenario) -> None:
    await world.greeted()
    wrote = world.wrote("so *sorry*")
    await world.happen(wrote)

    await delete(world, wrote.message)
    await delete(world, wrote.message)
    await delete(world, wrote.message, key="told by another event")

    first, struck = await posts(world)
    at = world.clock.now() // 1000
    assert first.body == ("hello",)
    assert struck.body == ("~~so \\*sorry\\*~~",)
    assert struck.small == f"🗑 Deleted <t:{at}:t> by the fan"
    assert [button.action for button in struck.buttons] == ["reply"]


@pytest.mark.parametrize("mode", [PrivacyMode.COVERED, PrivacyMode.PRIVATE])
async def test_where_texts_are_covered_nothing_of_a_deleted_one_stays(
    world: RelayScenario, mode: PrivacyMode
) -> None:
    await choose(world, mode)
    wrote = world.wrote("my address")
    await world.happen(wrote)

    await delete(world, wrote.message)

    [struck] = await posts(world)
    assert "address" not in str(struck)
    assert struck.body == ()
    assert "by the fan" in str(struck.small)
    assert [button.action for button in struck.buttons] == ["reply"]


async def test_each_part_of_a_long_message_is_struck(world: RelayScenario) -> None:
    wrote = world.wrote("word " * 1200)
    await world.happen(wrote)

    await delete(world, wrote.message)

    parts = await posts(world)
    assert len(parts) > 1
    assert all(part.body[0].startswith("~~word") for part in parts)


@pytest.mark.parametrize("shown", ["fetched", "read later", "elsewhere"])
async def test_whichever_way_a_line_came_it_is_struck(world: RelayScenario, shown: str) -> None:
    await world.greeted()
    if shown == "elsewhere":
        there = world.fanvue.write(CREATOR, EMMA.id, "oops", by_creator=True)
        await world.happen(world.echo(there))
        message, by = there.message, "on the creator's side"
    else:
        if shown == "read later":
            world.fanvue.faults.add("message", TryLater("Later.", paused=True))
        wrote = world.wrote("oops", complete=False)
        await world.happen(wrote)
        message, by = wrote.message, "by the fan"

    await delete(world, message)

    struck = (await posts(world))[-1]
    assert struck.body == ("~~oops~~",)
    assert by in str(struck.small)


async def test_a_reply_that_was_taken_back_is_struck_and_stays_so_when_it_is_looked_at(
    world: RelayScenario,
) -> None:
    await world.greeted()
    reply = await world.reply("too much")
    await world.turn()
    paired = await world.database.read(lambda tx: messages.of_effect(tx, reply))
    assert paired is not None

    await delete(world, paired.message)
    await world.happen(ChatRead(CREATOR, EMMA, world.clock.now()), kind="chat.read")

    struck = (await posts(world))[-1]
    assert struck.body == ("~~too much~~",)
    assert "on the creator's side" in str(struck.small)


async def test_what_is_learned_of_its_media_later_does_not_bring_a_text_back(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.add("message", *[TryLater("Later.", after=60)])
    wrote = world.wrote("look")
    await world.happen(wrote)
    await delete(world, wrote.message)

    await world.pass_time(120_000)

    assert (await posts(world))[-1].body == ("~~look~~",)


async def test_what_was_deleted_before_it_was_shown_is_one_line_without_its_text(
    world: RelayScenario,
) -> None:
    await world.greeted()
    world.discord.faults.add("post", TryLater("Busy.", after=60))
    wrote = world.wrote("never to be seen " * 400)
    await world.happen(wrote)
    await delete(world, wrote.message)

    await world.pass_time(120_000)

    assert await world.lines() == ["hello", UNSEEN]


@pytest.mark.parametrize("comes_after_all", [False, True])
async def test_a_deletion_that_comes_first_is_one_line_whatever_comes_after(
    world: RelayScenario, *, comes_after_all: bool
) -> None:
    await world.greeted()
    wrote = world.wrote("never to be seen")

    await delete(world, wrote.message)
    if comes_after_all:
        await world.happen(wrote)

    assert await world.lines() == ["hello", UNSEEN]


async def test_a_deletion_about_somebody_without_a_thread_says_nothing(world: RelayScenario) -> None:
    await world.greeted()

    await world.happen(deleted(world, FanvueMessageId("old"), NOAH), kind="message.deleted")
    await world.happen(
        MessageDeleted(CREATOR, EMMA, FanvueMessageId("mass"), world.clock.now(), by_fan=False),
        kind="message.deleted",
    )

    assert await world.current(NOAH) is None
    assert await world.lines() == ["hello"]


async def test_where_the_line_is_gone_a_note_says_it_once(world: RelayScenario) -> None:
    thread = await world.greeted()
    wrote = world.wrote("gone " * 1200)
    await world.happen(wrote)
    for made in [made for made in world.discord.channels[thread].posts if made != thread]:
        del world.discord.channels[thread].posts[made]

    await delete(world, wrote.message)

    assert await world.lines() == [GONE]


async def test_a_line_that_the_server_blocked_is_struck_without_its_text_and_not_tried_again(
    world: RelayScenario,
) -> None:
    await world.greeted()
    world.discord.faults.add("post", AutomodBlocked("The filter blocks it."))
    wrote = world.wrote("bad word")
    await world.happen(wrote)
    world.discord.faults.add("edit", AutomodBlocked("The filter blocks it."))

    await delete(world, wrote.message)
    await world.pass_time(2 * world.waits.blocked)

    struck = (await posts(world))[-1]
    assert (struck.body, "by the fan" in str(struck.small)) == ((), True)
    assert [button.action for button in struck.buttons] == ["reply"]


async def test_what_an_edit_lost_is_edited_again(world: RelayScenario) -> None:
    wrote = world.wrote("once")
    await world.happen(wrote)
    world.discord.faults.add("edit", LostAnswer())

    await delete(world, wrote.message)
    await world.pass_time(60_000)

    assert await world.lines() == ["~~once~~"]
