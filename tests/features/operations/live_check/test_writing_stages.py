"""Stages 2 to 5 of `doctor --live`: what they find, and that nothing stays."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.features.operations.live_check import page
from bot.features.operations.live_check.notes import NAME
from bot.features.operations.live_check.opening import LiveCheckRefused
from tests.features.operations.live_check.live_check_people import LiveCheckPeople, answers_of
from tests.features.operations.live_check.live_check_scenario import LiveCheckScenario
from tests.relay.clock_fixtures import TickingClock

pytestmark = pytest.mark.asyncio(loop_scope="package")

WRITING = (2, 3, 4, 5)


@pytest.fixture
def people(asked: LiveCheckScenario) -> LiveCheckPeople:
    """The operator, and a test fan of this test alone."""
    asked.switches.private_webhook_urls = True
    asked.switches.webhook_retry_seconds = (1.0, 1.0)
    return LiveCheckPeople(asked, asked.house.fan("Testa Frey", handle="testfan"))


def left(people: LiveCheckPeople) -> list[str]:
    """What the check wrote that is still there, by kind."""
    world = people.scenario.house.stage.fanvue.world
    found: dict[str, list[str | None]] = {
        "message": [one.text for one in people.fan.inbox()],
        "post": [one.text for one in world.posts.values()],
        "mass message": [one.text for one in world.mass_messages.values() if one.status != "UNSENT"],
        "list": [one.name for one in world.lists.values()],
        "subscription": [one.url for one in world.hooks.values()],
        "nickname": [people.fan.bond.nickname],
    }
    return [kind for kind, texts in found.items() for text in texts if "bridge-check" in (text or "")]


def written(people: LiveCheckPeople) -> list[str]:
    """The kinds of what was made at Fanvue since these people began, by its own record."""
    world = people.scenario.house.stage.fanvue.world
    made = {"mass", "typing", "post.created"}
    entries = list(world.ledger)[people.began :]
    return [one.kind for one in entries if one.kind in made or one.facts.get("sender") == "creator"]


async def test_the_whole_evening_answers_every_question_and_nothing_stays(people: LiveCheckPeople) -> None:
    record = await people.check()

    answers = answers_of(record, *WRITING)
    assert answers == {
        "idempotency": "yes: one message; other words under it: status 400, not sent",
        "nickname": "31 letters are taken, and 31 are kept",
        "typing": "v1: status 400, unversioned: status 204",
        "unsending": "they are gone from the chat",
        "mass_lists": "v1: customListUuids; unversioned: customListUuids",
        "exclusions": "v1: by customListUuids is kept; unversioned: by customListUuids is kept",
        "address_probe": "GET without a signature",
        "text_media": "no: no field of it says so",
        "retries": "after 7 and 14 s",
        "publish_at": "yes",
        "planned_place": "at place 1 of 4",
    }
    assert left(people) == []
    assert [question.split()[1] for question in people.asked if question.startswith("Stage")] == list("2354")


async def test_nobody_but_the_test_fan_is_ever_written_to(people: LiveCheckPeople) -> None:
    world = people.scenario.house.stage.fanvue.world
    known = set(world.mass_messages)
    before = {fan.uuid: len(fan.inbox()) for fan in world.fans.values() if fan is not people.fan}

    await people.check()

    planned = [one for uuid, one in world.mass_messages.items() if uuid not in known]
    assert planned
    assert {uuid for one in planned for uuid in one.recipients} <= {people.fan.uuid}
    assert {one.published_at for one in planned} == {None}
    assert {fan.uuid: len(fan.inbox()) for fan in world.fans.values() if fan is not people.fan} == before


async def test_nothing_of_anybody_is_in_what_it_found(people: LiveCheckPeople) -> None:
    record = await people.check()

    told = page.as_json(record) + page.as_markdown(record) + people.scenario.record.read_text()
    marks = {mark for mark in people.scenario.private() if len(mark) > 2} | {
        people.fan.handle,
        "bridge-check",
    }
    assert {mark for mark in marks if mark in told} == set()
    private = people.scenario.record.with_name(NAME)
    assert (private.stat().st_mode & 0o777) == 0o600


async def test_a_test_fan_who_never_writes_the_code_gets_nothing(people: LiveCheckPeople) -> None:
    people.silent = True

    record = await people.check()

    (proof,) = [step for name, step in record.steps.items() if name.startswith("2 ")]
    assert (
        proof.says
        == "no message of theirs with the code came in ten minutes, so nothing was written to anybody"
    )
    assert people.asked == []
    assert written(people) == []


async def test_somebody_else_who_writes_the_code_proves_nothing(people: LiveCheckPeople) -> None:
    people.writer = people.scenario.house.fan("Stranger", handle="stranger")

    record = await people.check()

    assert not [name for name in record.steps if name[0] in "345"]
    assert people.asked == []


async def test_a_stage_that_is_not_wanted_writes_nothing_and_is_asked_again(people: LiveCheckPeople) -> None:
    people.no = frozenset(WRITING)
    await people.check()
    refused = written(people)
    people.no = frozenset({3, 4})
    people.asked.clear()
    record = await people.check()

    assert refused == []
    assert [question.split()[1] for question in people.asked] == list("2354")
    assert answers_of(record, 5)["publish_at"] == "yes"
    assert sum("write" in line and "to this creator" in line for line in people.said) == 1


async def test_what_has_an_answer_is_not_asked_again(people: LiveCheckPeople) -> None:
    people.no = frozenset({4})
    await people.check()
    people.asked.clear()

    await people.check()

    assert [question.split()[1] for question in people.asked] == ["4"]


@pytest.mark.parametrize(
    ("ways", "question", "answer"),
    [
        (
            {"idempotency": "ignored"},
            "idempotency",
            "no: 2 messages; other words under it: status 201, sent, too",
        ),
        (
            {"unknown_fields": ("excludedLists.customListUuids",)},
            "exclusions",
            "v1: by customListUuids is ignored; unversioned: by customListUuids is ignored",
        ),
        ({"gone": ("v1",)}, "exclusions", "unversioned: by customListUuids is kept"),
        (
            {"list_field": "customListIds"},
            "exclusions",
            "v1: by customListIds is kept; unversioned: by customListIds is kept",
        ),
        ({"unsigned_probe": True}, "address_probe", "GET without a signature, then POST without a signature"),
        ({"webhook_retry_seconds": ()}, "retries", "not within 14 minutes"),
        ({"text_in_events": False}, "text_media", "no: no field of it says so"),
    ],
)
async def test_what_is_otherwise_is_said(
    people: LiveCheckPeople, ways: dict[str, Any], question: str, answer: str
) -> None:
    vars(people.scenario.switches).update(ways)

    record = await people.check()

    assert answers_of(record, *WRITING)[question] == answer
    assert left(people) == []


async def test_what_could_not_be_deleted_there_is_not_made(people: LiveCheckPeople) -> None:
    people.scenario.switches.gone = ("unversioned",)

    record = await people.check()

    said = {name.split(" ", 2)[-1]: step.says for name, step in record.steps.items()}
    assert said["v1 mass message"] == "a planned mass message could not be deleted there, so none was made"
    assert said["planned post"] == "a planned post could not be deleted there, so none was made"
    assert said["unsending"] == "the API unsends no messages there"
    assert set(left(people)) == {"message"}


async def test_a_plan_that_is_sent_at_once_ends_the_stage_and_is_said(people: LiveCheckPeople) -> None:
    people.scenario.switches.unknown_fields = ("scheduledAt",)

    record = await people.check()

    said = [step.says for name, step in record.steps.items() if name.endswith("mass message")]
    assert said == [
        "a mass message for a day in thirty days was not planned",
        "left out, as a mass message did what it should not",
    ]
    assert written(people).count("mass") == 1
    assert page.exit_code(record) == 1
    assert left(people) == []


async def test_a_bridge_that_still_listens_is_asked_to_stop(people: LiveCheckPeople) -> None:
    bridge = people.scenario.house.stage.bridge

    record = await people.check(LISTEN=bridge._settings["LISTEN"], PUBLIC_URL=bridge._settings["PUBLIC_URL"])

    (step,) = [step for name, step in record.steps.items() if name.startswith("4 ")]
    assert step.says.endswith("already, as the bridge does")
    assert step.do.startswith("Stop the bridge for this stage")


async def test_a_rotated_secret_is_seen_in_the_header(people: LiveCheckPeople) -> None:
    world, apps = people.scenario.house.stage.fanvue.world, people.scenario.house.stage.fanvue.world.apps
    (was,) = apps.values()

    async def rotated() -> None:
        people.scenario.switches.rotating_secret = "whsec_the_new_one"
        world.apps[was.client_id] = replace(was, webhook_url=f"http://{people.listens}/webhooks/fanvue")
        seen = asyncio.create_task(people.delivered())
        await asyncio.sleep(0)
        await people.fan.write("a test event")
        await seen

    people.rotates = rotated
    try:
        record = await people.check()
    finally:
        apps[was.client_id] = was

    assert answers_of(record, 4)["rotation"] == "2 signatures in one header"


async def test_a_check_that_is_stopped_takes_back_what_it_wrote(people: LiveCheckPeople) -> None:
    people.stops_at = "one key twice"
    with pytest.raises(KeyboardInterrupt):
        await people.check()

    assert left(people) == []
    assert "Removed: messages to the test fan." in people.said


async def test_what_could_not_be_removed_is_removed_at_the_next_start(people: LiveCheckPeople) -> None:
    faults = people.scenario.house.stage.fanvue.faults
    faults.add("error_before", "DELETE", ".*", count=None, status=500)
    await people.check()
    stayed, asked = left(people), list(people.asked)
    await people.check(again=True)
    asked_again = people.asked[len(asked) :]
    people.clock.at = TickingClock().now()  # the bridge has renewed the token meanwhile
    with pytest.raises(LiveCheckRefused, match="messages to the test fan"):
        await people.check(handle="@another")
    faults.clear()
    await people.reads()  # without a test fan, too

    assert set(stayed) == {"message"}  # nothing more is written while something is left
    assert [question.split()[1] for question in asked] == ["2"]
    assert asked_again == []
    assert left(people) == []


async def test_without_a_terminal_nothing_is_begun(asked: LiveCheckScenario) -> None:
    found = await asked.command("--live", "--test-fan", "@friend")

    assert found.code == 69
    assert found.out.startswith("--test-fan asks before it writes")
    assert not asked.record.exists()
