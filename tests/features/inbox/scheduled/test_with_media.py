"""A time typed beside media or a file: Send in the picker schedules, and says so."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from tests.features.publishing.picker.gallery_fixtures import labels, look, press, shown
from tests.features.publishing.picker.test_reply_picker import by_owner, replying
from tests.features.publishing.picker.test_reply_picker import house as house  # noqa: PLC0414 - its house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_media_from_the_vault_go_at_the_time_that_was_typed(house: LiveBridge) -> None:
    fan = house.fan("Lena")
    thread = await house.greeted(fan)

    answer = await replying(house, thread, text="for tonight", when="in 2 hours", vault=True)
    first = shown(answer)
    await press(house, answer, "1")
    chosen = shown(answer)
    await press(house, answer, "Send")
    said, offered = shown(answer), labels(answer)
    await house.shows(fan, "⏰ Scheduled for <t:")
    before = len(fan.inbox())
    (line,) = house.with_words(fan, "⏰ Scheduled for <t:")
    await house.click(thread, "Send now")
    await house.shows(fan, "✓ Sent")

    assert "⏰ Is sent <t:" in first
    assert "once you press Send" in chosen
    assert "1 item · free" in chosen
    assert "⏰ Scheduled to Lena" in said
    assert offered == ["Change", "Send now", "Cancel"]
    assert "1 item from the vault" in line
    assert before == 0
    (sent,) = fan.inbox()
    assert (sent.text, len(sent.media)) == ("for tonight", 1)


async def test_a_file_from_the_window_goes_at_the_time_that_was_typed(house: LiveBridge) -> None:
    fan = house.fan("Mona")
    thread = await house.greeted(fan)

    file = ("later.mp3", b"la la later" * 500)
    answer = await by_owner(house, thread, text="hear me", when="in 2 hours", files=[file])
    await answer.until(lambda now: "is ready" in now.text, PATIENCE)
    await owner_presses(house, answer, "Go on")
    ready = shown(answer)
    await owner_presses(house, answer, "Send")
    await house.shows(fan, "⏰ Scheduled for <t:")

    assert "⏰ Is sent <t:" in ready
    assert "⏰ Scheduled to Mona" in shown(answer)
    assert fan.inbox() == []


async def owner_presses(house: LiveBridge, answer: InteractionAnswer, label: str) -> None:
    before = look(answer)
    await house.stage.owner.click(answer.message, label)
    await answer.until(lambda now: look(now) != before, PATIENCE)
