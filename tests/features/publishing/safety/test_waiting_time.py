"""The whole program: a confirmed mass message to many waits, and can be cancelled."""

from dataclasses import replace

import pytest

from tests.due_times import its_time_comes
from tests.features.publishing.drafts.phone_stand_in import PhoneStandIn
from tests.features.publishing.safety.safety_fixtures import (
    alert,
    confirmed,
    limits,
    may_send,
    presses,
    runs,
    send,
    sent,
    time_in,
    until_sent,
)
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")

LONG = {"hold": "900", "hold_above": "2"}
SHORT = {"hold": "3", "hold_above": "2"}
MASS = "/mass-messages$"


async def test_above_the_limit_it_waits_and_goes_out_once_also_after_a_restart(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await limits(house, **SHORT)
    shown = await confirmed(phone, "waits and goes", "is sent at")
    await house.stage.bridge.stop()
    await house.stage.bridge.start()
    await until_sent(house, phone)

    assert "Not sent yet" in shown
    (mass,) = sent(house, "waits and goes")
    assert mass.at.timestamp() >= time_in(shown)


async def test_cancelled_it_is_never_sent_and_everybody_reads_so(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await limits(house, **LONG)
    await confirmed(phone, "cancelled", "is sent at")
    await house.stage.bridge.stop()
    await house.stage.bridge.start()

    told = await presses(phone.who, phone.message, "Cancel")
    await house.until(lambda: "Mass message: not sent" in plain(phone.message))
    await house.alerted("cancelled it before it was sent.")

    assert told == "Cancelled. Not sent."
    assert "cancelled it. Make a new one with /mass new." in plain(phone.message)
    assert sent(house, "cancelled") == []


async def test_one_that_was_cancelled_is_not_warned_of_as_the_same_once_more(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await limits(house, **LONG)
    await confirmed(phone, "once more after all", "is sent at")
    waits = await PhoneStandIn(house).mass(to="Trio", text="once more after all")
    await presses(phone.who, phone.message, "Cancel")
    await house.until(lambda: "Mass message: not sent" in plain(phone.message))
    cancelled = await phone.mass(to="Trio", text="once more after all")

    assert "You already confirmed the same message to the same lists, <t" in waits
    assert "The same message" not in cancelled


async def test_whoever_may_send_them_cancels_it_from_the_alerts_channel(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await limits(house, **LONG)
    stage = house.stage
    await confirmed(phone, "somebody else's", "is sent at")
    line = await alert(phone, "propose.stop")
    other_screen = replace(phone.message)  # still shows the button when it is cancelled elsewhere

    denied = await presses(stage.members["mara"], line, "Cancel")
    await may_send(house, "mara")
    told = await presses(stage.members["mara"], line, "Cancel")
    late = await presses(phone.who, other_screen, "Cancel")

    assert "somebody else's" not in plain(line)
    assert "You don't have access to this here" in denied
    assert told == "Cancelled. Not sent."
    assert "Too late to cancel. This is settled" in late
    assert sent(house, "somebody else's") == []


async def test_what_is_sent_already_cannot_be_cancelled(house: LiveBridge, phone: PhoneStandIn) -> None:
    await limits(house, **SHORT)
    held = house.stage.fanvue.faults.hold("POST", MASS)
    await confirmed(phone, "gone by now", "is sent at")
    line = await alert(phone, "propose.stop")
    await held.reached(PATIENCE)

    late = await presses(phone.who, line, "Cancel")
    held.release()
    await until_sent(house, phone)

    assert late == "Too late to cancel. It is already on its way."
    assert len(sent(house, "gone by now")) == 1


async def test_once_it_is_sent_its_line_says_so_in_its_place_and_has_no_cancel(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await limits(house, **SHORT)
    held = house.stage.fanvue.faults.hold("POST", MASS)
    await confirmed(phone, "left its line", "is sent at")
    line = await alert(phone, "propose.stop")
    before = len(house.reports())

    held.release()
    await house.until(lambda: "Mass message sent to 3 fans, confirmed by" in plain(line))

    assert labels(line) == ["Show me", "Take it back"]
    assert len(house.reports()) == before
    assert "It was sent." in await presses(phone.who, line, "Show me")


async def test_where_it_is_refused_or_lost_its_line_says_so_and_has_no_cancel(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await limits(house, **SHORT)
    faults = house.stage.fanvue.faults
    held = faults.hold("POST", MASS)
    await confirmed(phone, "refused on its way", "is sent at")
    refused = await alert(phone, "propose.stop")
    faults.add("error_before", "POST", MASS, status=400)
    held.release()
    await house.until(lambda: "Mass message: not sent. Make a new one with /mass new." in plain(refused))

    held = faults.hold("POST", MASS)
    await confirmed(phone, "lost on its way", "is sent at")
    lost = await alert(phone, "propose.stop")
    faults.add("lose_answer", "POST", MASS)
    held.release()
    await house.until(lambda: "Mass message sent to 3 fans, confirmed by" in plain(lost))

    assert (labels(refused), labels(lost)) == (["Show me"], ["Show me", "Take it back"])
    assert lost.versions == 3  # waits, is looked for, was sent
    assert len(sent(house, "lost on its way")) == 1


async def test_the_emergency_stop_stops_what_waits_until_somebody_lets_it_go(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await limits(house, **LONG)
    await confirmed(phone, "stopped meanwhile", "is sent at")
    await runs(phone.who, house, "pause creator")
    await its_time_comes(house.stage.bridge, "proposed.mass")
    none = list(sent(house, "stopped meanwhile"))

    told = await phone.who.slash(house.stage.guild, house.stage.lobby, "pause off")
    await told.done(PATIENCE)
    assert told.message is not None
    await phone.who.click(told.message, next(one for one in labels(told.message) if "Discard" in one))
    await house.until(lambda: "Mass message: not sent" in plain(phone.message))

    assert none == []
    assert sent(house, "stopped meanwhile") == []


async def test_up_to_the_limit_it_goes_out_at_once_even_beside_one_that_waits(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await limits(house, **LONG)
    await confirmed(phone, "still waits", "is sent at")
    waits = phone.message
    await limits(house, hold_above="3")
    await confirmed(phone, "small one", "Mass message sent to 3 fans")
    await presses(phone.who, waits, "Cancel")

    assert len(sent(house, "small one")) == 1
    assert sent(house, "still waits") == []


async def test_a_wait_that_came_after_the_preview_is_shown_at_the_press(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await phone.mass(to="Trio", text="seen before it waits")
    await limits(house, **LONG)

    anew = await phone.tap(send(phone))

    assert "This has changed since you saw it" in anew
    assert "Once confirmed it waits 15 minutes, and you can cancel it until then." in anew
    assert sent(house, "seen before it waits") == []


async def test_a_time_before_the_wait_is_over_is_refused_with_what_to_do(
    house: LiveBridge, phone: PhoneStandIn
) -> None:
    await limits(house, **LONG)

    refused = await phone.mass(to="Trio", text="too soon", when="in 5 minutes")

    assert "so this time is too soon. Not sent: choose one at least 17 minutes ahead" in refused


async def test_the_wait_is_set_in_seconds_or_ended(house: LiveBridge, phone: PhoneStandIn) -> None:
    usual = await limits(house)
    too_long = await limits(house, hold="901")
    nonsense = await limits(house, hold_above="off")
    none = await limits(house, hold="off")
    await limits(house, hold_above="2")
    shown = await confirmed(phone, "at once", "Mass message sent to 3 fans")

    assert "- Above 500 recipients, a confirmed one waits 60 seconds before it is sent" in usual
    assert "Write a number of seconds up to 900" in too_long
    assert "Write a number of recipients, for example 500; `hold:off` turns it off" in nonsense
    assert "- A confirmed one is sent right away." in none
    assert "is sent at" not in shown
