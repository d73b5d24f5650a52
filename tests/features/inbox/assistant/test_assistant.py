"""The assistant helps who presses, where the owner allows it, and sends nothing."""

import asyncio
from copy import deepcopy

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInMessage
from tests.features.inbox.assistant.assistant_scenario import AssistantScenario
from tests.proofs.faults.live_bridge import PATIENCE, labels, plain

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_nothing_is_offered_and_nothing_leaves_before_the_owner_says_yes(
    helper: AssistantScenario,
) -> None:
    fan = helper.house.fan("Noyet")
    line = await helper.wrote(fan, "a word that stays at home")
    refused = await helper.set(by="mara", translate="on")
    question = await helper.set(translate="on")

    assert labels(line) == ["Reply"]
    assert "don't have access" in refused.text
    assert helper.server.url.removeprefix("http://").removesuffix("/v1") in plain_text(question)
    assert "stand-in-7b" in plain_text(question)
    assert helper.server.asked == []
    assert "Off: nothing that fans write leaves the bridge" in (await helper.set()).text


async def test_the_owner_is_asked_about_what_they_typed_alone(helper: AssistantScenario) -> None:
    translate = plain_text(await helper.set(translate="on"))
    draft = plain_text(await helper.set(draft="on"))
    both = plain_text(await helper.set(translate="on", draft="on"))

    assert ("**Translate**" in translate, "**Draft**" in translate) == (True, False)
    assert "newest messages" not in translate
    assert ("**Translate**" in draft, "**Draft**" in draft) == (False, True)
    assert "newest messages of the chat" in draft
    assert "**Translate** or **Draft**" in both


async def test_a_line_is_translated_for_its_reader_alone(helper: AssistantScenario) -> None:
    await helper.allowed()
    fan = helper.house.fan("Lesya")
    line = await helper.wrote(fan, "Quiero *verte* (hoy)")
    german = await helper.press(line, "Translate", locale="de")
    french = await helper.press(line, "Translate", locale="fr")

    assert labels(line) == ["Reply", "Translate", "Draft"]
    assert "German: <Quiero *verte* (hoy)>" in plain_text(german)
    assert "French: <Quiero *verte* (hoy)>" in plain_text(french)
    assert german.ephemeral
    assert french.ephemeral
    assert "stand-in-7b" in plain_text(french)
    assert fan.inbox() == []


async def test_texts_that_share_a_post_are_translated_together(helper: AssistantScenario) -> None:
    await helper.allowed()
    fan = helper.house.fan("Bursty")
    await helper.house.answered(fan)
    await fan.write("uno")
    await helper.house.shows(fan, "uno")
    await fan.write("dos")
    thread = await helper.house.shows(fan, "dos")
    answer = await helper.press(helper.line(thread, "dos"), "Translate")

    assert "dos" in answer.text
    shared = "uno" in plain(helper.line(thread, "dos"))
    assert ("uno" in answer.text) is shared


async def test_a_draft_is_kept_for_its_presser_and_leaves_by_their_press(helper: AssistantScenario) -> None:
    await helper.allowed()
    fan = helper.house.fan("Drafty")
    line = await helper.wrote(fan, "are you {fan_name}?")
    drafted = await helper.press(line, "Draft")
    shown, unsent = plain_text(drafted), list(fan.inbox())
    says = await helper.press(message_of(drafted), "What does it say?", locale="de")
    await helper.press(message_of(drafted), "Send")
    thread = await helper.house.shows(fan, "✓ Sent")

    assert "Thank you for <are you {fan_name}?>" in shown
    assert "Draft by stand-in-7b" in shown
    assert unsent == []
    assert "German: <Thank you for <are you {fan_name}?>>" in plain_text(says)
    assert [message.text for message in fan.inbox()] == ["Thank you for <are you {fan_name}?>"]
    assert "draft by stand-in-7b" in plain(helper.line(thread, "Thank you for"))


async def test_a_draft_is_made_of_the_chat_without_names(helper: AssistantScenario) -> None:
    await helper.allowed()
    fan = helper.house.fan("Namely")
    await helper.house.answered(fan)
    line = await helper.wrote(fan, "and what do you do tonight?")
    await helper.press(line, "Draft")

    assert "hello yourself" in helper.server.heard
    assert "and what do you do tonight?" in helper.server.heard
    assert all(word not in helper.server.heard for word in ("Namely", fan.handle, str(fan.uuid)))


async def test_an_answer_is_translated_before_it_leaves_and_its_words_stay_beside_it(
    helper: AssistantScenario,
) -> None:
    await helper.allowed()
    fan, mara = helper.house.fan("Ola"), helper.house.stage.members["mara"]
    line = await helper.wrote(fan, "hola guapa")
    read = await helper.press(line, "Translate")
    opened = await helper.press(message_of(read), "Answer in their language")
    shown = await (await mara.submit(opened, {"text": "Hi *you*"})).done(PATIENCE)
    preview, unsent = plain_text(shown), list(fan.inbox())
    await helper.press(message_of(shown), "Send")
    thread = await helper.house.shows(fan, "✓ Sent")

    assert unsent == []
    assert "like <hola guapa>: Hi *you*" in preview
    assert "You wrote" in preview
    assert [message.text for message in fan.inbox()] == ["like <hola guapa>: Hi *you*"]
    sent = plain(helper.line(thread, "like <hola guapa>"))
    assert "translated by stand-in-7b" in sent
    assert "Original: Hi *you*" in sent


async def test_a_dead_engine_says_so_and_hands_back_what_was_typed(helper: AssistantScenario) -> None:
    await helper.allowed()
    fan, mara = helper.house.fan("Deadly"), helper.house.stage.members["mara"]
    line = await helper.wrote(fan, "hallo du")
    read = await helper.press(line, "Translate")
    opened = await helper.press(message_of(read), "Answer in their language")
    helper.server.status = 500
    failed = await (await mara.submit(opened, {"text": "my long answer"})).done(PATIENCE)
    no_draft = await helper.press(line, "Draft")
    helper.server.raw = b'{"choices": []}'
    empty = await helper.press(line, "Translate")

    assert "answers 500" in failed.text
    assert "my long answer" in failed.text
    assert "answers 500" in no_draft.text
    assert "doesn't answer right now" in empty.text
    assert fan.inbox() == []


async def test_what_cannot_be_shown_whole_is_not_kept(helper: AssistantScenario) -> None:
    await helper.allowed()
    fan = helper.house.fan("Longish")
    line = await helper.wrote(fan, "tell me everything")
    helper.server.says = "a" * 2_700 + " the end."
    whole = await helper.press(line, "Draft")
    helper.server.says = "*" * 1_500
    refused = await helper.press(line, "Draft")

    assert "the end" in whole.text
    assert "Send" in labels(message_of(whole))
    assert "too long to show you whole" in refused.text
    assert "Send" not in labels(message_of(refused))


async def test_where_only_drafts_are_allowed_nothing_offers_to_translate(helper: AssistantScenario) -> None:
    await helper.allowed()
    await helper.set(translate="off")
    fan = helper.house.fan("Draftsonly")
    line = await helper.wrote(fan, "only drafts")
    drafted = await helper.press(line, "Draft")

    assert labels(line) == ["Reply", "Draft"]
    assert "Send" in labels(message_of(drafted))
    assert "What does it say?" not in labels(message_of(drafted))


async def test_a_chat_that_cannot_be_read_is_said_and_nothing_is_made_up(helper: AssistantScenario) -> None:
    await helper.allowed()
    fan, fanvue = helper.house.fan("Unread"), helper.house.stage.fanvue
    line = await helper.wrote(fan, "hello?")
    await fanvue.refuse()
    try:
        drafted = await helper.press(line, "Draft")
    finally:
        await fanvue.accept()

    assert "couldn't read the chat" in drafted.text
    assert "Send" not in labels(message_of(drafted))
    assert "chat" not in helper.server.heard


async def test_a_slow_engine_holds_up_nobody_else(helper: AssistantScenario) -> None:
    await helper.allowed()
    fan, other = helper.house.fan("Slowly"), helper.house.fan("Quickly")
    line = await helper.wrote(fan, "still there?")
    helper.server.hanging = asyncio.Event()
    pressed = await helper.house.stage.members["mara"].click(line, "Draft")
    await asyncio.wait_for(helper.server.reached.wait(), PATIENCE)
    await helper.house.answered(other)
    unanswered = pressed.text
    helper.server.hanging.set()
    await pressed.done(PATIENCE)

    assert "Thank you" not in unanswered
    assert "Thank you for <still there?>" in plain_text(pressed)


async def test_an_edit_keeps_what_was_translated_and_by_whom(helper: AssistantScenario) -> None:
    await helper.allowed()
    fan, mara = helper.house.fan("Edda"), helper.house.stage.members["mara"]
    line = await helper.wrote(fan, "ciao bella")
    opened = await helper.press(message_of(await helper.press(line, "Translate")), "Answer in their language")
    shown = await (await mara.submit(opened, {"text": "See you"})).done(PATIENCE)
    edit = await helper.press(message_of(shown), "Edit")
    await (await mara.submit(edit, {"text": "Ci vediamo"})).done(PATIENCE)
    thread = await helper.house.shows(fan, "✓ Sent")

    assert [message.text for message in fan.inbox()] == ["Ci vediamo"]
    sent = plain(helper.line(thread, "Ci vediamo"))
    assert "translated by stand-in-7b" in sent
    assert "Original: See you" in sent


async def test_what_the_fan_writes_meanwhile_is_asked_about_before_a_draft_leaves(
    helper: AssistantScenario,
) -> None:
    await helper.allowed()
    fan = helper.house.fan("Meanwhile")
    line = await helper.wrote(fan, "shall we?")
    drafted = await helper.press(line, "Draft")
    await fan.write("no, forget it")
    await helper.house.shows(fan, "no, forget it")
    await helper.press(message_of(drafted), "Send")
    await helper.house.until(lambda: "no, forget it" in drafted.text)

    assert fan.inbox() == []


async def test_a_draft_is_nobody_elses_to_send(helper: AssistantScenario) -> None:
    await helper.allowed()
    fan = helper.house.fan("Others")
    line = await helper.wrote(fan, "mine?")
    seen = deepcopy(message_of(await helper.press(line, "Draft")))
    seen.viewer_id = helper.house.stage.members["theo"].user.id  # as a forged client would have it
    pressed = await helper.press(seen, "Send", by="theo")
    says = await helper.press(seen, "What does it say?", by="theo")

    assert "isn't one of your pending replies" in pressed.text
    assert "no longer in this thread" in says.text
    assert fan.inbox() == []


async def test_each_press_is_in_the_audit_with_the_model_and_without_a_text(
    helper: AssistantScenario,
) -> None:
    await helper.allowed()
    fan = helper.house.fan("Audited")
    line = await helper.wrote(fan, "a private word")
    await helper.press(line, "Translate")
    await helper.press(line, "Draft")
    rows = helper.house.rows(
        "SELECT action, target FROM audit WHERE action LIKE 'assistant.%' ORDER BY at DESC, id DESC LIMIT 2"
    )

    assert {(row["action"], row["target"]) for row in rows} == {
        ("assistant.translate", "stand-in-7b"),
        ("assistant.draft", "stand-in-7b"),
    }
    assert "a private word" not in helper.house.log


async def test_a_yes_that_is_taken_back_while_the_chat_is_read_counts(helper: AssistantScenario) -> None:
    await helper.allowed()
    fan = helper.house.fan("Inbetween")
    line = await helper.wrote(fan, "may this leave?")
    await helper.read_by_itself(fan)
    looks = helper.house.stage.fanvue.faults.hold("GET", f"/{fan.uuid}/messages")
    pressed = await helper.house.stage.members["mara"].click(line, "Draft")
    await looks.reached(PATIENCE)
    await helper.set(draft="off")
    looks.release()
    await pressed.done(PATIENCE)

    assert "The assistant is off for this creator" in pressed.text
    assert "may this leave?" not in helper.server.heard


async def test_what_the_owner_takes_back_counts_at_once(helper: AssistantScenario) -> None:
    await helper.allowed()
    fan = helper.house.fan("Taken")
    line = await helper.wrote(fan, "a text that may no longer leave")
    off = await helper.set(translate="off", draft="off")
    helper.server.asked.clear()
    translated, drafted = await helper.press(line, "Translate"), await helper.press(line, "Draft")
    later = await helper.wrote(helper.house.fan("Later"), "and no button here")

    assert "Off: nothing that fans write leaves the bridge" in off.text
    assert "The assistant is off for this creator" in translated.text
    assert "The assistant is off for this creator" in drafted.text
    assert helper.server.asked == []
    assert labels(later) == ["Reply"]


def message_of(answer: InteractionAnswer) -> StandInMessage:
    """The message that an answer is."""
    assert answer.message is not None
    return answer.message


def plain_text(answer: InteractionAnswer) -> str:
    """As its reader sees it, without the escapes."""
    return answer.text.replace("\\", "")


async def test_a_yes_that_somebody_wrote_into_the_database_lets_nothing_leave(
    helper: AssistantScenario,
) -> None:
    await helper.set(translate="off", draft="off")
    helper.plant_consent()
    fan = helper.house.fan("Planted")
    line = await helper.wrote(fan, "a word that nobody allowed to leave")

    assert labels(line) == ["Reply"]
    assert "Off: nothing that fans write leaves the bridge" in (await helper.set()).text
    assert helper.server.asked == []
