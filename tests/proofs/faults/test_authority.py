"""Rows C10 and C12: pressed twice, delivered twice, and no longer allowed."""

import asyncio

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.discord.world import GatewayEvent
from storage.records import LinkState
from tests.proofs.faults.live_bridge import LiveBridge
from tests.proofs.faults.reply_fixtures import in_the_chat, lost, sent

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.fault("C10")
async def test_two_people_who_press_send_again_at_once_send_it_once(house: LiveBridge) -> None:
    fan = house.fan("Cara")
    thread = await lost(house, fan, "press me")

    first, second = await asyncio.gather(
        house.click(thread, "Send again", by="mara"), house.click(thread, "Send again", by="theo")
    )
    await sent(house, fan)

    assert (in_the_chat(fan), house.posts_to(fan)) == (["press me"], 2)
    said = sorted([first.text, second.text], key=lambda text: "On its way again" not in text)
    assert "On its way again" in said[0]
    assert "already" in said[1] or "is settled" in said[1]
    assert len(house.rows("SELECT id FROM audit WHERE action = 'reply.again' AND follows IS NULL")) == 1


@pytest.mark.fault("C10")
async def test_one_interaction_delivered_twice_is_one_reply(house: LiveBridge) -> None:
    fan = house.fan("Cara")
    thread = await house.greeted(fan)
    heard: list[GatewayEvent] = []
    world = house.stage.discord.world
    world.listeners.append(heard.append)
    await house.reply(thread, text="delivered twice")
    world.listeners.remove(heard.append)
    (event,) = [event for event in heard if event.name == "INTERACTION_CREATE"]

    world.emit(event)
    await house.reply(thread, text="and another")
    await house.until(lambda: len(house.with_words(fan, "✓ Sent")) == 2)

    assert in_the_chat(fan) == ["delivered twice", "and another"]
    interaction = event.data["id"]
    assert len(house.rows("SELECT id FROM commands WHERE interaction_id = ?", interaction)) == 1


@pytest.mark.fault("C10")
async def test_a_press_that_is_delivered_twice_is_answered_by_what_the_first_one_did(
    house: LiveBridge,
) -> None:
    fan = house.fan("Cara")
    thread = await lost(house, fan, "press me once")
    heard: list[GatewayEvent] = []
    world = house.stage.discord.world
    world.listeners.append(heard.append)
    pressed = await house.click(thread, "Send again")
    world.listeners.remove(heard.append)
    (event,) = [event for event in heard if event.name == "INTERACTION_CREATE"]

    world.emit(event)
    await house.reply(thread, text="after it")
    await house.until(lambda: len(house.with_words(fan, "✓ Sent")) == 2)

    assert "On its way again" in pressed.text
    assert in_the_chat(fan) == ["press me once", "after it"]


@pytest.mark.fault("C10")
async def test_an_answer_at_once_that_is_asked_for_twice_is_no_error_in_the_log(house: LiveBridge) -> None:
    heard: list[GatewayEvent] = []
    stage, world = house.stage, house.stage.discord.world
    world.listeners.append(heard.append)
    answer = await stage.members["mara"].slash(stage.guild, stage.lobby, "reply", text="not in a thread")
    await answer.done()
    world.listeners.remove(heard.append)
    (event,) = [event for event in heard if event.name == "INTERACTION_CREATE"]

    world.emit(event)
    await house.until(lambda: "an interaction came a second time" in house.log)

    assert "an interaction failed" not in house.log


async def opened_window(house: LiveBridge, thread: StandInChannel) -> InteractionAnswer:
    """Theo has pressed Reply and has the window before him."""
    member = house.stage.members["theo"]
    opened = await member.click(house.messages(thread)[-1], "Reply")
    await opened.opened()
    return opened


@pytest.mark.fault("C12")
async def test_who_lost_the_role_while_the_window_was_open_sends_nothing(house: LiveBridge) -> None:
    fan = house.fan("Cara")
    thread = await house.greeted(fan)
    theo, guild, world = house.stage.members["theo"], house.stage.guild, house.stage.discord.world
    opened = await opened_window(house, thread)
    world.set_roles(guild, theo.user, [])
    try:
        answer = await theo.submit(opened, {"text": "on old authority"})
        await answer.done()
    finally:
        world.set_roles(guild, theo.user, [house.stage.team])

    assert answer.text
    assert "On its way" not in answer.text
    assert (house.sends(fan), in_the_chat(fan)) == ([], [])


@pytest.mark.fault("C12")
async def test_a_window_that_outlived_the_link_sends_nothing_and_a_relink_changes_nothing(
    house: LiveBridge,
) -> None:
    fan = house.fan("Cara")
    thread = await house.greeted(fan)
    theo = house.stage.members["theo"]
    opened = await opened_window(house, thread)
    unlink = await house.stage.owner.slash(house.stage.guild, house.stage.lobby, "account unlink")
    await unlink.done()
    pressed = await house.stage.owner.click(unlink.message, "Yes, disconnect")
    await pressed.says("is disconnected")  # "done" is said before it is
    answer = await theo.submit(opened, {"text": "to nobody"})
    await answer.done()

    assert "no longer connected" in answer.text
    await house.play.link()
    assert {row["state"] for row in house.rows("SELECT state FROM links")} == {
        LinkState.ACTIVE,
        LinkState.CLOSED,
    }
    await house.reply(thread, text="after the relink")
    await sent(house, fan)
    assert in_the_chat(fan) == ["after the relink"]
