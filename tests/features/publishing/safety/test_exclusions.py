"""The whole program: a mass message leaves out who is in conversation."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.fanvue.faults import Kind
from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn
from tests.features.publishing.safety.exclusions_fixtures import (
    OVER,
    TALKING,
    drafted,
    ends,
    goes,
    got,
    ids,
    listed,
    made,
    nobody_is_live,
)
from tests.features.publishing.safety.safety_fixtures import limits, may_send, send, sent
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")

MEMBERS = "/members$"
STILL_OPEN = """SELECT kind FROM outbox
    WHERE state IN ('pending', 'sending', 'unknown') AND (kind LIKE 'list.%' OR kind = 'answer')"""


def over_in(preview: str) -> int:
    """How many a preview says are over the cap."""
    found = re.search(r"(\d+) fans? who may have had", preview)
    assert found is not None, preview
    return int(found[1])


async def test_who_is_in_conversation_does_not_get_it_and_the_list_says_who_that_was(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    writes, quiet = house.fan("Wren"), house.fan("Quinn")
    await house.greeted(writes)
    listed(house, "Pair", writes, quiet)
    before = len(made(house))

    shown = await drafted(phone, "not to Wren", "Pair", TALKING)
    end = await goes(phone)

    assert (
        "**Leaves out** 1 fan in conversation (a message in the last 2 hours, waiting, or claimed)" in shown
    )
    assert "Fans who start a conversation later get it." in shown
    assert got(house, "not to Wren") == ids(quiet)
    (left,) = made(house)[before:]
    assert list(left.members) == [writes.uuid]
    assert ">, to 1 fan" in end
    await house.alerted(f"The list “{left.name}”: Of 1 fan: 1 added.")


async def test_where_nobody_is_left_out_no_list_is_made(house: LiveBridge, phone: PhoneStandIn) -> None:
    await nobody_is_live(house)
    before = len(made(house))

    shown = await drafted(phone, "to all three", "Trio", TALKING)
    await goes(phone, "Mass message sent to 3 fans")

    assert "**Leaves out** 0 fans in conversation" in shown
    assert len(sent(house, "to all three")) == 1
    assert len(made(house)) == before


async def test_one_that_is_planned_says_as_of_when_and_goes_with_its_list(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    writes, quiet = house.fan("Petra"), house.fan("Pavel")
    await house.greeted(writes)
    listed(house, "Planned", writes, quiet)
    when = datetime.now(UTC) + timedelta(hours=9)
    await phone.mass(text="planned without", when=f"{when:%Y-%m-%d %H:%M}")
    await phone.fill("Find a list", to="Planned")
    await phone.tap("Leave out")
    await phone.choose("Who is left out", TALKING)

    shown = await phone.tap("Preview")
    await phone.tap(next(one for one in labels(phone.message) if one.startswith("Schedule")))
    await ends(phone, "Mass message scheduled for")

    assert (
        "Fanvue gets it once you confirm, long before its time: fans who start a conversation later get it."
    ) in shown
    assert got(house, "planned without") == ids(quiet)


@pytest.mark.parametrize("fault", ["lose_answer", "error_after", "error_before"])
async def test_an_answer_lost_while_the_list_is_made_lets_it_leave_once_without_them(
    house: LiveBridge, phone: PhoneStandIn, fault: Kind
) -> None:
    writes, quiet = house.fan(f"Wilma{fault[-2:]}"), house.fan(f"Quint{fault[-2:]}")
    await house.greeted(writes)
    name, text = f"Lost {fault}", f"lost {fault}"
    listed(house, name, writes, quiet)
    await drafted(phone, text, name, TALKING)
    house.stage.fanvue.faults.add(fault, "POST", MEMBERS)
    house.stage.fanvue.faults.add(fault, "POST", "/lists/custom$")

    await goes(phone)

    assert got(house, text) == ids(quiet)
    assert writes.uuid in made(house)[-1].members


async def test_a_kill_while_the_list_is_filled_leaves_one_message_and_whoever_was_written_down(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    writes, quiet = house.fan("Kit"), house.fan("Kai")
    await house.greeted(writes)
    listed(house, "Killed", writes, quiet)
    await drafted(phone, "across a kill", "Killed", TALKING)
    held = house.stage.fanvue.faults.hold("POST", MEMBERS)

    await phone.tap(send(phone))
    await held.reached(PATIENCE)
    await house.stage.bridge.kill()
    none = list(sent(house, "across a kill"))
    held.release()
    await house.stage.bridge.start()
    await ends(phone, ">, to 1 fan")

    assert none == []
    assert got(house, "across a kill") == ids(quiet)


async def test_a_list_that_is_not_surely_made_keeps_the_message_from_leaving(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    gone, quiet = house.fan("Gus"), house.fan("Gia")
    await house.greeted(gone)
    listed(house, "Unsure", quiet)
    await drafted(phone, "never leaves", "Unsure", TALKING)
    bond = house.stage.fanvue.world.bonds.pop((house.stage.creator.uuid, gone.uuid))

    end = await goes(phone, "Mass message: not sent")
    house.stage.fanvue.world.bonds[(house.stage.creator.uuid, gone.uuid)] = bond

    assert "1 fan to leave out may be missing on their list" in end
    assert "See `/mass list show`; if a fan only waits, use /fan close in their thread" in end
    assert sent(house, "never leaves") == []


async def test_shown_anew_it_counts_anew_who_is_over_the_cap(house: LiveBridge, phone: PhoneStandIn) -> None:
    often, newer, seldom = house.fan("Olaf"), house.fan("Nora"), house.fan("Sara")
    listed(house, "Grows", often)
    listed(house, "Anew", often, newer, seldom)
    await limits(house, cap="1 in 7 days")
    await phone.mass(to="Grows", text="to those who had it")
    await phone.tap(send(phone))
    await ends(phone, "Mass message sent to")
    shown = await drafted(phone, "counted anew", "Anew", OVER)
    grows = next(one for one in house.stage.fanvue.world.lists.values() if one.name == "Grows")
    grows.members.append(newer.uuid)
    await limits(house, typed_above="2")

    anew = await phone.tap(send(phone))

    assert "This has changed since you saw it" in anew
    assert over_in(anew) == over_in(shown) + 1
    assert sent(house, "counted anew") == []


async def test_stopped_by_hand_it_does_not_leave(house: LiveBridge, phone: PhoneStandIn) -> None:
    writes, quiet = house.fan("Stu"), house.fan("Sia")
    await house.greeted(writes)
    listed(house, "Stopped", writes, quiet)
    await drafted(phone, "stopped", "Stopped", TALKING)
    held = house.stage.fanvue.faults.hold("POST", MEMBERS)

    await phone.tap(send(phone))
    await ends(phone, "Putting fans on")
    await held.reached()  # stopped before it, the call would not be made at all
    await phone.tap("Stop")
    await ends(phone, "Mass message: not sent")
    held.release()
    # The list's last call ends now; how that went must not stand over what became of the mass message.
    await house.until(lambda: writes.uuid in made(house)[-1].members)
    await house.until(lambda: house.rows(STILL_OPEN) == [])

    assert "Mass message: not sent" in plain(phone.message)
    assert "A member stopped it." in plain(phone.message)
    assert sent(house, "stopped") == []


async def test_of_two_who_confirm_at_once_one_message_leaves_without_them(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await may_send(house, "mara")
    other = PhoneStandIn(house, house.stage.members["mara"])
    writes, quiet = house.fan("Uma"), house.fan("Uri")
    await house.greeted(writes)
    listed(house, "Both", writes, quiet)
    await drafted(phone, "of mine", "Both", TALKING)
    await drafted(other, "of hers", "Both", TALKING)

    await phone.who.click(phone.message, send(phone))
    await phone.who.click(phone.message, send(phone))
    await other.who.click(other.message, send(other))
    await ends(phone, ">, to 1 fan")
    await ends(other, ">, to 1 fan")

    assert got(house, "of mine") == got(house, "of hers") == ids(quiet)
    assert len({one.uuid for one in made(house)[-2:]}) == 2


async def test_a_fanvue_that_ignores_who_is_left_out_is_seen_by_its_count(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    writes, quiet = house.fan("Isa"), house.fan("Ilja")
    await house.greeted(writes)
    listed(house, "Ignored", writes, quiet)
    await drafted(phone, "not to Isa", "Ignored", TALKING)
    switches = house.stage.fanvue.switches
    switches.unknown_fields = ("excludedLists.customListUuids",)

    end = await goes(phone, "Mass message: not sent")
    switches.unknown_fields = ()

    assert "Fanvue counted 2 fans, at most 1 can be right: it may ignore who is left out." in end
    (mass,) = [one for one in house.stage.fanvue.world.mass_messages.values() if one.text == "not to Isa"]
    assert (mass.status, mass.published_at) == ("UNSENT", None)
