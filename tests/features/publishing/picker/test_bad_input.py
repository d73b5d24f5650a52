"""The gallery of a reply and of a mass message with what cannot be sent."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.fanvue.vault import ServedFile
from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn
from tests.features.publishing.picker.gallery_fixtures import UUID, gallery_house, item, number, press, shown
from tests.features.publishing.picker.test_reply_picker import replying
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")
NAMES = ("harbour", "jetty", "tall", "hers", "short-lived", "slow")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    async with gallery_house(tmp_path_factory.mktemp("picker-input"), *NAMES) as made:
        yield made


def button(phone: PhoneStandIn, name: str) -> str:
    """The label of the item with this name."""
    found = re.search(rf"\*\*(\d+)\*\* (✓ )?\w+ · {name}\b", phone.text)
    assert found is not None, phone.text
    return f"{found[2] or ''}{found[1]}"


async def test_an_item_that_is_another_creators_is_taken_out_of_a_reply_and_said(house: LiveBridge) -> None:
    fan, hers = house.fan("Ada"), item(house, "hers")
    answer = await replying(house, await house.greeted(fan), text="for you", vault=True)
    for name in ("hers", "jetty"):
        await press(house, answer, number(answer, name))
    mine, hers.owner = hers.owner, house.fan("Zoe").uuid
    await press(house, answer, "Send")
    said = shown(answer)
    hers.owner = mine
    nothing_yet = fan.inbox()
    await press(house, answer, "Send")
    await house.shows(fan, "✓ Sent")

    assert "Item 1 is no longer in the vault, so it was taken out. Check it and press Send again." in said
    assert nothing_yet == []
    (sent,) = fan.inbox()
    assert (sent.text, list(sent.media)) == ("for you", [item(house, "jetty").uuid])


async def test_a_picture_too_large_to_be_shown_is_a_tile_and_can_be_sent(house: LiveBridge) -> None:
    tall = item(house, "tall")
    served = house.stage.fanvue.world.served
    served[tall.uuid] = ServedFile(b"\xff" * (8 * 1024 * 1024 + 1), "image/jpeg")
    fan = house.fan("Bo")
    answer = await replying(house, await house.greeted(fan), text="the whole of it", vault=True)
    assert answer.message is not None
    pictures = len(answer.message.attachments)
    await press(house, answer, number(answer, "tall"))
    await press(house, answer, "Send")
    await house.shows(fan, "✓ Sent")

    assert pictures == 10
    (sent,) = fan.inbox()
    assert list(sent.media) == [tall.uuid]


async def test_a_fan_who_takes_their_message_back_meanwhile_still_gets_one_answer(house: LiveBridge) -> None:
    fan = house.fan("Cy")
    thread = await house.greeted(fan, "did you see this")
    answer = await replying(house, thread, text="I did", vault=True)
    await press(house, answer, number(answer, "harbour"))
    await fan.take_back(fan.chat()[-1].uuid)
    await press(house, answer, "Send")
    await house.shows(fan, "✓ Sent")

    assert [one.text for one in fan.inbox()] == ["I did"]


async def test_a_gallery_of_a_mass_message_left_open_over_a_restart_sends_once(house: LiveBridge) -> None:
    phone, ledger = PhoneStandIn(house), house.stage.fanvue.ledger
    before = len(ledger.of("mass"))
    await phone.mass()
    await phone.choose("Who gets it", "Subscribers")
    await phone.tap("Media and price")
    await phone.tap(button(phone, "harbour"))
    await house.restart()
    await phone.tap(button(phone, "jetty"))
    await phone.choose("Price: none", "$5.00")
    seen = phone.text + str(phone.message.components)
    await phone.tap("Done")
    await phone.tap("Preview")
    await phone.tap(next(label for label in labels(phone.message) if label.startswith("Send")))
    await house.stage.fanvue.world.until(lambda: len(ledger.of("mass")) > before, PATIENCE)

    made = ledger.of("mass")[before:]
    assert [one.facts["media"] for one in made] == [[item(house, n).uuid for n in ("harbour", "jetty")]]
    assert UUID.findall(seen) == []


async def test_items_of_a_mass_message_that_cannot_be_sent_are_named_and_it_is_kept(
    house: LiveBridge,
) -> None:
    phone, vault = PhoneStandIn(house), house.stage.fanvue.world.media
    before = len(house.stage.fanvue.ledger.of("mass"))
    await phone.mass()
    await phone.choose("Who gets it", "Subscribers")
    await phone.tap("Media and price")
    for name in ("short-lived", "hers", "slow"):
        await phone.tap(button(phone, name))
    await phone.tap("Done")
    gone, hers, slow = (item(house, name) for name in ("short-lived", "hers", "slow"))
    del vault[gone.uuid]
    mine, hers.owner, slow.status = hers.owner, house.fan("Yve").uuid, "processing"
    gone_ones = await phone.tap("Preview")
    vault[gone.uuid], hers.owner = gone, mine
    slow_one = await phone.tap("Preview")
    slow.status = "ready"
    fine = await phone.tap("Preview")

    assert "2 of 3 items: no longer in the vault." in gone_ones
    assert "1 of 3 items: Fanvue is still processing them." in slow_one
    assert "3 items from the vault" in slow_one
    assert any(label.startswith("Send") for label in labels(phone.message)), fine
    assert len(house.stage.fanvue.ledger.of("mass")) == before
