"""Items picked in a vault: kept as a bundle, sent, and who had them."""

import re
from typing import Any

import pytest

from bot.discord.asking import NOT_HERE
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.components import STRING_SELECT
from bot.sandbox.discord.model import walk
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")


house = own_house()


async def media(house: LiveBridge, by: str | None = None, **options: str) -> InteractionAnswer:
    """Somebody, the owner unless named, looks through the vault."""
    person = house.stage.members[by] if by else house.stage.owner
    answer = await person.slash(house.stage.guild, house.stage.lobby, "media browse", **options)
    return await answer.done(PATIENCE)


def lists(answer: InteractionAnswer) -> dict[str, dict[str, Any]]:
    """The lists under a page, by what can be done in them."""
    assert answer.message is not None
    found = [part for part in walk(answer.message.components) if part["type"] == STRING_SELECT]
    return {part["custom_id"].split(":")[1]: part for part in found}


async def pick(house: LiveBridge, answer: InteractionAnswer, *places: int, by: str | None = None) -> None:
    """Somebody picks items of the page, by their places; the page says what is picked."""
    person = house.stage.members[by] if by else house.stage.owner
    shown, options = answer.text, lists(answer)["media.pick"]["options"]
    values = [options[place]["value"] for place in places]
    changed = await person.choose(answer.message, lists(answer)["media.pick"]["custom_id"], *values)
    await changed.until(lambda now: now.message is not None and now.text != shown, PATIENCE)


async def bundle(house: LiveBridge, answer: InteractionAnswer, **fields: str) -> str:
    """The owner saves what is picked; what she is told."""
    opened = await house.stage.owner.click(answer.message, "Save as bundle")
    await opened.opened(PATIENCE)
    assert opened.modal is not None
    assert opened.modal["title"] == "A bundle"
    return (await (await house.stage.owner.submit(opened, fields)).done(PATIENCE)).text


async def had(house: LiveBridge, answer: InteractionAnswer) -> str:
    """What the owner reads of who had what is picked."""
    pressed = await house.stage.owner.click(answer.message, "Who had it")
    await pressed.done(PATIENCE)
    assert pressed.ephemeral
    return pressed.text


def picked(answer: InteractionAnswer) -> list[str]:
    """The names of what is picked."""
    return answer.text.split("** · ")[-1].splitlines()[0].split(", ")


async def test_what_is_picked_on_two_pages_is_a_bundle_that_a_reply_sends(house: LiveBridge) -> None:
    for number in range(9):
        house.stage.fanvue.world.add_media(house.stage.creator, "image", "ready", f"extra {number}")
    answer = await media(house)
    await pick(house, answer, 0, 1)
    first = picked(answer)
    turned = await house.stage.owner.click(answer.message, "▶")
    await turned.until(lambda now: "Items 9 to" in now.text, PATIENCE)
    await pick(house, answer, 0)
    three = picked(answer)
    said = await bundle(house, answer, name="Set of three", price="12", text="all three")
    fan = house.fan("Ada")
    thread = await house.greeted(fan)
    await house.reply(thread, template="Set of three")
    await house.shows(fan, "✓ Sent")

    assert (three[:2], len(three)) == (first, 3)
    assert "Saved: Set of three" in said
    assert said.count("3 items") == 1
    assert "**Price** $12.00" in said
    (message,) = fan.inbox()
    names = [house.stage.fanvue.world.media[one].name for one in message.media]
    assert (message.text, message.price, names) == ("all three", 1200, three)


async def test_choosing_anew_on_a_page_drops_what_is_left_out(house: LiveBridge) -> None:
    answer = await media(house)
    await pick(house, answer, 0, 2)
    both = picked(answer)
    await pick(house, answer, 2)
    one = picked(answer)
    offered = [option["label"][:3] for option in lists(answer)["media.pick"]["options"]]
    chosen = [option.get("default", False) for option in lists(answer)["media.pick"]["options"]]
    await pick(house, answer)

    assert (len(both), one) == (2, both[1:])
    assert offered[:3] == ["1. ", "2. ", "3. "]  # two of the same name can be told apart
    assert [place for place, default in enumerate(chosen) if default] == [2]
    assert answer.message is not None
    assert "Picked" not in answer.text
    assert not {"Save as bundle", "Who had it"} & set(labels(answer.message))


async def test_who_had_an_item_is_told_with_dates_and_no_amounts(house: LiveBridge) -> None:
    item = house.stage.fanvue.world.add_media(house.stage.creator, "image", "ready", "lighthouse")
    answer = await media(house, search="lighthouse")
    await pick(house, answer, 0)
    nobody = await had(house, answer)
    bought, not_bought = house.fan("Bea"), house.fan("Cleo")
    for fan in (bought, not_bought):
        thread = await house.greeted(fan)
        await house.reply(thread, text="for you", media=str(item.uuid), price="12")
        await house.shows(fan, "✓ Sent")
    await bought.buy(bought.inbox()[0].uuid)
    await house.shows(bought, "💰 Paid")
    told = await had(house, answer)

    assert "**Picture · lighthouse**: Nobody got it in a chat" in nobody
    assert "**Picture · lighthouse: 2 fans had it, 1 bought it**" in told
    assert re.search(r"^- Bea .*: bought <t:\d+:D>$", told, re.MULTILINE)
    assert re.search(r"^- Cleo .*: sent <t:\d+:D>, not bought$", told, re.MULTILINE)
    assert "$" not in told


async def test_under_a_covered_preview_both_buttons_are_about_what_is_shown(house: LiveBridge) -> None:
    item = house.stage.fanvue.world.add_media(house.stage.creator, "image", "ready", "harbour")
    fan = house.fan("Dora")
    thread = await house.greeted(fan)
    await house.reply(thread, text="for you", media=str(item.uuid), price="12")
    await house.shows(fan, "✓ Sent")
    answer = await media(house, search="harbour")
    shown = lists(answer)["media.show"]
    looked = await house.stage.owner.choose(answer.message, shown["custom_id"], shown["options"][0]["value"])
    await looked.done(PATIENCE)

    assert "1 fan had it" in await had(house, looked)
    assert "Saved: Just one" in await bundle(house, looked, name="Just one", price="5")


async def test_a_chatter_picks_but_keeps_no_bundle_and_a_list_is_its_owners_alone(house: LiveBridge) -> None:
    answer = await media(house, by="mara")
    await pick(house, answer, 0, by="mara")
    assert answer.message is not None
    offered = set(labels(answer.message))
    button = next(one for one in walk(answer.message.components) if one.get("label") == "Who had it")
    # What a client cannot do, a crafted request can: a button that was not shown.
    button["custom_id"] = button["custom_id"].replace("media.had", "media.bundle")
    refused = await house.stage.members["mara"].click(answer.message, button["custom_id"])
    await refused.done(PATIENCE)

    assert len(picked(answer)) == 1
    assert {"Save as bundle", "Who had it"} & offered == {"Who had it"}
    assert lists(answer)["media.pick"]["placeholder"] == "Pick several …"
    assert "bundle" not in answer.text
    assert refused.modal is None
    assert refused.text == NOT_HERE
