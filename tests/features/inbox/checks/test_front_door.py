"""The question before a reply leaves, as a member and the fan see it."""

from bot.sandbox import patience
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel, StandInMessage, walk
from bot.sandbox.play import EveningPlay

PATIENCE = patience.SECONDS


async def shown(play: EveningPlay, handle: str, words: str) -> tuple[StandInChannel, StandInMessage]:
    """The fan's thread and the line with these words, once it is there."""
    world = play.stage.discord.world

    def line() -> tuple[StandInChannel, StandInMessage] | None:
        thread = play.thread_of(handle)
        found = world.messages.get(thread.id, {}).values() if thread else ()
        there = [m for m in found if words in m.text.replace("\\", "") and not m.ephemeral]
        return (thread, there[-1]) if thread is not None and there else None

    found = await world.until(line, PATIENCE)
    assert found is not None
    return found


def buttons(answer: InteractionAnswer) -> list[str]:
    components = answer.message.components if answer.message is not None else []
    return [str(one["label"]) for one in walk(components) if "label" in one]


async def opened(play: EveningPlay, line: StandInMessage) -> InteractionAnswer:
    """Mara presses Reply under a line."""
    window = await play.stage.members["mara"].click(line, "Reply")
    await window.opened(PATIENCE)
    return window


async def test_what_the_fan_wrote_meanwhile_is_shown_and_send_sends_it_once(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    await fan.write("hello there")
    _, line = await shown(play, "sam_k", "hello there")
    window = await opened(play, line)
    await fan.write("wait, one more thing")
    await shown(play, "sam_k", "one more thing")

    asked = await (await mara.submit(window, {"text": "hello Sam"})).told(PATIENCE)
    assert asked.ephemeral
    assert "one more thing" in asked.text
    assert "hello there" not in asked.text
    assert buttons(asked) == ["Send", "Edit", "Discard"]
    assert fan.inbox() == []
    assert asked.message is not None
    first = await mara.click(asked.message, "Send")
    second = await mara.click(asked.message, "Send")
    await first.says("On its way", PATIENCE)
    await second.done(PATIENCE)
    await shown(play, "sam_k", "✓ Sent")

    assert [message.text for message in fan.inbox()] == ["hello Sam"]


async def test_nothing_new_is_answered_at_once(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    await fan.write("hello there")
    _, line = await shown(play, "sam_k", "hello there")
    window = await opened(play, line)

    answer = await mara.submit(window, {"text": "hello Sam"})
    await shown(play, "sam_k", "✓ Sent")

    assert answer.state == "updated"
    assert all("On its way to Sam" in told.text for told in answer.interaction.followups)
    assert [message.text for message in fan.inbox()] == ["hello Sam"]


async def test_what_discord_does_not_take_beside_a_line_comes_later(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    await fan.write("hello there")
    _, line = await shown(play, "sam_k", "hello there")
    window = await opened(play, line)
    await fan.write("wait, one more thing")
    await shown(play, "sam_k", "one more thing")
    play.stage.discord.faults.fail("POST", "/webhooks/", times=3)

    asked = await (await mara.submit(window, {"text": "hello Sam"})).told(PATIENCE)

    assert buttons(asked) == ["Send", "Edit", "Discard"]
    assert line.text.startswith("hello there")
    assert fan.inbox() == []


async def test_a_command_is_asked_about_what_was_not_there_for_long_and_can_be_discarded(
    play: EveningPlay,
) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    await fan.write("hello there")
    thread, _ = await shown(play, "sam_k", "hello there")

    asked = await (await mara.slash(play.stage.guild, thread, "reply", text="hello Sam")).done(PATIENCE)
    assert "hello there" in asked.text
    assert asked.message is not None
    gone = await mara.click(asked.message, "Discard")
    await gone.says("Discarded. Not sent.", PATIENCE)

    assert buttons(gone) == []
    assert fan.inbox() == []


async def test_a_press_that_did_not_count_leaves_the_question_as_it_is(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    await fan.write("hello there")
    thread, _ = await shown(play, "sam_k", "hello there")
    asked = await (await mara.slash(play.stage.guild, thread, "reply", text="hello Sam")).done(PATIENCE)
    assert asked.message is not None
    question = asked.text

    play.stage.discord.faults.fail("POST", "/interactions/", before=False)
    lost = await mara.click(asked.message, "Send")
    await lost.says("Discord was too slow and your click didn't register", PATIENCE)
    assert asked.text == question
    assert fan.inbox() == []
    await (await mara.click(asked.message, "Send")).says("On its way", PATIENCE)
    await shown(play, "sam_k", "✓ Sent")

    assert [message.text for message in fan.inbox()] == ["hello Sam"]


async def test_edit_brings_the_words_back_also_after_a_restart(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    await fan.write("hello there")
    _, line = await shown(play, "sam_k", "hello there")
    window = await opened(play, line)
    await fan.write("wait, one more thing")
    await shown(play, "sam_k", "one more thing")
    asked = await mara.submit(window, {"text": "hello Sam"})
    await asked.told(PATIENCE)
    await play.stage.bridge.stop()
    await play.stage.bridge.start()
    await asked.says("The bridge restarted", PATIENCE)

    assert asked.message is not None
    editing = await mara.click(asked.message, "Edit")
    form = await editing.opened(PATIENCE)
    filled = {one["custom_id"]: one.get("value") for one in walk(form["components"]) if "custom_id" in one}
    again = await (await mara.submit(editing, {"text": "hello again"})).says("hello again", PATIENCE)
    assert again.message is not None
    assert "one more thing" in again.text  # an hour is not over: it still counts as not read
    answer = await (await mara.click(again.message, "Send")).says("On its way", PATIENCE)
    await shown(play, "sam_k", "✓ Sent")

    assert (filled["text"], filled["price"] or "") == ("hello Sam", "")
    assert buttons(answer) == []
    assert [(message.text, message.price) for message in fan.inbox()] == [("hello again", None)]


async def test_a_colleague_and_the_creators_own_app_count_as_well(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    other = next(name for name in play.stage.members if name != "mara")
    await fan.write("hello there")
    thread, line = await shown(play, "sam_k", "hello there")
    window = await opened(play, line)
    colleague = await play.stage.members[other].slash(play.stage.guild, thread, "reply", text="I am on it")
    await colleague.done(PATIENCE)
    assert colleague.message is not None
    await (await play.stage.members[other].click(colleague.message, "Send")).says("On its way", PATIENCE)
    await shown(play, "sam_k", "I am on it")

    asked = await (await mara.submit(window, {"text": "hello Sam"})).told(PATIENCE)

    assert "I am on it" in asked.text
    assert [message.text for message in fan.inbox()] == ["I am on it"]
