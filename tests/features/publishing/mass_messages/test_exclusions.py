"""A Fanvue that ignores whom a mass message excludes: nobody gets it."""

import pytest

from bot.features.publishing.mass_messages.exclusion_check import AHEAD
from bot.sandbox.fanvue.faults import Kind
from bot.sandbox.fanvue.routes_mass import send_due
from tests.features.publishing.mass_messages.mass_messages_scenario import MINUTE, MassMessagesScenario

CUSTOM = "excludedLists.customListUuids"
ALL = "excludedLists"


def ignores(studio: MassMessagesScenario, *fields: str) -> None:
    """From now on Fanvue drops these fields without a word."""
    studio.evening.server.switches.unknown_fields = fields


def got(studio: MassMessagesScenario) -> list[str]:
    """Whoever really has a mass message in their chat, once its time has come."""
    studio.clock.at += 10 * MINUTE
    world = studio.evening.server.world
    send_due(world)
    messages = world.messages.values()
    return [one.fan for one in messages if one.type == "BROADCAST" and one.deleted_at is None]


def ended(studio: MassMessagesScenario) -> list[str]:
    """As what each was deleted."""
    return [str(one["was"]) for one in studio.evening.server.ledger.of("mass_end")]


@pytest.mark.parametrize("field", [CUSTOM, ALL])
async def test_an_exception_that_fanvue_ignores_is_seen_and_nobody_gets_it(
    studio: MassMessagesScenario, field: str
) -> None:
    fans = studio.fans(11)
    await studio.custom_list("VIP", *fans[:3])
    ignores(studio, field)
    answer = await studio.propose(to="subscribers", text="Not for VIPs", **{"except": "VIP"})

    await studio.press(answer, "Send to up to 12 fans")

    [sent] = studio.sent()
    assert len(sent["recipients"]) == 12
    assert ended(studio) == ["SCHEDULED"]
    assert got(studio) == []
    assert "Fanvue counted 12 fans, at most 9 can be right: it may ignore who is left out." in answer.text
    assert "We deleted it before it was sent: nobody got it." in answer.text


async def test_an_exception_that_is_ignored_is_seen_where_lists_overlap(studio: MassMessagesScenario) -> None:
    fans = studio.fans(4)
    vip = await studio.custom_list("VIP", *fans)
    await studio.custom_list("Not her", fans[0])
    ignores(studio, CUSTOM)
    answer = await studio.propose(to=f"subscribers,{vip[:13]}", text="x", **{"except": "Not her"})

    await studio.press(answer, "Send to up to 9 fans")

    assert len(studio.sent()[0]["recipients"]) == 5  # far below the sum of both lists
    assert "Fanvue counted 5 fans, at most 4 can be right" in answer.text
    assert got(studio) == []


async def test_an_exception_that_holds_goes_out_at_the_planned_time(studio: MassMessagesScenario) -> None:
    fans = studio.fans(2)
    await studio.custom_list("VIP", fans[0])
    answer = await studio.propose(to="subscribers", text="x", **{"except": "VIP"})

    await studio.press(answer, "Send to up to 3 fans")

    [sent] = studio.sent()
    assert sent["scheduled_at"].timestamp() * 1000 == studio.clock.at + AHEAD
    assert ended(studio) == []
    assert "to 2 fans" in answer.text


async def test_an_exception_that_leaves_out_nobody_on_the_lists_needs_no_check(
    studio: MassMessagesScenario,
) -> None:
    studio.fans(2)
    stranger = studio.evening.server.world.add_fan(
        "stranger", "Stranger", studio.evening.account, subscribed=False
    )
    await studio.custom_list("Others", stranger)
    ignores(studio, ALL)
    answer = await studio.propose(to="subscribers", text="x", **{"except": "Others"})

    await studio.press(answer, "Send to up to 3 fans")

    assert studio.sent()[0]["scheduled_at"] is None
    assert "Mass message sent to 3 fans" in answer.text


async def test_lists_too_long_to_be_read_are_compared_by_their_sizes(studio: MassMessagesScenario) -> None:
    fans = studio.fans(501)
    await studio.custom_list("VIP", *fans[:3])
    ignores(studio, CUSTOM)
    answer = await studio.propose(to="subscribers", text="x", **{"except": "VIP"})

    await studio.press(answer, "Send to up to 502 fans")

    assert "Fanvue counted 502 fans, at most 501 can be right" in answer.text
    assert ended(studio) == ["SCHEDULED"]


async def test_where_no_size_is_told_and_nothing_can_be_read_whole_nothing_is_sent(
    studio: MassMessagesScenario,
) -> None:
    fans = studio.fans(501)
    await studio.custom_list("Everybody", *fans)
    await studio.custom_list("VIP", *fans[:3])
    studio.evening.server.switches.list_sizes = False
    answer = await studio.propose(to="Everybody", text="x", **{"except": "VIP"})

    await studio.press(answer, "Send")

    assert (
        "Fanvue doesn't tell how long the lists are, so we couldn't check that it leaves anyone out"
        in answer.text
    )
    assert studio.sent() == []


@pytest.mark.parametrize("fault", ["lose_answer", "error_after"])
async def test_one_whose_answer_was_lost_is_checked_when_it_is_found(
    studio: MassMessagesScenario, fault: Kind
) -> None:
    fans = studio.fans(2)
    await studio.custom_list("VIP", fans[0])
    ignores(studio, CUSTOM)
    answer = await studio.propose(to="subscribers", text="x", **{"except": "VIP"})
    studio.evening.server.faults.add(fault, "POST", "/chats/mass-messages$")

    await studio.press(answer, "Send to up to 3 fans")
    studio.clock.at += MINUTE // 6
    await studio.driver.turn()

    assert ended(studio) == ["SCHEDULED"]
    assert "Mass message deleted before it was sent, nobody got it: Fanvue counted 3 fans" in answer.text
    assert got(studio) == []


@pytest.mark.parametrize("fault", ["error_before", "lose_answer", "too_many"])
async def test_a_deletion_that_is_not_confirmed_is_tried_again_before_its_time(
    studio: MassMessagesScenario, fault: Kind
) -> None:
    fans = studio.fans(2)
    await studio.custom_list("VIP", fans[0])
    ignores(studio, CUSTOM)
    answer = await studio.propose(to="subscribers", text="x", **{"except": "VIP"})
    studio.evening.server.faults.add(fault, "DELETE", "/chats/mass-messages/", retry_after=1)

    await studio.press(answer, "Send to up to 3 fans")
    studio.clock.at += MINUTE // 6
    await studio.driver.turn()

    assert "SCHEDULED" in ended(studio)
    assert got(studio) == []


async def test_a_time_that_was_asked_for_is_kept_where_it_leaves_room_for_the_check(
    studio: MassMessagesScenario,
) -> None:
    fans = studio.fans(2)
    await studio.custom_list("VIP", fans[0])
    answer = await studio.propose(to="subscribers", text="x", when="in 2 hours", **{"except": "VIP"})

    await studio.press(answer, "Schedule for up to 3 fans")

    [sent] = studio.sent()
    assert sent["scheduled_at"].timestamp() * 1000 == studio.clock.at + 120 * MINUTE
