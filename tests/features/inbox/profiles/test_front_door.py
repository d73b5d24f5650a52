"""The whole program: More shows what one may see, with one request to Fanvue."""

import pytest

from bot.sandbox.discord.model import StandInChannel
from tests.features.inbox.profiles.profiles_scenario import INSIGHTS, LOOKED, asked, card, more
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_owner_reads_amounts_to_the_cent_and_a_chatter_none_and_each_press_is_one_request(
    house: LiveBridge,
) -> None:
    fan = house.fan("Gia", subscribed=False)
    thread = await house.greeted(fan)
    await fan.subscribe(price=999)
    await fan.tip(777)
    await fan.tip(1000)
    await house.stored(lambda: bool(house.rows(LOOKED, fan.uuid)))
    since = len(house.stage.fanvue.ledger.of("request", method="GET"))

    exact, hidden = (await more(house, thread)).text, (await more(house, thread, by="mara")).text

    assert "Paid **$27.76**" in exact
    assert "Tips: $17.77" in exact
    assert "**Last purchases**" in exact
    assert "Subscriber since <t:" in hidden
    assert "Renews <t:" in hidden
    assert "You can't see amounts." in hidden
    assert "$" not in hidden
    assert asked(house, fan, since) == 2


async def test_a_renewal_that_is_switched_off_stands_on_the_card_and_behind_more(house: LiveBridge) -> None:
    fan = house.fan("Hal", subscribed=False)
    thread = await house.greeted(fan)
    await fan.subscribe()
    await house.until(lambda: "renews <t:" in card(house, thread))

    await fan.cancel()
    await house.until(lambda: "renewal is off" in card(house, thread))

    assert "Subscriber since <t:" in card(house, thread)
    assert "Renewal is off, ends <t:" in (await more(house, thread, by="mara")).text


async def test_where_fanvue_does_not_answer_it_says_so_and_tells_what_the_bridge_knows(
    house: LiveBridge,
) -> None:
    fan = house.fan("Ida", subscribed=False)
    thread = await house.greeted(fan)
    before = len(house.rows("SELECT * FROM payments"))
    await fan.tip(500)
    await house.stored(lambda: len(house.rows("SELECT * FROM payments")) > before)
    await house.stored(lambda: bool(house.rows(LOOKED, fan.uuid)))
    house.stage.fanvue.faults.add("error_before", "GET", INSIGHTS, status=503)

    said = (await more(house, thread)).text

    assert "We couldn't ask Fanvue just now." in said
    assert "Paid **$5.00** in 1 payment" in said
    assert "anything from before the bridge was linked may be missing." in said


async def test_notes_are_one_press_away_and_lead_back(house: LiveBridge) -> None:
    fan, stage = house.fan("Jo"), house.stage
    thread = await house.greeted(fan)
    mara = stage.members["mara"]
    noted = await mara.slash(stage.guild, thread, "fan note add", text="has a dog called Rex")
    await noted.done(PATIENCE)

    shown = await more(house, thread, by="mara")
    first = shown.text
    assert shown.message is not None
    await mara.click(shown.message, "Notes (1)")
    await house.until(lambda: "Notes on this fan (1)" in shown.text)
    await mara.click(shown.message, "About this fan")
    await house.until(lambda: "About Jo" in shown.text)

    assert "has a dog called Rex" in first
    assert "Notes: 1" in shown.text


async def test_the_lists_of_a_fan_are_looked_up_when_asked_for(house: LiveBridge) -> None:
    fan, stage = house.fan("Kim"), house.stage
    other = house.fan("Lee")
    thread = await house.greeted(fan)
    stage.fanvue.world.add_list(stage.creator, "Friends of Friday", [fan])
    stage.fanvue.world.add_list(stage.creator, "Somebody else", [other])
    mara = stage.members["mara"]

    shown = await more(house, thread, by="mara")
    assert shown.message is not None
    await mara.click(shown.message, "Lists on Fanvue")
    await house.until(lambda: "Lists of Kim" in shown.text)
    listed = shown.text
    house.stage.fanvue.faults.add("too_many", "GET", ".*/chats/lists/custom", retry_after=1)
    again = await more(house, thread, by="mara")
    assert again.message is not None
    await mara.click(again.message, "Lists on Fanvue")
    await house.until(lambda: "Lists of Kim" in again.text)

    assert "Friends of Friday" in listed
    assert "Somebody else" not in listed
    assert "We couldn't ask Fanvue just now." in again.text


async def test_a_reply_that_is_not_settled_and_who_answered_stand_there(house: LiveBridge) -> None:
    fan = house.fan("Mo")
    thread = await house.greeted(fan)
    mara = house.stage.members["mara"].user.id
    await house.reply(thread, text="hi Mo")
    await house.shows(fan, "✓ Sent")
    fan.block()
    await house.reply(thread, text="and this?")
    await house.until(lambda: any("Discard" in line for line in buttons(house, thread)))

    said = (await more(house, thread, by="theo")).text

    assert f"<@{mara}> is answering" in said
    assert "Open replies: 1 needs a decision" in said


def buttons(house: LiveBridge, thread: StandInChannel) -> list[str]:
    """The labels of all buttons in a thread, a message each."""
    return [" ".join(labels(message)) for message in house.messages(thread)]
