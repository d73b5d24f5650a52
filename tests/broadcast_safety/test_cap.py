"""The whole program: a fan gets so many mass messages in some days, no more."""

import pytest

from tests.broadcast_safety.leaving import OVER, drafted, ends, goes, got, ids, listed, made
from tests.broadcast_safety.trio import limits, send, sent
from tests.composing.writing import Phone
from tests.faults.house import House, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")

LEAVE = "Leave them out"


async def writes(phone: Phone, text: str, to: str) -> str:
    """Previewed, confirmed and sent; what the preview said."""
    shown = await phone.mass(to=to, text=text)
    await phone.tap(send(phone))
    await ends(phone, "Mass message sent to")
    return shown


async def test_without_a_cap_nothing_is_said_and_a_draft_says_how_to_set_one(
    house: House, phone: Phone
) -> None:
    holds = await limits(house)
    await writes(phone, "first", "Trio")
    shown = await writes(phone, "second", "Trio")
    refused = await drafted(phone, "third", "Trio", OVER)

    assert "No cap: fans get as many mass messages as are sent." in holds
    assert "cap" not in shown
    assert "There is no cap for this creator, so nobody is over it. `/mass-limits cap:2 in 7 days`" in refused
    await phone.tap("Throw away")


async def test_over_the_cap_the_preview_warns_and_one_press_leaves_them_out(
    house: House, phone: Phone
) -> None:
    often, seldom = house.fan("Otto"), house.fan("Selma")
    listed(house, "Often", often)
    listed(house, "Everybody", often, seldom)
    await limits(house, cap="2 in 7 days")
    await writes(phone, "one of two", "Often")
    await writes(phone, "two of two", "Often")

    warned = await phone.mass(to="Everybody", text="to Selma alone")
    offered = labels(phone.message)
    without = await phone.tap(LEAVE)
    await goes(phone, "Mass message sent to 1 fan")

    assert "Over the cap of 2 in 7 days:" in warned
    assert offered[1:] == [LEAVE, "Cancel"]
    assert "fans who may have had 2 mass messages in 7 days" in without.replace("fan who", "fans who")
    assert "Fanvue does not tell whom they reached" in without
    assert got(house, "to Selma alone") == ids(seldom)
    assert often.uuid in made(house)[-1].members
    assert seldom.uuid not in made(house)[-1].members


async def test_the_same_list_is_named_and_who_confirms_all_the_same_sends_it(
    house: House, phone: Phone
) -> None:
    fan = house.fan("Nils")
    listed(house, "Named", fan)
    await limits(house, cap="2 in 7 days")
    await writes(phone, "named one", "Named")
    await writes(phone, "named two", "Named")

    shown = await writes(phone, "named three", "Named")

    assert "went out or are planned to Named. Who gets them all gets more than 2." in shown
    assert got(house, "named three") == ids(fan)


async def test_in_a_draft_who_is_over_it_is_left_out_and_who_was_left_out_before_did_not_have_it(
    house: House, phone: Phone
) -> None:
    often, seldom = house.fan("Olga"), house.fan("Sven")
    listed(house, "Only Olga", often)
    listed(house, "Olga and Sven", often, seldom)
    await limits(house, cap="1 in 7 days")
    await writes(phone, "to Olga", "Only Olga")

    await drafted(phone, "to Sven", "Olga and Sven", OVER)
    await goes(phone, "Mass message sent to 1 fan")
    await limits(house, cap="2 in 7 days")
    await drafted(phone, "to both", "Olga and Sven", OVER)
    await goes(phone, "Mass message sent to 2 fans")

    assert got(house, "to Sven") == ids(seldom)
    assert got(house, "to both") == ids(often, seldom)


async def test_what_went_out_after_the_preview_is_told_at_the_press(house: House, phone: Phone) -> None:
    other = Phone(house)
    listed(house, "Meanwhile", house.fan("Mia"))
    await limits(house, cap="1 in 1 days")
    await limits(house, cap="off")
    await phone.mass(to="Meanwhile", text="seen before")
    await limits(house, cap="1 in 1 days")
    await writes(other, "in between", "Meanwhile")

    anew = await phone.tap(send(phone))

    assert "This has changed since you saw it" in anew
    assert "Over the cap of 1 in 1 day:" in anew
    assert sent(house, "seen before") == []


async def test_leads_set_it_and_nobody_else(house: House, phone: Phone) -> None:
    done = await limits(house, cap="3 in 14 days", live="4")
    wrong = await limits(house, cap="often")
    late = await limits(house, live="100")
    denied = await limits(house, "mara", cap="off")
    holds = await limits(house)

    assert "From now on: cap: a fan gets 3 in 14 days" in done
    assert "live for 4 hours" in done
    assert wrong.startswith("Write a cap as “2 in 7 days”")
    assert late.startswith("Write a number of hours up to 72")
    assert "There is nothing here" in denied
    assert "Cap: a fan gets 3 in 14 days" in holds
    assert "Above 500 recipients" in holds
