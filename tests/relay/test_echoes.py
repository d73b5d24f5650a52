"""The creator's side of a chat: our sends coming back, and others (B5)."""

from dataclasses import replace

from bot.engine.retry import RetryWaits
from bot.model.errors import TryLater
from bot.model.events import MessageDeleted
from storage.inbox import messages, threads
from storage.records import EffectState, MediaId
from tests.relay.fault_switchboard import HeldCall, LostAnswer, ResetConnection
from tests.relay.relay_scenario import CREATOR, EMMA, MAYA, NOAH, RelayScenario

ELSEWHERE = "Sent on Fanvue, not through Discord"


async def test_an_echo_after_the_answer_is_nothing_new(world: RelayScenario) -> None:
    await world.greeted()
    await world.reply("hi")
    await world.turn()
    [ours] = (one for one in world.fanvue.chat(CREATOR, EMMA.id) if one.from_creator)

    await world.happen(world.echo(ours))

    assert await world.lines() == ["hello", "hi"]


async def test_an_echo_before_the_answer_waits_for_it(world: RelayScenario) -> None:
    await world.greeted()
    held = HeldCall(done=True)
    world.fanvue.faults.add("send", held)
    await world.reply("hi")
    await held.reached.wait()
    [ours] = (one for one in world.fanvue.chat(CREATOR, EMMA.id) if one.from_creator)
    await world.keep(world.echo(ours))
    await world.until("echo.check", "later")

    held.go.set()
    await world.pass_time(RetryWaits().echo)

    assert await world.lines() == ["hello", "hi"]
    assert ("echo.check", "moot") in world.watched


async def test_an_echo_of_a_send_whose_answer_was_lost_is_not_shown_as_written_elsewhere(
    world: RelayScenario,
) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", LostAnswer())
    reply = await world.reply("hi")
    await world.turn()
    [ours] = (one for one in world.fanvue.chat(CREATOR, EMMA.id) if one.from_creator)

    await world.happen(world.echo(ours))
    await world.pass_time(RetryWaits().settle[-1])

    assert await world.lines() == ["hello", "hi"]
    assert (await world.effect(reply)).state is EffectState.DONE


async def test_what_was_written_elsewhere_is_shown_as_that_once(world: RelayScenario) -> None:
    await world.greeted()
    there = world.fanvue.write(CREATOR, EMMA.id, "from my phone", by_creator=True)

    await world.happen(world.echo(there))
    await world.happen(world.echo(there), kind="swept")

    posts = world.discord.lines(await world.thread())
    assert await world.lines() == ["hello", "from my phone"]
    assert posts[1].title == ELSEWHERE
    paired = await world.database.read(lambda tx: messages.get(tx, CREATOR, there.message))
    assert paired is not None
    assert paired.channel == await world.thread()


async def test_what_was_written_elsewhere_first_opens_the_thread(world: RelayScenario) -> None:
    there = world.fanvue.write(CREATOR, EMMA.id, "welcome!", by_creator=True)

    await world.happen(world.echo(there))

    assert await world.lines() == ["welcome!"]


async def test_a_deletion_of_what_was_written_elsewhere_is_told(world: RelayScenario) -> None:
    await world.greeted()
    there = world.fanvue.write(CREATOR, EMMA.id, "oops", by_creator=True)
    await world.happen(world.echo(there))

    await world.happen(MessageDeleted(CREATOR, EMMA, there.message, world.clock.now()), kind="deleted")

    assert (await world.lines())[1:] == ["~~oops~~"]


async def test_an_echo_without_its_text_is_read_first(world: RelayScenario) -> None:
    await world.greeted()
    picture = MediaId("11111111-2222-4333-8444-555555555555")
    there = world.fanvue.write(CREATOR, EMMA.id, None, by_creator=True, media=[picture])

    await world.happen(world.echo(there, complete=False))

    [line] = (await world.whole_lines())[1:]
    assert line.startswith("Sent on Fanvue, not through Discord\n<t:")
    assert line.endswith(" · 📎 1 media item")


async def test_beside_a_missing_send_other_words_are_still_from_elsewhere(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", ResetConnection())
    reply = await world.reply("hi")
    await world.pass_time(RetryWaits().settle[-1])
    there = world.fanvue.write(CREATOR, EMMA.id, "something else", by_creator=True)

    await world.happen(world.echo(there))

    assert (await world.effect(reply)).state is EffectState.ABSENT
    assert (await world.lines())[2:] == ["something else"]


async def test_a_deleted_echo_beside_a_missing_send_shows_what_was_told_of_it(world: RelayScenario) -> None:
    await world.greeted()
    world.fanvue.faults.add("send", ResetConnection())
    await world.reply("hi")
    await world.pass_time(RetryWaits().settle[-1])
    there = world.fanvue.write(CREATOR, EMMA.id, "unsent at once", by_creator=True)
    untold = world.fanvue.write(CREATOR, EMMA.id, "unsent unseen", by_creator=True)
    world.fanvue.delete(there.message)
    world.fanvue.delete(untold.message)

    await world.happen(world.echo(there))
    await world.happen(world.echo(untold, complete=False))

    assert (await world.lines())[2:] == ["unsent at once"]


async def test_a_send_that_is_begun_again_meanwhile_is_not_claimed_by_a_late_echo(
    world: RelayScenario,
) -> None:
    thread = await world.greeted()
    world.fanvue.faults.add("send", LostAnswer())
    reply = await world.reply("hi")
    await world.turn()
    world.fanvue.faults.down = None
    [late] = (one for one in world.fanvue.chat(CREATOR, EMMA.id) if one.from_creator)
    world.fanvue.delete(late.message)
    await world.pass_time(RetryWaits().settle[-1])
    absent = (await world.effect(reply)).state
    world.fanvue._chats[CREATOR, EMMA.id].append(late)  # Fanvue shows it at last
    reading = HeldCall(done=True)
    world.fanvue.faults.add("message", reading)
    await world.keep(world.echo(late))
    await reading.reached.wait()
    world.fanvue.faults.add("send", TryLater("Not now.", after=1))
    await world.replies.again(reply, MAYA, thread)

    reading.go.set()
    await world.pass_time(2 * RetryWaits().echo)

    end = await world.effect(reply)
    assert absent is EffectState.ABSENT
    assert end.state is EffectState.DONE
    assert len(world.texts()) == 2  # a person wanted it; both are there, and both are to be seen
    assert len(await world.lines()) == 3


async def test_an_automated_message_is_shown_as_one(world: RelayScenario) -> None:
    await world.greeted()
    there = world.fanvue.write(CREATOR, EMMA.id, "Thanks for subscribing", by_creator=True)
    event = world.echo(there)

    await world.happen(type(event)(**{**vars(event), "automated": True}))

    assert world.discord.lines(await world.thread())[1].title == "Sent by an automation on Fanvue"


async def test_a_mass_message_opens_no_thread_and_adds_no_line_to_any(world: RelayScenario) -> None:
    await world.greeted()
    to_one = world.fanvue.write(CREATOR, EMMA.id, "to all of you", by_creator=True)
    to_another = world.fanvue.write(CREATOR, NOAH.id, "to all of you", by_creator=True)

    await world.happen(replace(world.echo(to_one), kind="BROADCAST"))
    await world.happen(replace(world.echo(to_another, NOAH), kind="BROADCAST"))

    assert await world.lines() == ["hello"]
    assert await world.database.read(lambda tx: threads.current(tx, CREATOR, NOAH.id)) is None
