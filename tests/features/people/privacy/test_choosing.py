"""What an owner chooses: asked about once more, and taken once."""

import pytest

from bot.access.policy import Action
from bot.features.people.privacy.question_service import KEPT, OVER
from bot.model.ports import Post
from storage.people import privacy_modes, retention
from storage.people.privacy_modes import PrivacyMode
from storage.people.retention import RetentionTerms
from storage.records import DiscordId
from tests.features.operations.problems.problems_scenario import labels, words
from tests.features.people.privacy.privacy_scenario import PrivacyScenario
from tests.relay.relay_scenario import CREATOR, MAYA

SOMEBODY = DiscordId(99)


async def asked(manor: PrivacyScenario, **days: int) -> Post:
    wanted = {"texts": None, "records": None, "money": None, **days}
    return await manor.privacy.choosing.keep(await manor.owner(), MAYA, **wanted)


async def held(manor: PrivacyScenario) -> RetentionTerms:
    return await manor.database.read(lambda tx: retention.terms(tx, CREATOR))


async def test_nothing_is_changed_before_the_yes(manor: PrivacyScenario) -> None:
    question = await asked(manor, texts=7)
    before = await held(manor)

    said = await manor.yes(question)

    assert labels(question) == ["Yes, do it", "No, leave it"]
    assert "**Texts older than 7 days are erased within a day. This can't be undone.**" in words(question)
    assert (before, await held(manor)) == (RetentionTerms(), RetentionTerms(texts=7))
    assert "- Texts, in the database and on Discord: 30 days → **7 days**" in words(question)
    assert "- Ids: 400 days, as now" in words(question)
    assert said.startswith("Done. From now on")
    assert "- Texts, in the database and on Discord: 7 days" in said


async def test_longer_times_warn_of_nothing_and_each_shorter_one_is_warned_of(manor: PrivacyScenario) -> None:
    said = [words(await asked(manor, **days)) for days in ({"texts": 90}, {"records": 90}, {"money": 365})]

    final = "are erased within a day. This can't be undone.**"
    assert [final in one for one in said] == [False, True, True]
    assert f"**Ids older than 90 days {final}" in said[1]
    assert "10 years → **1 year**" in said[2]


async def test_the_audit_keeps_its_own_time_and_every_text_says_so(manor: PrivacyScenario) -> None:
    question = await asked(manor, records=90)

    chosen = await manor.yes(question)

    shown = words(await manor.privacy.choosing.show(await manor.owner()))
    listed = words(await asked(manor))
    always = "The audit: 400 days, always"
    assert [always in text for text in (words(question), chosen, shown, listed)] == [True] * 4


async def test_a_no_leaves_everything_and_closes_the_question(manor: PrivacyScenario) -> None:
    question = await asked(manor, texts=7)

    said = await manor.privacy.answering.no(question.buttons[1].ref, MAYA, Action.PRIVACY_SET)

    assert said == KEPT
    assert await manor.yes(question) == OVER
    assert await held(manor) == RetentionTerms()


async def test_only_whoever_was_asked_can_answer_and_only_once_and_in_time(manor: PrivacyScenario) -> None:
    question = await asked(manor, texts=7)
    stranger = await manor.yes(question, by=SOMEBODY)
    first, second = await manor.yes(question), await manor.yes(question)
    late = await asked(manor, texts=8)
    await manor.pass_time(900_000)

    assert (stranger, second) == (OVER, OVER)
    assert first != OVER
    assert await manor.yes(late) == OVER
    assert (await held(manor)).texts == 7


async def test_a_question_answers_for_its_own_action_alone(manor: PrivacyScenario) -> None:
    question = await asked(manor, texts=7)

    assert await manor.yes(question, action=Action.FORGET) == OVER
    assert await manor.yes(question) != OVER


async def test_ids_are_never_kept_shorter_than_texts(manor: PrivacyScenario) -> None:
    question = await asked(manor, texts=90, records=30)

    assert question.buttons == ()
    assert "No changes made" in words(question)
    assert "Run it again with `records:90` or more" in words(question)


async def test_what_holds_already_is_only_said(manor: PrivacyScenario) -> None:
    question = await asked(manor, texts=30)

    assert question.buttons == ()
    assert "Already set." in words(question)
    assert "Already set" not in words(await asked(manor))
    assert "30 days" in words(question)


async def test_a_mode_is_asked_about_with_both_its_sides(manor: PrivacyScenario) -> None:
    question = await manor.privacy.choosing.mode(await manor.owner(), MAYA, PrivacyMode.PRIVATE)

    assert "Now lines show texts in full" in words(question)
    assert "new lines say who and when" in words(question)
    assert await manor.database.read(lambda tx: privacy_modes.now(tx, CREATOR)) is PrivacyMode.FULL


@pytest.mark.parametrize("mode", list(PrivacyMode))
async def test_what_holds_is_shown(manor: PrivacyScenario, mode: PrivacyMode) -> None:
    await manor.choose(mode)

    shown = words(await manor.privacy.choosing.show(await manor.owner()))

    assert "- Texts, in the database and on Discord: 30 days" in shown
    assert "10 years" in shown
    assert ("Discord keeps none" in shown) is (mode is PrivacyMode.PRIVATE)


async def test_every_choice_is_in_the_record(manor: PrivacyScenario) -> None:
    await manor.yes(await asked(manor, texts=7, money=365))

    (entry,) = await manor.audit()
    assert (entry.action, entry.target, entry.actor) == ("privacy.retention", "7/400/365", MAYA)
