"""The bridge was away while somebody typed: nothing is lost, or goes out twice."""

import pytest

from bot.sandbox.play import EveningPlay
from tests.features.inbox.checks.test_front_door import PATIENCE, shown
from tests.features.inbox.message_replies.message_replies_fixtures import (
    FAN,
    arrived,
    begun,
    consents,
    inbox,
    taken_away,
)


@pytest.mark.parametrize("how", ["stopped", "killed"])
async def test_what_was_typed_meanwhile_is_found_after_a_start_once(play: EveningPlay, how: str) -> None:
    mara = play.stage.members["mara"]
    thread = await begun(play)
    await consents(play, thread)
    bridge = play.stage.bridge

    await (bridge.stop() if how == "stopped" else bridge.kill())
    typed = await mara.say(thread, "are you there?")
    await mara.say(thread, "// he is asleep")
    await bridge.start()
    await taken_away(play, typed)
    await arrived(play, "hi Sam", "are you there?")
    await bridge.stop()
    await bridge.start()
    await mara.say(thread, "bye")
    await arrived(play, "hi Sam", "are you there?", "bye")

    assert inbox(play) == ["hi Sam", "are you there?", "bye"]


@pytest.mark.parametrize("resumable", [True, False], ids=["resumed", "a new session"])
async def test_what_was_typed_while_the_gateway_was_down_arrives_once(
    play: EveningPlay, *, resumable: bool
) -> None:
    mara = play.stage.members["mara"]
    thread = await begun(play)
    await consents(play, thread)
    faults = play.stage.discord.faults

    if not resumable:
        faults.forget_sessions()
    faults.drop_gateway()
    await mara.say(thread, "are you there?")
    await arrived(play, "hi Sam", "are you there?")
    faults.drop_gateway()
    await mara.say(thread, "bye")
    await arrived(play, "hi Sam", "are you there?", "bye")

    assert inbox(play) == ["hi Sam", "are you there?", "bye"]


async def test_a_question_survives_a_start(play: EveningPlay) -> None:
    mara = play.stage.members["mara"]
    thread = await begun(play)
    await mara.say(thread, "hi Sam")
    _, question = await shown(play, FAN, "goes to the fan. Send this")

    await play.stage.bridge.stop()
    await play.stage.bridge.start()
    await (await mara.click(question, "Send")).says("s messages here now go to the fan", PATIENCE)
    await arrived(play, "hi Sam")
    await play.stage.bridge.stop()
    await play.stage.bridge.start()
    await mara.say(thread, "bye")
    await arrived(play, "hi Sam", "bye")

    assert inbox(play) == ["hi Sam", "bye"]
