"""Unsend under a line: asked once, done once, and the line says so."""

import pytest

from bot.sandbox.discord.model import StandInChannel, StandInMessage, walk
from bot.sandbox.fanvue import chat_actions
from bot.sandbox.fanvue.chat_actions import ChatWords
from bot.sandbox.play import EveningPlay
from tests.features.inbox.checks.test_front_door import PATIENCE, buttons, shown


def labels(message: StandInMessage) -> list[str]:
    return [str(one["label"]) for one in walk(message.components) if "label" in one]


async def sent(play: EveningPlay, text: str, **more: str) -> tuple[StandInChannel, StandInMessage]:
    """Mara has answered; the line says that it was sent."""
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    await fan.write("hello there")
    thread, _ = await shown(play, "sam_k", "hello there")
    answer = await (await mara.slash(play.stage.guild, thread, "reply", text=text, **more)).done(PATIENCE)
    assert answer.message is not None
    await (await mara.click(answer.message, "Send")).says("On its way", PATIENCE)
    await shown(play, "sam_k", "✓ Sent")
    return await shown(play, "sam_k", text)


async def test_two_taps_take_a_reply_back_and_its_line_says_so(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    _, line = await sent(play, "said in haste")
    assert labels(line) == ["Reply", "Unsend"]

    question = await (await mara.click(line, "Unsend")).says("Take this back?", PATIENCE)
    assert [message.text for message in fan.inbox()] == ["said in haste"]
    first = await mara.click(question.message, "Unsend")
    second = await mara.click(question.message, "Unsend")
    await first.done(PATIENCE)
    await second.done(PATIENCE)
    _, gone = await shown(play, "sam_k", f"by <@{mara.user.id}>")

    assert "↩ Taken back" in gone.text
    assert question.ephemeral
    assert buttons(first) == []
    assert fan.inbox() == []
    assert labels(gone) == ["Reply"]


async def test_where_no_webhook_tells_of_it_the_line_says_that_it_was_taken_back(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    _, line = await sent(play, "said in haste")
    play.stage.fanvue.faults.webhooks.off = True

    question = await (await mara.click(line, "Unsend")).says("Take this back?", PATIENCE)
    await mara.click(question.message, "Unsend")
    _, gone = await shown(play, "sam_k", "↩ Taken back")

    assert f"by <@{mara.user.id}>" in gone.text
    assert fan.inbox() == []
    assert labels(gone) == ["Reply"]


async def test_what_was_bought_meanwhile_stays_and_the_line_says_why(play: EveningPlay) -> None:
    mara, fan, media = play.stage.members["mara"], play.stage.fans["sam_k"], play.stage.media[0]
    _, line = await sent(play, "for you", price="9.99", media=media)
    play.stage.fanvue.faults.webhooks.off = True
    question = await (await mara.click(line, "Unsend")).says("Take this back?", PATIENCE)
    await fan.buy(fan.inbox()[-1].uuid)  # the bridge does not know it yet, Fanvue does

    await mara.click(question.message, "Unsend")
    _, kept = await shown(play, "sam_k", "⚠ Not taken back")

    assert [message.text for message in fan.inbox()] == ["for you"]
    assert "Unsend" not in labels(kept)


async def test_a_bought_line_has_no_button_and_an_old_button_says_why(play: EveningPlay) -> None:
    mara, fan, media = play.stage.members["mara"], play.stage.fans["sam_k"], play.stage.media[0]
    _, line = await sent(play, "for you", price="9.99", media=media)
    (old,) = (one for one in walk(line.components) if one.get("label") == "Unsend")
    await fan.buy(fan.inbox()[-1].uuid)
    _, bought = await shown(play, "sam_k", "💰 Paid")
    kept, bought.components = bought.components, [{"type": 1, "components": [old]}]

    answer = await (await mara.click(bought, "Unsend")).done(PATIENCE)

    bought.components = kept
    assert "Unsend" not in labels(bought)
    assert "The fan has bought it" in answer.text


@pytest.mark.parametrize("lost", [False, True])
async def test_what_was_sent_on_fanvue_itself_is_taken_back_the_same_way(
    play: EveningPlay, *, lost: bool
) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    await fan.write("hello there")
    await shown(play, "sam_k", "hello there")
    chat_actions.creator_says(fan._state, fan.bond, ChatWords("from my phone"))
    _, line = await shown(play, "sam_k", "from my phone")
    play.stage.fanvue.faults.webhooks.off = True
    if lost:
        play.stage.fanvue.faults.add("lose_answer", "DELETE", "/messages/")

    question = await (await mara.click(line, "Unsend")).says("Take this back?", PATIENCE)
    await mara.click(question.message, "Unsend")
    _, gone = await shown(play, "sam_k", "↩ Taken back")

    assert f"by <@{mara.user.id}>" in gone.text
    assert fan.inbox() == []
    assert "Unsend" not in labels(gone)
