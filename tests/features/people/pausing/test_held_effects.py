"""A pause holds what sends, refuses what is new, and lets everything else go on."""

import pytest

from bot.engine.retry import RetryWaits
from bot.model.errors import DeliveryRefused, TryLater
from bot.model.events import ChatRead
from bot.relay.replies import ReplyWish
from bot.text.reply_rules import ReplyRefused
from storage.engine import audit_log
from storage.records import EffectId
from tests.features.people.pausing.pausing_scenario import NINA, OTTO, PausingScenario, here, words_of
from tests.relay.fault_switchboard import HeldCall
from tests.relay.relay_scenario import CREATOR, EMMA, MAYA, NOAH

SINCE = "Paused by its owner since <t:"


async def test_what_waits_is_held_and_says_so_and_nothing_leaves(lodge: PausingScenario) -> None:
    await lodge.greeted()
    lodge.fanvue.faults.add("send", TryLater("Fanvue asks us to wait.", after=30))
    reply = await lodge.say("hi")
    await lodge.turn()

    said = await lodge.pause()
    await lodge.pass_time(RetryWaits().stale)

    assert "1 waited and is held" in said
    assert f"<@{NINA}> → Emma @quiet-otter · waits" in said
    assert (await lodge.small(reply)).startswith(f"⏸ Held. {SINCE}")
    assert lodge.texts() == []
    assert lodge.fanvue.faults.calls["send"] == 1


async def test_a_new_reply_is_refused_with_who_and_since_when_and_nothing_is_kept(
    lodge: PausingScenario,
) -> None:
    await lodge.greeted()
    await lodge.pause()

    for member in (NINA, MAYA):
        with pytest.raises(ReplyRefused, match=f"{SINCE}.*Not sent"):
            await lodge.say("hi", by=member)

    await lodge.turn()
    assert lodge.texts() == []
    assert len(await lodge.lines()) == 1


async def test_a_reply_that_was_typed_before_the_pause_and_accepted_after_it_is_refused(
    lodge: PausingScenario,
) -> None:
    thread = await lodge.greeted()
    command = await lodge.replies.stage(ReplyWish(lodge.wish(thread), "hi"))

    await lodge.pause()

    with pytest.raises(ReplyRefused, match=SINCE):
        await lodge.replies.accept(command)
    await lodge.turn()
    assert lodge.texts() == []


async def test_a_paused_member_is_held_and_others_answer_the_same_fan_past_them(
    lodge: PausingScenario,
) -> None:
    await lodge.greeted()
    lodge.fanvue.faults.add("send", TryLater("Fanvue asks us to wait.", after=30))
    held = await lodge.say("nina's", by=NINA)
    await lodge.turn()

    await lodge.pause(NINA)
    await lodge.say("otto's", by=OTTO)
    await lodge.pass_time(60_000)

    assert lodge.texts() == ["otto's"]
    assert (await lodge.small(held)).startswith("⏸ Held. ")
    with pytest.raises(ReplyRefused, match="Not sent"):
        await lodge.say("more", by=NINA)


async def test_reading_reconciling_and_taking_back_go_on(lodge: PausingScenario) -> None:
    thread = await lodge.greeted()
    sent = await lodge.say("first")
    await lodge.turn()
    lodge.fanvue.faults.add("send", TryLater("Fanvue asks us to wait.", after=30))
    await lodge.say("second")
    await lodge.turn()
    await lodge.pause()
    shown = await lodge.shown(sent)
    place = next(m for m, post in lodge.discord.channels[thread].posts.items() if post == shown)

    await lodge.desk.unsending.line_deleted(place)
    await lodge.turn()
    note = lodge.discord.lines(thread)[-1]
    (button,) = (one for one in note.buttons if one.action == "reply.unsend")
    await lodge.desk.unsending.unsend(EffectId(button.ref), MAYA, thread)
    await lodge.happen(lodge.wrote("still there?"))
    await lodge.happen(ChatRead(CREATOR, EMMA, lodge.clock.now()), kind="chat.read")

    assert lodge.texts() == []  # the first was taken back though a held one waits before it
    assert "still there?" in "\n".join(await lodge.lines())


async def test_what_was_under_way_is_named_and_settled_by_looking_never_sent_again(
    lodge: PausingScenario,
) -> None:
    await lodge.greeted()
    fault = HeldCall(done=True, lost=True)
    lodge.fanvue.faults.add("send", fault)
    reply = await lodge.say("hi")
    await fault.reached.wait()

    said = await lodge.pause()
    fault.go.set()
    await lodge.pass_time(120_000)

    assert "1 was on its way to Fanvue already" in said
    assert lodge.texts() == ["hi"]
    assert lodge.fanvue.faults.calls["send"] == 1
    assert (await lodge.small(reply)).startswith("✓ Sent")


async def test_nobody_sends_again_past_a_pause(lodge: PausingScenario) -> None:
    thread = await lodge.greeted()
    lodge.fanvue.faults.add("send", DeliveryRefused("No."))
    reply = await lodge.say("hi", by=NINA)
    await lodge.turn()
    await lodge.pause(NINA)

    for member in (NINA, OTTO):
        with pytest.raises(ReplyRefused, match="Not sent"):
            await lodge.replies.again(reply, member, thread)
        with pytest.raises(ReplyRefused, match="Not sent"):
            await lodge.desk.problems.again(reply, member)
    await lodge.turn()

    assert lodge.texts() == []
    assert await lodge.replies.drop(reply, OTTO, thread) == "Discarded. Not sent."


async def test_a_pause_survives_a_restart(lodge: PausingScenario) -> None:
    await lodge.greeted()
    lodge.fanvue.faults.down = TryLater("Fanvue cannot be reached right now.")
    reply = await lodge.say("hi")
    await lodge.turn()
    await lodge.pause()
    lodge.fanvue.faults.down = None

    await lodge.restart()
    await lodge.pass_time(RetryWaits().paused)

    assert lodge.texts() == []
    assert (await lodge.small(reply)).startswith("⏸ Held. ")
    with pytest.raises(ReplyRefused, match=SINCE):
        await lodge.say("more")
    question = await lodge.off()
    await lodge.press(question, "Send them")
    await lodge.turn()
    assert lodge.texts() == ["hi"]


async def test_all_stops_every_creator_of_its_owner_also_one_who_comes_later(lodge: PausingScenario) -> None:
    await lodge.greeted()
    lodge.fanvue.faults.add("send", TryLater("Fanvue asks us to wait.", after=30))
    reply = await lodge.say("hi")
    await lodge.turn()

    said = words_of(await lodge.pausing.everything(here(MAYA)))
    nothing = words_of(await lodge.pausing.everything(here(OTTO)))
    await lodge.pass_time(60_000)

    assert "everything in the name of **@lola**" in said
    assert nothing.startswith("You have no Fanvue account connected")
    assert lodge.texts() == []
    assert (await lodge.small(reply)).startswith("⏸ Held. ")


async def test_the_owner_is_no_member_and_nobody_pauses_their_equal(lodge: PausingScenario) -> None:
    await lodge.engage(OTTO, "manager")

    assert "The owner can't be paused as a member" in await lodge.pause(MAYA)
    assert "You can only pause members with a lower role than yours" in await lodge.pause(OTTO, by=NINA)
    assert "You can only pause members with a lower role than yours" in await lodge.pause(NINA, by=NINA)
    assert (await lodge.pause(NINA, by=OTTO)).startswith("Paused\n")


async def test_a_second_pause_of_the_same_says_so_and_is_not_another_one(lodge: PausingScenario) -> None:
    await lodge.pause()

    again = await lodge.pause()

    assert again.startswith("Already paused")
    assert "The pause is over" in words_of(await lodge.off())
    await lodge.greeted(NOAH)
    await lodge.say("hi", NOAH)
    await lodge.turn()
    assert lodge.texts(NOAH) == ["hi"]


async def test_the_audit_says_who_paused_whom_and_who_ended_it(lodge: PausingScenario) -> None:
    await lodge.pause(NINA)
    await lodge.off()

    entries = await lodge.database.read(lambda tx: audit_log.recent(tx, CREATOR, 10))
    assert entries.pop().action == "setup"
    assert [(one.actor, one.action, one.target, one.outcome) for one in entries] == [
        (MAYA, "pause.off", str(NINA), "nothing was held"),
        (MAYA, "pause.on", str(NINA), "0 held"),
    ]


async def test_the_status_says_that_everything_is_paused_and_not_that_a_member_is(
    lodge: PausingScenario,
) -> None:
    await lodge.pause(NINA)
    only_member = words_of(await lodge.desk.status.of([CREATOR], [CREATOR]))
    await lodge.pause()
    everything = words_of(await lodge.desk.status.of([CREATOR], [CREATOR]))

    assert "paused" not in only_member
    assert f"🔴 Sending: paused by <@{MAYA}> since <t:" in everything
    assert "resume with /pause off" in everything
