"""The whole program: Luna pauses her team, and the next message does not leave."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")


house = own_house()


async def pause(house: LiveBridge, which: str, *, by: str = "", **values: object) -> InteractionAnswer:
    """Luna, or a member, uses /pause."""
    stage = house.stage
    person = stage.members[by] if by else stage.owner
    answer = await person.slash(stage.guild, stage.lobby, f"pause {which}", **values)
    await answer.done(PATIENCE)
    assert answer.ephemeral
    return answer


async def press(
    house: LiveBridge, answer: InteractionAnswer, label: str, *, in_place: bool = False
) -> InteractionAnswer:
    """Luna presses a button under an answer of hers."""
    assert answer.message is not None
    before = answer.text
    pressed = await house.stage.owner.click(answer.message, label)
    if in_place:
        await house.until(lambda: answer.text != before)
        return answer
    return await pressed.done(PATIENCE)


async def test_nothing_leaves_while_paused_and_what_was_held_leaves_once_by_the_owners_word(
    house: LiveBridge,
) -> None:
    fan = house.fan("Nino")
    thread = await house.greeted(fan)
    await house.stage.fanvue.refuse()
    await house.reply(thread, text="before the pause")
    await house.shows(fan, "Queued. ")

    paused = await pause(house, "all")
    refused = await house.reply(thread, text="during the pause")
    await house.stage.fanvue.accept()
    await house.shows(fan, "Held. Paused by its owner")
    await house.stage.bridge.kill()
    await house.stage.bridge.start()
    still = await house.reply(thread, text="after a restart")
    nothing = list(fan.inbox())
    question = await pause(house, "off")
    await press(house, question, "Send them", in_place=True)
    await house.shows(fan, "✓ Sent")

    assert "1 waited and is held" in paused.text
    assert "Paused by its owner since" in refused.text
    assert "Not sent." in still.text
    assert nothing == []
    assert "before the pause" not in question.text
    assert [message.text for message in fan.inbox()] == ["before the pause"]
    await house.alerted("Sending resumes")
    assert len(house.alerts("Sending is paused")) == len(house.alerts("Sending resumes")) == 1


async def test_a_paused_member_is_refused_and_the_others_are_not(house: LiveBridge) -> None:
    fan = house.fan("Lia")
    thread = await house.greeted(fan)

    mara = house.stage.members["mara"].user.id
    await pause(house, "member", member=mara)
    refused = await house.reply(thread, text="from Mara")
    other = next(name for name in house.stage.members if name != "mara")
    await house.reply(thread, by=other, text="from somebody else")
    await house.shows(fan, "✓ Sent")
    ended = await pause(house, "off")
    await house.reply(thread, text="Mara again")
    await house.until(lambda: len(fan.inbox()) == 2)

    assert "Not sent." in refused.text
    assert "The pause is over" in ended.text
    assert [message.text for message in fan.inbox()] == ["from somebody else", "Mara again"]


async def test_the_day_is_shown_to_the_owner_alone_and_texts_on_a_click(house: LiveBridge) -> None:
    fan = house.fan("Tea")
    thread = await house.greeted(fan)
    await house.reply(thread, text="good evening, Tea")
    await house.shows(fan, "✓ Sent")

    page = await pause(house, "show")
    texts = await press(house, page, "Show the texts")
    for which in ("show", "creator", "off", "all"):
        denied = await pause(house, which, by="mara")
        assert denied.text.startswith("You don't have access to this here.")

    assert f"<@{house.stage.members['mara'].user.id}> → Tea" in page.text
    assert page.text.count("→ Tea") == 1  # what only reads says nothing in Luna's name
    assert "good evening" not in page.text
    assert "> good evening, Tea" in texts.text
