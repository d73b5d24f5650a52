"""Events that were put aside are listed with a reason, and settled by one word."""

from dataclasses import replace

from bot.model.events import NotUnderstood
from storage.records import CreatorId, DiscordId, EffectId
from tests.features.operations.problems.problems_scenario import ProblemsScenario, labels, words
from tests.relay.relay_scenario import CREATOR, MAYA

ZOE = DiscordId(1_300_000_000_000_000_021)

ODD = NotUnderstood(
    reason="a type that this program does not know",
    kind="creator.new.thing",
    key="event-1",
    creator=CREATOR,
    at=None,
    fan=None,
)


async def page_of(office: ProblemsScenario) -> str:
    return words(await office.desk.problems.page([CREATOR]))


async def ref_of(office: ProblemsScenario) -> EffectId:
    shown = await office.desk.problems.page([CREATOR])
    return EffectId(shown.buttons[0].ref)


async def test_events_that_no_rule_covers_are_listed_once_with_reason_and_number(
    office: ProblemsScenario,
) -> None:
    await office.told(ODD)
    await office.told(replace(ODD, key="event-2"))

    shown = await page_of(office)

    assert "2 events of the kind “creator.new.thing” were set aside" in shown
    assert "a type that this program does not know" in shown
    assert "Please check in Fanvue what happened" in shown
    assert labels(await office.desk.problems.page([CREATOR])) == ["1: I checked, remove it"]


async def test_a_kind_is_shown_letter_by_letter(office: ProblemsScenario) -> None:
    await office.told(replace(ODD, kind="**bold** @everyone"))

    assert "\\*\\*bold" in "".join((await office.desk.problems.page([CREATOR])).body)


async def test_the_board_lists_what_was_put_aside(office: ProblemsScenario) -> None:
    await office.told(ODD)
    await office.desk.boards._look_round(anew=False)
    await office.turn()

    (board,) = office.boards().values()
    assert "creator.new.thing" in words(board)


async def test_of_many_clicks_one_takes_it_off_and_the_others_learn_who_did(office: ProblemsScenario) -> None:
    await office.told(ODD)
    ref = await ref_of(office)

    first = await office.desk.problems.drop(ref, MAYA)
    second = await office.desk.problems.drop(ref, ZOE)

    assert first.startswith("Removed from the list (1 set aside)")
    assert f"<@{MAYA}>" in second
    assert await page_of(office) == "Nothing needs your attention.\n"
    assert [(entry.action, entry.actor) for entry in await office.audit()] == [("problem.drop", MAYA)]


async def test_what_could_not_be_decided_is_tried_again_by_a_word_and_shown(office: ProblemsScenario) -> None:
    await office.greeted()
    await office.keep(office.wrote("late but here"))
    raw, meaning = office.meanings.popitem()  # reading it fails like a bug would
    await office.turn()
    shown = await page_of(office)
    office.meanings[raw] = meaning

    said = await office.desk.problems.again(await ref_of(office), MAYA)
    await office.turn()

    assert "An event of the kind “message” was set aside" in shown
    assert said.startswith("Trying again (1 set aside)")
    assert await office.lines() == ["hello", "late but here"]
    assert await page_of(office) == "Nothing needs your attention.\n"


async def test_what_was_taken_off_is_still_read_by_a_later_program(office: ProblemsScenario) -> None:
    await office.told(ODD)
    await office.desk.problems.drop(await ref_of(office), MAYA)

    office.facts._vocabulary = "another"
    streams = await office.facts.streams()

    assert streams == [f"in:{CREATOR}"]


async def test_another_creators_are_not_listed_on_this_server(office: ProblemsScenario) -> None:
    await office.told(replace(ODD, creator=CreatorId("somebody-else")))
    await office.told(ODD)

    assert (await page_of(office)).count("An event of the kind") == 1
