"""A fan takes a message back: the real bridge strikes its line in the thread."""

from bot.sandbox.play import EveningPlay
from tests.journeys.test_replying import PATIENCE, thread_with


async def test_what_a_fan_takes_back_is_struck_in_its_line_also_in_an_archived_thread(
    play: EveningPlay,
) -> None:
    fan = play.stage.fans["sam_k"]
    first = await fan.write("I should not have said this")
    thread = await thread_with(play, "sam_k", "should not have said")
    assert thread.thread is not None
    thread.thread.archived = True

    await fan.take_back(first.uuid)

    world = play.stage.discord.world
    [line] = [
        message for message in world.messages[thread.id].values() if "should not have said" in message.text
    ]
    await world.until(lambda: "by the fan" in line.text or None, PATIENCE)
    assert "~~I should not have said this~~" in line.text
    assert not any("was deleted on Fanvue" in m.text for m in world.messages[thread.id].values())
