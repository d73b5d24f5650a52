"""“On its way” goes away once the thread says that it was sent, and only then."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")


house = own_house()


async def _gone(house: LiveBridge, answer: InteractionAnswer) -> None:
    await house.until(lambda: answer.state == "deleted")


async def test_the_answer_to_a_reply_that_was_sent_goes_away(house: LiveBridge) -> None:
    fan = house.fan("Gina")
    thread = await house.greeted(fan)

    answer = await house.reply(thread, text="on my way")
    said, state = answer.text, answer.state
    await house.shows(fan, "✓ Sent")
    await _gone(house, answer)

    assert (said.startswith("On its way to Gina"), state) == (True, "shown")
    assert all(not message.ephemeral for message in house.stage.members["mara"].read(thread))


async def test_so_does_one_that_was_asked_about_first(house: LiveBridge) -> None:
    fan, mara = house.fan("Hanna"), house.stage.members["mara"]
    thread = await house.greeted(fan)
    opened = await mara.click(house.messages(thread)[-1], "Reply")
    await opened.opened(PATIENCE)
    await fan.write("wait, one more thing")
    await house.shows(fan, "one more thing")

    asked = await (await mara.submit(opened, {"text": "all of it"})).told(PATIENCE)
    await mara.click(asked.message, "Send")
    await house.shows(fan, "✓ Sent")

    await house.until(lambda: not asked.followups)


async def test_one_to_a_reply_that_was_not_sent_stays_to_be_read(house: LiveBridge) -> None:
    fan, other = house.fan("Ines"), house.fan("Jo")
    thread, elsewhere = await house.greeted(fan), await house.greeted(other)
    fan.block()

    refused = await house.reply(thread, text="are you there?")
    await house.shows(fan, "Not sent")
    sent = await house.reply(elsewhere, text="hello")
    await _gone(house, sent)  # by then the bridge has looked at both

    assert refused.state == "shown"
