"""A pause ends by a word about what was held: sent, or discarded, once."""

from bot.model.errors import TryLater
from storage.records import EffectId, EffectState
from tests.features.people.pausing.pausing_scenario import NINA, OTTO, PausingScenario, here, words_of
from tests.relay.relay_scenario import ALERTS, CREATOR, MAYA, NOAH, told


async def held(lodge: PausingScenario) -> list[EffectId]:
    """Two fans, a reply to each, and a pause before either left."""
    await lodge.greeted()
    await lodge.greeted(NOAH)
    lodge.fanvue.faults.down = TryLater("Fanvue cannot be reached right now.")
    replies = [await lodge.say("one"), await lodge.say("two", NOAH, by=OTTO)]
    await lodge.turn()
    await lodge.pause()
    await lodge.turn()
    lodge.fanvue.faults.down = None
    return replies


async def test_the_question_lists_what_is_held_and_all_stays_held_until_it_is_answered(
    lodge: PausingScenario,
) -> None:
    replies = await held(lodge)

    question = await lodge.off()
    await lodge.pass_time(3_600_000)

    said = words_of(question)
    assert "what should happen to these 2?" in said
    assert f"<@{NINA}> → Emma" in said
    assert f"<@{OTTO}> → Noah" in said
    assert "one" not in said
    assert lodge.texts() + lodge.texts(NOAH) == []
    assert {(await lodge.effect(one)).state for one in replies} == {EffectState.PENDING}


async def test_send_them_sends_each_once(lodge: PausingScenario) -> None:
    replies = await held(lodge)

    said = words_of(await lodge.press(await lodge.off(), "Send them"))
    await lodge.pass_time(60_000)

    assert "2 held messages are on their way" in said
    assert (lodge.texts(), lodge.texts(NOAH)) == (["one"], ["two"])
    assert (await lodge.small(replies[0])).startswith("✓ Sent")


async def test_discard_them_sends_none_and_their_threads_say_so(lodge: PausingScenario) -> None:
    replies = await held(lodge)

    said = words_of(await lodge.press(await lodge.off(), "Discard them"))
    await lodge.pass_time(3_600_000)
    await lodge.say("new")
    await lodge.turn()

    assert "2 held messages are discarded" in said
    assert (lodge.texts(), lodge.texts(NOAH)) == (["new"], [])
    assert await lodge.small(replies[0]) == "Discarded. Not sent. A pause held it."


async def test_the_second_press_is_told_who_was_faster(lodge: PausingScenario) -> None:
    await held(lodge)
    question = await lodge.off()
    await lodge.press(question, "Discard them")

    late = words_of(await lodge.press(question, "Send them"))
    await lodge.turn()

    assert late.startswith(f"This pause is over: <@{MAYA}> ended it")
    assert lodge.texts() == []


async def test_what_has_changed_since_the_question_is_asked_anew(lodge: PausingScenario) -> None:
    replies = await held(lodge)
    question = await lodge.off()
    await lodge.pause(OTTO)  # from now on the end of the first pause would send only one of them

    anew = await lodge.press(question, "Send them")
    await lodge.turn()
    nothing = lodge.texts() + lodge.texts(NOAH)
    await lodge.press(anew, "Send them")
    await lodge.pass_time(60_000)

    assert "This has changed since you saw it" in words_of(anew)
    assert nothing == []
    assert (lodge.texts(), lodge.texts(NOAH)) == (["one"], [])
    assert (await lodge.small(replies[1], NOAH)).startswith("⏸ Held. ")


async def test_with_several_pauses_the_owner_says_which(lodge: PausingScenario) -> None:
    await lodge.pause(NINA)
    await lodge.pause()

    which = await lodge.off()

    said = words_of(which)
    assert f"1. what <@{NINA}> sends for **@lola**" in said
    assert "2. everything in the name of **@lola**" in said
    assert "The pause is over" in words_of(await lodge.press(which, "End 2"))
    assert f"what <@{NINA}> sends" in words_of(await lodge.off())
    assert words_of(await lodge.off()) == "There's nothing paused that you can resume."


async def test_what_the_owner_paused_only_the_owner_lets_go_on(lodge: PausingScenario) -> None:
    await lodge.engage(OTTO, "manager")
    await lodge.pause()
    paused = await lodge.pausing.creator(here(OTTO), CREATOR)

    assert words_of(await lodge.off(OTTO)) == "There's nothing paused that you can resume."
    refused = words_of(await lodge.press(paused, "End the pause", by=OTTO))
    assert refused == "Paused by the owner – only they can resume it."
    assert "The pause is over" in words_of(await lodge.off())


async def test_what_a_manager_paused_the_owner_lets_go_on_too(lodge: PausingScenario) -> None:
    await lodge.engage(OTTO, "manager")
    await lodge.pause(by=OTTO)

    assert "The pause is over" in words_of(await lodge.off(MAYA))


async def test_the_team_reads_of_a_creators_pause_and_not_of_a_members(lodge: PausingScenario) -> None:
    await lodge.pause(NINA)
    await lodge.off()
    await lodge.pause()
    await lodge.off()
    await lodge.turn()

    alerts = [post for post in lodge.discord.channels[ALERTS].posts.values() if post.title]
    lines = [f"{post.title}: {told(post)}" for post in alerts if "Sending" in (post.title or "")]
    assert [line.split(":")[0] for line in lines] == ["Sending is paused", "Sending resumes"]
    assert lines[1].endswith(f"▶ By <@{MAYA}>: everything in the name of **@lola** can be sent from now on.")
    assert f"<@{NINA}>" not in "".join(lines)
