"""The menu entry "Reply to this" opens the window that the message's button opens."""

from bot.sandbox.discord.model import StandInChannel, StandInMessage
from bot.sandbox.play import EveningPlay
from tests.journeys.test_replying import PATIENCE, thread_with


def line_with(play: EveningPlay, thread: StandInChannel, words: str) -> StandInMessage:
    """The newest line of a thread with these words."""
    return [one for one in play.stage.discord.world.messages[thread.id].values() if words in one.text][-1]


async def test_a_line_is_answered_from_its_menu_and_what_came_meanwhile_is_asked_about(
    play: EveningPlay,
) -> None:
    fan, mara = play.stage.fans["sam_k"], play.stage.members["mara"]
    await fan.write("are you there?")
    thread = await thread_with(play, "sam_k", "are you there?")

    window = await mara.menu(line_with(play, thread, "are you there?"), "Reply to this")
    await window.opened(PATIENCE)
    await fan.write("never mind")
    await thread_with(play, "sam_k", "never mind")
    asked = await (await mara.submit(window, {"text": "I am!"})).told(PATIENCE)
    shown, before = asked.text, fan.inbox()
    await mara.click(asked.message, "Send")
    await thread_with(play, "sam_k", "✓ Sent")

    assert "never mind" in shown
    assert before == []
    assert [message.text for message in fan.inbox()] == ["I am!"]


async def test_a_line_that_is_not_the_fans_opens_nothing_and_says_what_to_do(play: EveningPlay) -> None:
    fan, mara = play.stage.fans["sam_k"], play.stage.members["mara"]
    await fan.write("hello")
    thread = await thread_with(play, "sam_k", "hello")
    said = await mara.say(thread, "what shall I answer?")

    answer = await (await mara.menu(said, "Reply to this")).done(PATIENCE)

    assert answer.ephemeral
    assert "answer with /reply" in answer.text
    assert fan.inbox() == []
