"""The whole program: a mass message to many is sent once its number was typed."""

import pytest

from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn
from tests.features.publishing.safety.safety_fixtures import limits, send, sent, until_sent
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_up_to_the_limit_one_press_sends_it(house: LiveBridge, phone: PhoneStandIn) -> None:
    await limits(house, typed_above="3")
    shown = await phone.mass(to="Trio", text="three at most")

    await phone.tap(send(phone))
    await until_sent(house, phone)

    assert "type the" not in shown
    assert len(sent(house, "three at most")) == 1


async def test_above_it_a_wrong_number_sends_nothing_and_the_right_one_sends_it_once(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await limits(house, typed_above="2")
    shown = await phone.mass(to="Trio", text="counted")

    wrong = await phone.fill(send(phone), count="30")
    none = list(sent(house, "counted"))
    await phone.fill(send(phone), count="3")
    await until_sent(house, phone)

    assert "More than 2 recipients: type their number, 3, before it is sent." in shown
    assert "You typed something else. Not sent. Press the button again and type “3”." in wrong
    assert none == []
    assert len(sent(house, "counted")) == 1


async def test_a_window_that_is_sent_twice_sends_one_message(house: LiveBridge, phone: PhoneStandIn) -> None:
    await limits(house, typed_above="0")
    await phone.mass(to="Trio", text="one of two windows")
    first, second = await phone.opens(send(phone)), await phone.opens(send(phone))

    await phone.send(first, count="3")
    await until_sent(house, phone)
    late = await (await phone.who.submit(second, {"count": "3"})).done(PATIENCE)

    assert "Already confirmed" in late.text
    assert len(sent(house, "one of two windows")) == 1


async def test_a_limit_that_came_after_the_preview_is_asked_for_at_the_press(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await phone.mass(to="Trio", text="seen before")
    await limits(house, typed_above="2")

    anew = await phone.tap(send(phone))
    none = list(sent(house, "seen before"))
    await phone.fill(send(phone), count=" 3 ")
    await until_sent(house, phone)

    assert "This has changed since you saw it" in anew
    assert none == []
    assert len(sent(house, "seen before")) == 1


async def test_a_draft_is_kept_when_the_number_was_wrong(house: LiveBridge, phone: PhoneStandIn) -> None:
    await limits(house, typed_above="2")
    await phone.mass(text="from a draft")
    await phone.fill("Find a list", to="Trio")
    await phone.tap("Preview")

    wrong = await phone.fill(send(phone), count="three")
    still = labels(phone.message)
    changed = await phone.tap("Change it")
    again = await phone.mass()
    await phone.tap("Go on")
    await phone.tap("Preview")
    await phone.fill(send(phone), count="3")
    await until_sent(house, phone)

    assert "Not sent" in wrong
    assert still[1:] == ["Cancel", "Change it"]
    assert "from a draft" in changed
    assert "from a draft" in again
    assert len(sent(house, "from a draft")) == 1


async def test_leads_set_the_limit_and_nobody_else(house: LiveBridge, phone: PhoneStandIn) -> None:
    usual = await limits(house)
    off = await limits(house, typed_above="off")
    shown = await phone.mass(to="Trio", text="without a limit")
    nonsense = await limits(house, typed_above="many")
    denied = await limits(house, "mara", typed_above="1")
    held = await limits(house)

    assert "Above 500 recipients" in usual
    assert "- No typed number: one click sends a mass message to any number." in off
    assert "type the" not in shown
    assert nonsense == "Write a number of recipients, for example 500, or “off”. No changes made."
    assert "You don't have access to this here" in denied
    assert "No typed number: one click sends a mass message to any number" in held
