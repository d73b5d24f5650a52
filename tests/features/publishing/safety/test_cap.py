"""The whole program: a fan gets so many mass messages in some days, no more."""

import pytest

from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn
from tests.features.publishing.safety.exclusions_fixtures import (
    OVER,
    drafted,
    ends,
    goes,
    got,
    ids,
    listed,
    made,
)
from tests.features.publishing.safety.safety_fixtures import limits, send, sent
from tests.proofs.faults.live_bridge import LiveBridge, labels

pytestmark = pytest.mark.asyncio(loop_scope="module")

LEAVE, MEMBERS = "Leave them out", "/members$"


async def writes(phone: PhoneStandIn, text: str, to: str) -> str:
    """Previewed, confirmed and sent; what the preview said."""
    shown = await phone.mass(to=to, text=text)
    await phone.tap(send(phone))
    await ends(phone, "Mass message sent to")
    return shown


async def test_without_a_cap_nothing_is_said_and_a_draft_says_how_to_set_one(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    holds = await limits(house)
    await writes(phone, "first", "Trio")
    shown = await writes(phone, "second", "Trio")
    refused = await drafted(phone, "third", "Trio", OVER)

    assert "No cap: fans get every mass message." in holds
    assert "cap" not in shown
    assert "This creator has no cap, so nobody is over it." in refused
    await phone.tap("Discard")


async def test_over_the_cap_the_preview_warns_and_one_press_leaves_them_out(
    house: LiveBridge, phone: PhoneStandIn
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
    assert "to 1 fan" in await goes(phone)

    assert "Over the cap of 2 in 7 days:" in warned
    assert offered[1:] == [LEAVE, "Media …", "Cancel"]
    assert "fans who may have had 2 mass messages in 7 days" in without.replace("fan who", "fans who")
    assert "Based on who is on their lists now: Fanvue doesn't report who they reached" in without
    assert got(house, "to Selma alone") == ids(seldom)
    assert often.uuid in made(house)[-1].members
    assert seldom.uuid not in made(house)[-1].members


async def test_the_same_list_is_named_and_who_confirms_all_the_same_sends_it(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    fan = house.fan("Nils")
    listed(house, "Named", fan)
    await limits(house, cap="2 in 7 days")
    await writes(phone, "named one", "Named")
    await writes(phone, "named two", "Named")

    shown = await writes(phone, "named three", "Named")

    assert "were sent or are planned to Named. Fans who get them all get more than 2." in shown
    assert got(house, "named three") == ids(fan)


async def test_in_a_draft_who_is_over_it_is_left_out_and_who_was_left_out_before_did_not_have_it(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    often, seldom = house.fan("Olga"), house.fan("Sven")
    listed(house, "Only Olga", often)
    listed(house, "Olga and Sven", often, seldom)
    await limits(house, cap="1 in 7 days")
    await writes(phone, "to Olga", "Only Olga")

    await drafted(phone, "to Sven", "Olga and Sven", OVER)
    assert "to 1 fan" in await goes(phone)
    await limits(house, cap="2 in 7 days")
    await drafted(phone, "to both", "Olga and Sven", OVER)
    await goes(phone, "Mass message sent to 2 fans")

    assert got(house, "to Sven") == ids(seldom)
    assert got(house, "to both") == ids(often, seldom)


def pages(house: LiveBridge) -> int:
    """How many pages of lists Fanvue was asked for."""
    asked = house.stage.fanvue.ledger.of("request", method="GET")
    return len([one for one in asked if one["path"].endswith("/members")])


async def test_of_thousands_all_are_looked_up_before_it_leaves_and_the_answer_says_how_far(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    world, first, seldom = house.stage.fanvue.world, house.fan("Lotte"), house.fan("Siri")
    many = [world.add_fan(f"thousand{n}", f"Fan {n}", house.stage.creator, False) for n in range(2_050)]
    listed(house, "Thousands", first)
    listed(house, "Last and new", many[-1], seldom)
    await limits(house, cap="1 in 7 days", typed_above="off", hold="off")
    await writes(phone, "to thousands", "Thousands")
    grows = next(one for one in world.lists.values() if one.name == "Thousands")
    grows.members += [fan.uuid for fan in many]

    before = pages(house)
    shown = await drafted(phone, "past thousands", "Last and new", OVER)
    # The press reads as many as the preview did; then forty are read at a time, and what follows waits.
    house.stage.fanvue.faults.add("delay", "GET", MEMBERS, seconds=0.0, count=pages(house) - before + 40)
    held = house.stage.fanvue.faults.hold("GET", MEMBERS)
    await phone.tap(send(phone))
    await ends(phone, "fans read so far. Not sent yet.")
    held.release()
    await ends(phone, ">, to 1 fan")

    assert "those may have had a mass message in 7 days (a list has more than 500 fans" in shown
    assert got(house, "past thousands") == ids(seldom)
    assert len(made(house)[-1].members) >= len(many)


async def test_what_went_out_after_the_preview_is_told_at_the_press(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    other = PhoneStandIn(house)
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


async def test_leads_set_it_and_nobody_else(house: LiveBridge, phone: PhoneStandIn) -> None:
    done = await limits(house, cap="3 in 14 days", live="4")
    wrong = await limits(house, cap="often")
    late = await limits(house, live="100")
    denied = await limits(house, "mara", cap="off")
    holds = await limits(house)

    assert "From now on: cap: a fan gets 3 in 14 days" in done
    assert "live for 4 hours" in done
    assert wrong.startswith("Write a cap as “2 in 7 days”")
    assert late.startswith("Write a number of hours up to 72")
    assert "You don't have access to this here" in denied
    assert "Cap: a fan gets 3 in 14 days" in holds
    assert "Above 500 recipients" in holds
