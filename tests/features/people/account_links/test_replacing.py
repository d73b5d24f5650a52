"""Another Fanvue account takes the place of the first: frozen threads (F5)."""

import pytest

from bot.sandbox.discord.model import DM, StandInMessage
from bot.sandbox.fanvue.people import StandInFan
from tests.features.people.account_links.conftest import signed_in
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


def receipts(house: LiveBridge) -> list[StandInMessage]:
    """The private messages that say what was connected."""
    world = house.stage.discord.world
    private = [channel for channel in world.channels.values() if channel.type == DM]
    found = [message for channel in private for message in house.messages(channel)]
    return [message for message in found if "A Fanvue account was connected" in plain(message)]


def nora(house: LiveBridge) -> StandInFan:
    """The fan of this story, as Luna's."""
    return next(fan for handle, fan in house.stage.fans.items() if handle.startswith("nora"))


async def test_the_owner_gets_a_receipt_by_which_they_can_disconnect(house: LiveBridge) -> None:
    await house.until(lambda: len(receipts(house)) == 1)
    (receipt,) = receipts(house)
    assert "You connected **@luna.rivers** to **Luna's studio**" in plain(receipt).replace("\\", "")

    asked = await house.stage.owner.click(receipt, "Disconnect …")
    await asked.says("The threads stay, but they are frozen", PATIENCE)
    kept = await house.stage.owner.click(asked.message, "No, keep it")
    await kept.says("No changes made", PATIENCE)

    assert asked.ephemeral
    assert house.rows("SELECT state FROM links") == [{"state": "active"}]


async def test_another_account_instead_freezes_the_threads_of_the_first(house: LiveBridge) -> None:
    fan = house.fan("Nora")
    thread = await house.greeted(fan, "hi Luna")
    vera = house.stage.fanvue.world.add_creator("vera", "Vera")
    answer = await signed_in(house, vera)
    assert "your **@luna.rivers** is connected here already" in answer.text.replace("\\", "")

    pressed = await house.stage.owner.click(answer.message, "Yes, instead of @luna.rivers")
    await pressed.says("is disconnected", PATIENCE)
    said = await house.reply(thread, text="to whom does this go?")

    assert "This thread is frozen. It belongs to **@luna.rivers**" in said.text.replace("\\", "")
    assert (fan.inbox(), house.sends(fan)) == ([], [])
    states = {row["handle"]: row["state"] for row in house.rows("SELECT handle, state FROM links")}
    assert states == {"luna.rivers": "closed", "vera": "active"}
    assert [row["refresh_ct"] for row in house.rows("SELECT refresh_ct FROM revocations")] == [None]
    await house.alerted("are frozen: replies in them are refused")
    await house.until(lambda: len(receipts(house)) == 2)


async def test_the_same_fan_of_the_new_account_has_another_thread_and_replies_go_there(
    house: LiveBridge,
) -> None:
    """Nothing of B ever leaves A's thread, though it is the same person who wrote to both."""
    stage = house.stage
    fan = nora(house)
    (frozen,) = house.threads(fan)
    made = await stage.owner.slash(
        stage.guild, stage.lobby, "setup", team=stage.team.id, **{"creator-name": "Vera"}
    )
    await made.says("Fans will write in", PATIENCE)
    vera = next(one for one in stage.fanvue.world.accounts.values() if one.handle == "vera")
    same = stage.fanvue.world.add_fan(fan.handle, "Nora", vera)
    fresh = await house.greeted(same, "hi Vera")  # whoever answers has read it, and is not asked

    assert len(house.threads(fan)) == 2
    assert fresh.id != frozen.id
    assert "frozen" in (await house.reply(frozen, text="not this way")).text
    said = await stage.owner.slash(stage.guild, fresh, "reply", text="hello from Vera")
    await said.says("On its way", PATIENCE)
    await house.until(lambda: bool(house.with_words(fan, "✓ Sent")))

    assert [message.text for message in same.inbox()] == ["hello from Vera"]
    assert fan.inbox() == []


async def test_the_first_account_can_come_back_and_its_threads_go_on(house: LiveBridge) -> None:
    stage = house.stage
    fan = nora(house)
    frozen = house.threads(fan)[0]
    answer = await signed_in(house, stage.creator)

    pressed = await stage.owner.click(answer.message, "Yes, connect it too")
    await pressed.says("is connected.", PATIENCE)
    said = await house.reply(frozen, text="here I am again")

    assert "On its way" in said.text
    await house.until(lambda: [message.text for message in fan.inbox()] == ["here I am again"])
