"""What was typed and not taken is given back, and the question stays as it was."""

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInMessage
from bot.sandbox.play import EveningPlay
from tests.features.inbox.checks.test_front_door import PATIENCE, buttons, opened, shown


async def asked(play: EveningPlay, text: str = "hello Sam") -> InteractionAnswer:
    """Sam writes again while Mara types; she is asked."""
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    await fan.write("hello there")
    _, line = await shown(play, "sam_k", "hello there")
    window = await opened(play, line)
    await fan.write("wait, one more thing")
    await shown(play, "sam_k", "one more thing")
    answer = await (await mara.submit(window, {"text": text})).told(PATIENCE)
    assert buttons(answer) == ["Send", "Edit", "Discard"]
    return answer


async def edits(play: EveningPlay, question: InteractionAnswer) -> InteractionAnswer:
    """Mara presses Edit."""
    window = await play.stage.members["mara"].click(question.message, "Edit")
    await window.opened(PATIENCE)
    return window


async def told(answer: InteractionAnswer, words: str) -> StandInMessage:
    """What she reads beside the question, to her alone."""
    await answer.says(words, PATIENCE)
    (message,) = answer.followups
    assert message.ephemeral
    return message


async def test_an_edit_that_is_refused_leaves_the_question_and_comes_back(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    question = await asked(play)
    before = question.text
    thread, _ = await shown(play, "sam_k", "hello there")
    paused = await play.stage.owner.slash(play.stage.guild, thread, "pause creator")
    await paused.says("Paused", PATIENCE)

    window = await edits(play, question)
    refused = await mara.submit(window, {"text": "other *words*\nof mine"})
    await refused.says("Paused by", PATIENCE)

    assert refused.ephemeral
    assert "other *words*\nof mine" in refused.text.replace("\\", "")
    assert question.text == before
    assert buttons(question) == ["Send", "Edit", "Discard"]
    assert fan.inbox() == []


async def test_what_is_typed_in_an_older_window_after_send_comes_back(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    question = await asked(play)
    window = await edits(play, question)
    await (await mara.click(question.message, "Send")).says("On its way", PATIENCE)

    late = await mara.submit(window, {"text": "other words"})
    message = await told(late, "This reply was already sent")
    await shown(play, "sam_k", "✓ Sent")

    assert "other words" in message.text
    assert "On its way" in question.text
    assert [one.text for one in fan.inbox()] == ["hello Sam"]


async def test_a_second_submit_writes_nothing_over_what_the_first_one_shows(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    question = await asked(play)
    window = await edits(play, question)
    first = await (await mara.submit(window, {"text": "first words"})).says("first words", PATIENCE)
    before, offered = first.text, buttons(first)

    second = await mara.submit(window, {"text": "second words"})
    message = await told(second, "Your input was already taken")

    assert "second words" in message.text
    assert (first.text, buttons(first)) == (before, offered)
    assert offered == ["Send", "Edit", "Discard"]
    assert fan.inbox() == []


async def test_a_long_text_comes_back_whole_as_a_file(play: EveningPlay) -> None:
    mara = play.stage.members["mara"]
    question = await asked(play)
    window = await edits(play, question)
    await (await mara.click(question.message, "Discard")).says("Discarded", PATIENCE)

    text = "ten chars " * 399 + "the end"
    late = await mara.submit(window, {"text": text})
    message = await told(late, "This reply was already discarded")

    (file,) = message.attachments
    assert file.content.decode() == text


async def test_a_command_with_a_price_that_is_none_gives_its_text_back(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    await fan.write("hello there")
    thread, _ = await shown(play, "sam_k", "hello there")

    wrong = await mara.slash(play.stage.guild, thread, "reply", text="for you", price="a lot")
    await wrong.says("Write dollars", PATIENCE)
    elsewhere = await mara.slash(play.stage.guild, play.stage.guild.channel_ids[0], "reply", text="hi Sam")
    await elsewhere.says("only in a fan's thread", PATIENCE)

    assert wrong.ephemeral
    assert elsewhere.ephemeral
    assert "for you\n\nPrice: a lot" in wrong.text.replace("\\", "")
    assert "hi Sam" in elsewhere.text


async def test_a_first_answer_that_discord_did_not_take_gives_the_edit_back(play: EveningPlay) -> None:
    mara, fan = play.stage.members["mara"], play.stage.fans["sam_k"]
    question = await asked(play)
    before = question.text
    window = await edits(play, question)

    play.stage.discord.faults.fail("POST", "/interactions/", before=False)
    lost = await mara.submit(window, {"text": "other words"})
    message = await told(lost, "didn't register")

    assert "other words" in message.text
    assert question.text == before
    assert fan.inbox() == []
