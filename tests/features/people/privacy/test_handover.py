"""A file with all that is kept, handed over: asked first, and not in every mode."""

import json

import pytest

from bot.access.policy import Action
from bot.features.people.privacy.answer_service import PrivacyAnswer
from bot.features.people.privacy.export_service import EXPORT, MOST, PrivacyExportService
from bot.features.people.privacy.question_service import OVER
from bot.features.people.privacy.texts import NO_SUCH_FAN
from bot.model.ports import Post
from storage.people.privacy_modes import PrivacyMode
from storage.records import DiscordId
from tests.confirmations import ref_of, yes_to
from tests.features.operations.problems.problems_scenario import labels, words
from tests.features.people.privacy.privacy_scenario import PrivacyScenario
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, MAYA, NOAH

EMMAS, NOAHS = "what emma wrote", "what noah wrote"


async def a_talk(manor: PrivacyScenario) -> None:
    await manor.happen(manor.wrote(EMMAS))
    await manor.happen(manor.wrote(NOAHS, NOAH))


async def asked(manor: PrivacyScenario, *, fan: str | None = None, thread: DiscordId | None = None) -> Post:
    return await manor.privacy.handing.ask(await manor.owner(), MAYA, fan=fan, thread=thread)


async def handed(manor: PrivacyScenario, question: Post) -> PrivacyAnswer:
    return await manor.privacy.answering.yes(yes_to(Action.EXPORT, ref_of(question), MAYA, CREATOR))


def small(manor: PrivacyScenario, most: int) -> PrivacyExportService:
    """One that finds every file too large."""
    privacy = manor.privacy
    handing = PrivacyExportService(manor.ground(), asking=privacy.answering._asking, most=most)
    carriers = privacy.answering._carriers
    assert isinstance(carriers, dict)
    carriers[EXPORT] = handing
    return handing


async def test_nothing_is_handed_over_before_the_yes_and_the_question_says_what_it_is(
    manor: PrivacyScenario,
) -> None:
    await a_talk(manor)

    question = await asked(manor)

    assert labels(question) == ["Yes, do it", "No, leave it"]
    assert "intimate texts" in words(question)
    assert "your device keeps" in words(question)
    assert EMMAS not in words(question)


async def test_of_a_creator_there_is_the_same_as_by_the_operators_command(manor: PrivacyScenario) -> None:
    await a_talk(manor)

    file = await handed(manor, await asked(manor))

    found = json.loads(file.content)
    assert file.name == "bridge-export.json"
    assert (found["creator"], found["fan"]) == (CREATOR, None)
    assert all(text.encode() in file.content for text in (EMMAS, NOAHS, "quiet-otter"))
    assert "intimate texts" in file.text


@pytest.mark.parametrize("named", [EMMA.id, "@Quiet-Otter", " quiet-otter "])
async def test_of_one_fan_it_is_theirs_alone(manor: PrivacyScenario, named: str) -> None:
    await a_talk(manor)

    question = await asked(manor, fan=named)
    file = await handed(manor, question)

    assert "Emma @quiet-otter" in words(question)
    assert EMMAS.encode() in file.content
    assert [text for text in (NOAHS, NOAH.id) if text.encode() in file.content] == []


async def test_in_a_fans_thread_it_is_this_fans_and_elsewhere_everybodys(manor: PrivacyScenario) -> None:
    await a_talk(manor)

    here = await asked(manor, thread=await manor.thread(NOAH))
    elsewhere = await asked(manor, thread=ALERTS)
    other = await asked(manor, fan=EMMA.id, thread=await manor.thread(NOAH))

    assert "**Noah" in words(here)
    assert "a fan of" not in words(elsewhere)
    assert "**Emma" in words(other)


async def test_a_fan_whom_nobody_knows_is_asked_for_again(manor: PrivacyScenario) -> None:
    await a_talk(manor)

    question = await asked(manor, fan="somebody")

    assert (question.body, question.buttons) == ((NO_SUCH_FAN,), ())


async def test_fans_are_offered_by_the_beginning_of_their_names(manor: PrivacyScenario) -> None:
    await a_talk(manor)
    handing, link = manor.privacy.handing, await manor.owner()

    assert await handing.fans(link, "@qui") == [("Emma @quiet-otter", EMMA.id)]
    assert len(await handing.fans(link, "")) == 2


async def test_whoever_has_ever_chosen_private_gets_no_text_through_discord(manor: PrivacyScenario) -> None:
    await a_talk(manor)
    before = await asked(manor)
    await manor.pass_time(1000)
    await manor.choose(PrivacyMode.PRIVATE)
    await manor.pass_time(1000)
    meanwhile = await handed(manor, before)
    await manor.choose(PrivacyMode.FULL)

    later = await asked(manor, fan=EMMA.id)

    assert (meanwhile.name, meanwhile.content, later.buttons) == (None, b"", ())
    for said in (meanwhile.text, words(later)):
        assert "private" in said
        assert f"fanvue-bridge privacy export --creator {CREATOR}" in said
    assert f"--fan {EMMA.id}" in words(later)


async def test_what_is_too_large_for_discord_names_the_command(manor: PrivacyScenario) -> None:
    await a_talk(manor)
    whole = (await handed(manor, await asked(manor))).content
    handing = small(manor, len(whole) // 2)

    said = await handed(manor, await asked(manor))

    assert len(whole) < MOST
    assert said.name is None
    assert f"fanvue-bridge privacy export --creator {CREATOR} --to" in said.text
    assert "A single fan's file is smaller: choose them under `fan:`" in said.text
    assert EMMAS not in said.text
    assert [one.action for one in await manor.audit() if one.action == "privacy.export"] == ["privacy.export"]
    assert (await handing.fans(await manor.owner(), "emma")) != []


async def test_one_yes_counts_and_the_record_names_whoever_has_the_file(manor: PrivacyScenario) -> None:
    await a_talk(manor)
    question = await asked(manor, fan=EMMA.id)

    first, second = await handed(manor, question), await handed(manor, question)

    assert (first.name is not None, second.text) == (True, OVER)
    (entry,) = [one for one in await manor.audit() if one.action == "privacy.export"]
    assert (entry.actor, entry.creator, entry.outcome) == (MAYA, CREATOR, "done")
    assert entry.fan is not None
    rows = await manor.database.read(lambda tx: tx.all("SELECT target FROM drafts"))
    assert EMMA.id not in str([dict(row) for row in rows])
