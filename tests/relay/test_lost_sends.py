"""A send whose answer was lost: found by reading, or a person is asked."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.engine.retry import RetryWaits
from bot.model.errors import DeliveryRefused, DeliveryUnknown, TargetGone, TryLater
from bot.model.events import NO_SENDER, NO_TEXT, NO_TYPE
from storage.engine import sent_message_ids
from storage.records import EffectState
from tests.relay.clock_fixtures import EVENING
from tests.relay.fault_switchboard import HeldCall, LateCall, LostAnswer, ResetConnection, WrongAnswer
from tests.relay.relay_scenario import CREATOR, EMMA, MAYA, RelayScenario

LAST_LOOK = RetryWaits().settle[-1]


async def test_a_carried_out_send_whose_answer_was_lost_is_found_by_reading(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", LostAnswer())
    reply = await world.reply("hi")
    await world.turn()
    doubtful = (await world.shown(reply)).small or ""

    await world.pass_time(LAST_LOOK)

    assert doubtful.startswith("⚠️ Not sure yet")
    assert world.texts() == ["hi"]
    assert ((await world.shown(reply)).small or "").startswith("✓ Sent")
    assert world.fanvue.faults.calls["send"] == 1


async def test_a_send_that_was_not_carried_out_is_absent_after_the_last_look_and_not_before(
    world: RelayScenario,
) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", ResetConnection())
    reply = await world.reply("hi")
    await world.pass_time(LAST_LOOK - 1)
    before = (await world.effect(reply)).state

    await world.pass_time(1)

    post = await world.shown(reply)
    assert before is EffectState.UNKNOWN
    assert world.fanvue.faults.calls["recent"] == len(RetryWaits().settle)
    assert (post.small or "").startswith("⚠️ We didn't find it in the chat")
    assert [button.action for button in post.buttons] == ["send.again", "send.drop"]
    assert world.texts() == []


async def test_a_send_that_hung_for_long_and_was_carried_out_late_is_still_found(
    world: RelayScenario,
) -> None:
    await world.greeted()
    # Its bytes may have left at any moment of the attempt: what counts is when the attempt ended.
    world.fanvue.faults.add("send", LateCall(by=50_000, hangs=40_000))
    reply = await world.reply("hi")

    await world.pass_time(LAST_LOOK + 40_000)

    assert (await world.effect(reply)).state is EffectState.DONE
    assert world.texts() == ["hi"]


async def test_a_send_that_was_under_way_when_the_bridge_died_is_looked_for_from_the_restart_on(
    world: RelayScenario,
) -> None:
    await world.greeted()
    held = HeldCall(done=False)
    world.fanvue.faults.add("send", held)
    reply = await world.reply("hi")
    await held.reached.wait()
    world.clock.at += LAST_LOOK  # it may have left just before the end
    await world.restart()

    await world.pass_time(LAST_LOOK - 1)

    assert (await world.effect(reply)).state is EffectState.UNKNOWN
    await world.pass_time(1)
    assert (await world.effect(reply)).state is EffectState.ABSENT


async def test_an_absent_send_is_sent_again_by_a_person_once_however_often_they_click(
    world: RelayScenario,
) -> None:
    thread = await world.greeted()
    world.fanvue.faults.add("send", ResetConnection())
    reply = await world.reply("hi")
    await world.pass_time(LAST_LOOK)

    said = await asyncio.gather(*(world.replies.again(reply, MAYA, thread) for _ in range(2)))
    await world.turn()

    now = world.clock.now() // 1000
    assert sorted(said) == [
        "On its way again.",
        f"This is settled: <@{MAYA}> had it sent again <t:{now}:R>.",
    ]
    assert world.texts() == ["hi"]
    assert ((await world.shown(reply)).small or "").startswith("✓ Sent")


async def test_an_absent_send_is_discarded_by_a_person(world: RelayScenario) -> None:
    thread = await world.greeted()
    world.fanvue.faults.add("send", ResetConnection())
    reply = await world.reply("hi")
    await world.pass_time(LAST_LOOK)

    await world.replies.drop(reply, MAYA, thread)
    await world.pass_time(LAST_LOOK)

    assert world.texts() == []
    assert (await world.shown(reply)).small == "Discarded. Not sent."


async def test_a_send_carried_out_late_but_in_time_is_found(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", LateCall(20_000))
    reply = await world.reply("hi")

    await world.pass_time(LAST_LOOK)

    assert world.texts() == ["hi"]
    assert (await world.effect(reply)).state is EffectState.DONE


async def test_a_late_echo_claims_the_send_that_was_given_up_for_absent(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", LateCall(LAST_LOOK + 5_000))
    reply = await world.reply("hi")
    await world.pass_time(LAST_LOOK)
    absent = (await world.effect(reply)).state
    world.clock.at += 5_000
    [late] = (one for one in world.fanvue.chat(CREATOR, EMMA.id) if one.from_creator)

    await world.happen(world.echo(late))

    assert absent is EffectState.ABSENT
    assert ((await world.shown(reply)).small or "").startswith("✓ Sent")
    assert await world.lines() == ["hello", "hi"]
    assert world.texts() == ["hi"]


async def test_the_same_text_twice_claims_two_different_messages(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", LostAnswer(), LostAnswer())

    one = await world.reply("hi")
    two = await world.reply("hi")
    await world.pass_time(2 * LAST_LOOK)

    ends = [await world.effect(one), await world.effect(two)]
    assert [end.state for end in ends] == [EffectState.DONE, EffectState.DONE]
    assert ends[0].external_id != ends[1].external_id
    assert world.texts() == ["hi", "hi"]


async def test_a_send_never_takes_what_was_shown_as_written_elsewhere_for_its_own(
    world: RelayScenario,
) -> None:
    await world.greeted()
    elsewhere = world.fanvue.write(CREATOR, EMMA.id, "hi", by_creator=True)
    await world.happen(world.echo(elsewhere))
    world.fanvue.faults.add("send", ResetConnection())

    reply = await world.reply("hi")
    await world.pass_time(LAST_LOOK)

    assert (await world.effect(reply)).state is EffectState.ABSENT


async def test_an_answer_that_names_a_message_of_another_reply_is_not_believed(world: RelayScenario) -> None:
    await world.greeted()
    await world.reply("hi")
    await world.turn()
    [first] = (one for one in world.fanvue.chat(CREATOR, EMMA.id) if one.from_creator)
    world.fanvue.faults.add("send", WrongAnswer(first))
    second = await world.reply("hi")
    await world.turn()
    doubtful = (await world.effect(second)).state

    await world.pass_time(LAST_LOOK)

    assert doubtful is EffectState.UNKNOWN
    assert (await world.effect(second)).state is EffectState.ABSENT


async def test_a_claimed_message_is_nobody_elses_whoever_claimed_it(world: RelayScenario) -> None:
    await world.greeted()
    first = await world.reply("hi")
    await world.turn()
    world.fanvue.faults.add("send", LostAnswer())
    second = await world.reply("hi")
    await world.turn()
    [_, lost] = (one for one in world.fanvue.chat(CREATOR, EMMA.id) if one.from_creator)
    await world.database.write(lambda tx: sent_message_ids.claim(tx, CREATOR, lost.message, first))

    await world.pass_time(LAST_LOOK)

    assert (await world.effect(second)).state is EffectState.ABSENT


async def test_while_the_chat_cannot_be_read_nothing_is_called_absent(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", LostAnswer())
    reply = await world.reply("hi")
    await world.turn()
    world.fanvue.faults.down = TryLater("Fanvue cannot be reached.")
    await world.pass_time(10 * LAST_LOOK)
    meanwhile = (await world.effect(reply)).state
    looks = world.fanvue.faults.calls["recent"]
    world.fanvue.faults.down = None
    await world.pass_time(LAST_LOOK)

    assert meanwhile is EffectState.UNKNOWN
    assert looks < 40  # fewer and fewer, not one a second
    assert (await world.effect(reply)).state is EffectState.DONE


@pytest.mark.parametrize("failed", [DeliveryRefused("No permission to read."), DeliveryUnknown("Unclear.")])
async def test_a_chat_that_may_not_be_read_proves_nothing(
    world: RelayScenario, failed: DeliveryRefused | DeliveryUnknown
) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", LostAnswer())
    reply = await world.reply("hi")
    await world.turn()
    world.fanvue.faults.down = failed

    await world.pass_time(2 * LAST_LOOK)

    assert (await world.effect(reply)).state is EffectState.UNKNOWN


@pytest.mark.parametrize(
    "lost",
    [
        pytest.param({"text": None, "unclear": NO_TEXT}, id="its text"),
        pytest.param({"text": None, "unclear": NO_TYPE, "wordless": True}, id="its text and its type"),
        pytest.param({"sent_at": 0}, id="its time"),
        # Found by the simulation: it counted as absent, and whoever sent it again sent it twice.
        pytest.param({"sent_at": EVENING - 40_000}, id="our time: this machine's clock is ahead"),
        pytest.param({"from_creator": False, "unclear": NO_SENDER}, id="its sender"),
    ],
)
async def test_where_fanvue_does_not_tell_enough_of_a_message_no_send_is_called_absent(
    world: RelayScenario, lost: dict[str, Any]
) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", LostAnswer())
    reply = await world.reply("hi")
    await world.turn()
    chat = world.fanvue.chat(CREATOR, EMMA.id)
    told = chat[-1]
    chat[-1] = replace(told, **lost)
    await world.pass_time(LAST_LOOK * 2)
    meanwhile = (await world.effect(reply)).state
    chat[-1] = told

    await world.pass_time(LAST_LOOK * 2)

    assert meanwhile is EffectState.UNKNOWN
    assert (await world.effect(reply)).state is EffectState.DONE
    assert world.fanvue.faults.calls["send"] == 1


async def test_a_send_is_found_however_much_the_fan_wrote_since(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", LostAnswer())
    reply = await world.reply("hi")
    await world.turn()
    for number in range(80):
        world.fanvue.write(CREATOR, EMMA.id, f"are you there? {number}")

    await world.pass_time(LAST_LOOK * 2)

    assert (await world.effect(reply)).state is EffectState.DONE
    assert world.fanvue.faults.calls["send"] == 1


async def test_a_pause_that_fanvue_asks_for_is_kept_while_looking(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", LostAnswer())
    world.fanvue.faults.add("recent", TryLater("Fanvue asks us to wait.", after=40))
    reply = await world.reply("hi")
    await world.pass_time(44_999)
    looks = world.fanvue.faults.calls["recent"]

    await world.pass_time(1)

    assert looks == 1
    assert (await world.effect(reply)).state is EffectState.DONE


async def test_a_chat_that_is_gone_holds_no_message(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", ResetConnection())
    reply = await world.reply("hi")
    await world.turn()
    world.fanvue.faults.down = TargetGone("Fanvue no longer has this chat or message.")

    await world.pass_time(LAST_LOOK)

    assert (await world.effect(reply)).state is EffectState.ABSENT


@pytest.mark.parametrize("done", [True, False], ids=["carried out", "not carried out"])
async def test_a_crash_during_the_post_is_settled_by_reading(world: RelayScenario, *, done: bool) -> None:
    await world.greeted()
    held = HeldCall(done=done)
    world.fanvue.faults.add("send", held)
    reply = await world.reply("hi")
    await held.reached.wait()
    await world.restart()
    await world.turn()
    after_the_crash = (await world.effect(reply)).state

    await world.pass_time(LAST_LOOK)

    assert after_the_crash is EffectState.UNKNOWN
    assert (await world.effect(reply)).state is (EffectState.DONE if done else EffectState.ABSENT)
    assert world.texts() == (["hi"] if done else [])
    assert world.fanvue.faults.calls["send"] == 1


async def test_an_attempt_that_was_torn_away_in_this_process_is_settled_by_reading_too(
    world: RelayScenario,
) -> None:
    await world.greeted()
    held = HeldCall(done=True)
    world.fanvue.faults.add("send", held)
    reply = await world.reply("hi")
    await held.reached.wait()
    await world.crash()
    world.build()
    world.driver.hint((await world.effect(reply)).stream)

    state = await world.deliveries.drain((await world.effect(reply)).stream)

    assert state == world.clock.now() + RetryWaits().settle[0]
    assert (await world.effect(reply)).state is EffectState.UNKNOWN


async def test_a_key_goes_out_with_a_send_and_again_with_its_repetition(world: RelayScenario) -> None:
    thread = await world.greeted()
    world.fanvue.faults.add("send", ResetConnection())
    reply = await world.reply("hi")
    await world.pass_time(LAST_LOOK)

    await world.replies.again(reply, MAYA, thread)
    await world.turn()

    assert world.fanvue.keys == [reply, reply]
