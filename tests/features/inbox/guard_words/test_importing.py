"""A list from a file: all of it or nothing, once, and nothing removed unasked."""

import pytest

from bot.engine.file_imports import LIFE
from bot.features.inbox.guard_words.rules import GuardWordRefused
from bot.model.ports import Post
from bot.text.rejected_input import RejectedInput
from storage.records import DraftId
from tests.features.inbox.guard_words.guard_words_scenario import GuardWordsScenario, said


def buttons(found: Post | RejectedInput) -> list[str]:
    assert isinstance(found, Post), said(found)
    return [button.label for button in found.buttons]


async def test_every_wrong_line_is_told_with_its_cure_and_nothing_changes(lists: GuardWordsScenario) -> None:
    found = await lists.ask(
        "# ours\nblock: real name\nValencia\nstop: me\nhold:\nwarn: REAL N\u00c1ME\nwarn: 🍆\n"
        f"block: {'x' * 61}\n\n"
    )

    assert isinstance(found, RejectedInput)
    assert found.post.buttons == ()
    assert "6 lines of this file can't be used, so nothing changed." in said(found)
    assert found.post.body[1].splitlines() == [
        "Line 3 has no level: write “warn: …”, “hold: …” or “block: …”.",
        "Line 4 has no level “stop”: write “warn: …”, “hold: …” or “block: …”.",
        "Line 5 has a level and no word: write a word behind it, or delete the line.",
        "Line 6 is the same as line 2: delete one of them.",
        "Line 7 has no letter or digit, and an emoji or a sign alone can't be found: add a word.",
        "Line 8 has more than 60 characters: shorten it to the words that matter.",
    ]
    assert await lists.file() == ""


@pytest.mark.parametrize(
    ("replace", "then", "answer"),
    [
        (False, "block: old\nblock: changes\nwarn: new one\n", "Done: 1 new, 1 changed on"),
        (True, "block: changes\nwarn: new one\n", "Done: 1 new, 1 changed, 1 removed on"),
    ],
    ids=["add", "replace"],
)
async def test_what_is_new_changed_and_gone_is_shown_and_one_press_does_it(
    lists: GuardWordsScenario, *, replace: bool, then: str, answer: str
) -> None:
    await lists.add("old", "block")
    await lists.add("changes", "warn")

    question = await lists.ask("\ufeffblock: changes\r\nWARN : new one\r\n")
    before = await lists.file()
    done = await lists.press(question, replace=replace)
    again = await lists.press(question, replace=replace)

    assert "New (1)" in said(question)
    assert "changes (warn → block)" in said(question)
    assert "Not in the file (1)" in said(question)
    assert buttons(question) == ["Import 2, keep the other 1", "Replace the list, remove 1", "No, leave it"]
    assert before == "block: old\nwarn: changes\n"
    assert done.startswith(answer)
    assert await lists.file() == then
    assert "already answered" in again


async def test_an_exported_list_comes_back_as_it_was(lists: GuardWordsScenario) -> None:
    for phrase in ("a: b", "#tag", "微信", "Größe"):
        await lists.add(phrase, "hold")
    content = (await lists.keeping.export(await lists.permit(), shared=False)).content.decode()

    same = await lists.ask(content)
    await lists.press(await lists.ask(content, shared=True))

    assert "nothing to import" in said(same)
    assert await lists.file(shared=True) == await lists.file()


async def test_a_list_that_changed_since_the_question_is_asked_about_anew(lists: GuardWordsScenario) -> None:
    question = await lists.ask("block: one")
    await lists.add("two")

    assert "Someone changed the list" in await lists.press(question)
    assert await lists.file() == "block: two\n"


async def test_more_than_fit_and_no_text_are_refused(lists: GuardWordsScenario) -> None:
    many = await lists.ask("\n".join(f"warn: word {number}" for number in range(502)))
    await lists.press(await lists.ask("\n".join(f"warn: word {number}" for number in range(499))))
    beside = await lists.ask("warn: a\nwarn: b")
    empty = await lists.ask("# nothing\n")
    with pytest.raises(GuardWordRefused, match="UTF-8"):
        await lists.importing.ask(await lists.permit(), b"\xff\xfe\x00", shared=False)

    assert "Line 501 is word 501, and 500 fit: shorten the file." in said(many)
    assert buttons(beside) == ["Replace the list, remove 499", "No, leave it"]
    assert "no word in this file" in said(empty)


async def test_no_forgets_the_file_and_an_old_question_does_nothing(lists: GuardWordsScenario) -> None:
    question, other = await lists.ask("block: one"), DraftId("nothing")
    assert isinstance(question, Post)
    left = await lists.importing.no(await lists.permit(), DraftId(question.buttons[0].ref))
    unknown = await lists.importing.no(await lists.permit(), other)
    late = await lists.ask("block: one")
    lists.room.clock.at += LIFE + 1

    assert left == "Not imported."
    assert "already answered" in unknown
    assert "nothing changed" in await lists.press(late) or "already answered" in await lists.press(late)
    assert await lists.file() == ""
