"""Fans: what they do, what it changes, and which events tell it."""

import random
from typing import Any

import pytest

from bot.sandbox.fanvue import FanvueWorld, chat_actions
from bot.sandbox.fanvue.money import NotPossibleError
from bot.sandbox.fanvue.switches import FanvueSwitches
from tests.sandbox.fanvue.conftest import FanvueStage, FanvueTestClock


async def told(stage: FanvueStage) -> list[dict[str, Any]]:
    await stage.settled()
    return stage.receiver.events


async def test_a_fan_who_reads_makes_one_event_and_read_rows(stage: FanvueStage) -> None:
    stage.server.world.write_as_creator(stage.fan, "one")
    stage.server.world.write_as_creator(stage.fan, "two")
    first, again = await stage.fan.read(), await stage.fan.read()

    read = [event for event in await told(stage) if event["type"] == "creator.message.read"]
    assert (first, again) == (2, 0)
    assert [event["data"]["object"] for event in read] == ["fan_message_read"]
    assert all(message.read for message in stage.fan.inbox())


async def test_a_tip_is_a_payment_and_a_line_of_the_chat(stage: FanvueStage) -> None:
    payment = await stage.fan.tip(1500)

    line, paid = [event["data"] for event in await told(stage)]
    assert (line["message_type"], line["uuid"]) == ("TIP", payment.message)
    assert (paid["source"], paid["gross"], paid["id"]) == ("tip", 1500, payment.id)
    assert paid["purchaser"]["uuid"] == stage.fan.uuid


async def test_tips_can_stay_out_of_the_chat(stage: FanvueStage) -> None:
    stage.server.switches.tips_show_in_chat = False
    await stage.fan.tip(1500)

    assert [event["type"] for event in await told(stage)] == ["creator.payment.succeeded"]


async def test_a_priced_message_is_bought_once(stage: FanvueStage) -> None:
    media = stage.server.world.add_media(stage.creator)
    words = chat_actions.ChatWords("For sale", (media.uuid,), 700)
    message = chat_actions.creator_says(stage.server.world, stage.fan.bond, words)
    await stage.fan.buy(message.uuid)

    with pytest.raises(NotPossibleError, match="bought already"):
        await stage.fan.buy(message.uuid)
    paid = (await told(stage))[-1]["data"]
    assert (paid["source"], paid["message_uuid"], paid["gross"]) == ("message", message.uuid, 700)
    assert message.purchased_at is not None


async def test_a_subscription_goes_through_its_whole_life(stage: FanvueStage) -> None:
    fan = stage.server.world.add_fan("night-train", "Night Train", stage.creator, subscribed=False)
    await fan.subscribe(999)
    await fan.renew()
    await fan.cancel()
    await fan.lapse()

    events = await told(stage)
    assert [event["type"].removeprefix("creator.") for event in events] == [
        "subscription.activated",
        "payment.succeeded",
        "subscription.renewed",
        "payment.succeeded",
        "subscription.cancel_at_period_end_changed",
        "subscription.deactivated",
    ]
    assert [event["data"]["source"] for event in events if "source" in event["data"]] == [
        "subscription",
        "renewal",
    ]
    last = events[-1]["data"]
    assert (last["status"], last["deactivation_reason"]) == ("expired", "not_renewed")
    assert last["cancel_at_period_end"] is True


async def test_money_that_was_taken_back_counts_as_a_negative_row(stage: FanvueStage) -> None:
    tip, bad = await stage.fan.tip(1000), await stage.fan.tip(400)
    refund = await stage.fan.refunded(tip.id)
    dispute = await stage.fan.dispute(bad.id)

    events = {event["type"]: event["data"] for event in await told(stage)}
    assert events["creator.refund.created"]["payment_id"] == tip.id
    assert events["creator.dispute.created"]["payment"]["id"] == bad.id
    assert (refund.gross, dispute.gross) == (-1000, -400)
    v1 = (await stage.call("GET", "/v1/insights/earnings")).json()["data"]
    old = (await stage.call("GET", "/insights/earnings")).json()["data"]
    spending = (await stage.call("GET", "/insights/spending")).json()["data"]
    assert sum(row["gross"] for row in v1) == 0
    assert sum(row["gross"] for row in old) == 1400
    assert {row["source"] for row in spending} == {"refund", "chargeback"}


async def test_follow_react_presence_mute_and_delete_are_told(stage: FanvueStage) -> None:
    message = stage.server.world.write_as_creator(stage.fan, "Hi")
    await stage.fan.follow()
    await stage.fan.follow()
    await stage.fan.react(message.uuid, "❤️")
    await stage.fan.come_online()
    await stage.call("PATCH", f"/v1/chats/{stage.fan.uuid}", {"isMuted": True})
    await stage.call("DELETE", f"/chats/{stage.fan.uuid}/messages/{message.uuid}")

    assert [event["type"].removeprefix("creator.") for event in await told(stage)] == [
        "message.sent",
        "follow.created",
        "message.reaction",
        "fan.presence_changed",
        "fan.status_changed",
        "message.deleted",
    ]


async def test_the_same_person_at_two_creators_has_two_chats(stage: FanvueStage) -> None:
    other = stage.server.world.add_creator("other", "Other")
    twin = stage.server.world.add_fan("quiet-otter", "Quiet Otter", other)
    await stage.fan.write("to one")
    await twin.write("to the other")

    assert twin.uuid == stage.fan.uuid
    assert [message.text for message in stage.fan.chat()] == ["to one"]
    assert [message.text for message in twin.chat()] == ["to the other"]


async def test_an_automated_message_is_marked_as_such(stage: FanvueStage) -> None:
    stage.server.world.automated(stage.fan, "AUTOMATED_NEW_SUBSCRIBER", "Welcome!")

    [event] = await told(stage)
    assert (event["data"]["is_automated"], event["data"]["message_type"]) == (
        True,
        "AUTOMATED_NEW_SUBSCRIBER",
    )


async def test_until_wakes_on_a_change_and_gives_up_in_time(stage: FanvueStage) -> None:
    with pytest.raises(TimeoutError):
        await stage.server.world.until(stage.fan.inbox, 0.01)

    await stage.fan.write("Hi")
    await stage.server.world.until(stage.fan.chat)


async def test_the_same_seed_makes_the_same_ids() -> None:
    def first_ids() -> list[str]:
        world = FanvueWorld(FanvueTestClock(), random.Random(7), FanvueSwitches())  # noqa: S311 - repeatable on purpose
        return [world.add_creator(handle, handle).uuid for handle in ("a", "b")]

    assert first_ids() == first_ids()
    assert len(set(first_ids())) == 2
