"""Live checks that are stopped, meet a list that is behind, or get another fan."""

from typing import Any

import aiohttp
import pytest

from bot.fanvue.proven import read_proven
from bot.fanvue.signature import HEADER
from bot.features.operations.live_check.event_catcher import EventCatcher
from bot.features.operations.live_check.notes import read_notes
from bot.sandbox.free_ports import free_port
from bot.settings.value_rules import WEBHOOK_PATH
from tests.features.operations.live_check.live_check_people import LiveCheckPeople, answers_of
from tests.features.operations.live_check.live_check_scenario import LiveCheckScenario
from tests.features.operations.live_check.test_writing_stages import left, written
from tests.relay.clock_fixtures import SettableClock

pytestmark = pytest.mark.asyncio(loop_scope="package")

LISTS = r"/(messages|mass-messages|custom|posts|subscriptions)$"


def crew(scenario: LiveCheckScenario, handle: str = "testfan", **ways: Any) -> LiveCheckPeople:
    """The operator, and a test fan of this test alone."""
    scenario.switches.private_webhook_urls = True
    scenario.switches.webhook_retry_seconds = (1.0, 1.0)
    return LiveCheckPeople(scenario, scenario.house.fan("Testa Frey", handle=handle), **ways)


async def stopped(people: LiveCheckPeople, line: str) -> None:
    """Ctrl+C at the line that has this."""
    people.stops_at = line
    with pytest.raises(KeyboardInterrupt):
        await people.check()
    people.stops_at = ""


async def test_lists_that_are_behind_hide_nothing_that_was_made(asked: LiveCheckScenario) -> None:
    people = crew(asked, no=frozenset({4}))
    asked.house.stage.fanvue.faults.add("behind", "GET", LISTS, count=None)

    record = await people.check()

    assert answers_of(record, 3)["mass_lists"] == "v1: customListUuids; unversioned: customListUuids"
    assert answers_of(record, 5)["planned_place"]
    assert left(people) == []


async def test_what_was_made_though_its_answer_was_lost_is_found_by_its_mark(
    asked: LiveCheckScenario,
) -> None:
    people = crew(asked, no=frozenset({4}))
    for path in ("/message$", "/mass-messages$", "/lists/custom$", "/posts$"):
        asked.house.stage.fanvue.faults.add("lose_answer", "POST", path)

    record = await people.check()

    assert "mass_lists" not in answers_of(record, 3)
    assert "mass" in written(people)
    assert left(people) == []
    notes = read_notes(asked.record.parent)
    assert notes is not None
    assert notes.made == ()


async def test_a_check_that_was_stopped_unsends_a_message_when_it_goes_on(asked: LiveCheckScenario) -> None:
    people = crew(asked, no=frozenset({3, 4, 5}))
    await stopped(people, "typing:")
    gone = left(people)

    record = await people.check()

    assert gone == []
    assert answers_of(record, 2)["unsending"] == "they are gone from the chat"
    assert sum("write" in line and "to this creator" in line for line in people.said) == 1
    assert left(people) == []


async def test_a_stage_of_webhooks_that_was_stopped_subscribes_again(asked: LiveCheckScenario) -> None:
    people = crew(asked)
    await stopped(people, "subscribing:")

    record = await people.check()

    assert answers_of(record, 4)["retries"] == "after 7 and 14 s"
    assert left(people) == []


async def test_events_that_come_again_are_waited_for_after_a_stop(asked: LiveCheckScenario) -> None:
    people = crew(asked)
    await stopped(people, "an event: came")

    record = await people.check()

    assert answers_of(record, 4)["retries"] == "after 7 and 14 s"
    assert sum("send a picture" in line for line in people.said) == 2


async def test_a_plan_that_went_wrong_is_not_tried_elsewhere_after_a_stop(asked: LiveCheckScenario) -> None:
    people = crew(asked, no=frozenset({4, 5}))
    asked.switches.unknown_fields = ("scheduledAt",)
    await stopped(people, "v1 mass message:")

    await people.check()

    assert written(people).count("mass") == 1


async def test_another_test_fan_writes_a_code_too(asked: LiveCheckScenario) -> None:
    await crew(asked, no=frozenset({3, 4, 5})).check()
    other = crew(asked, handle="otherfan", no=frozenset({4, 5}))

    record = await other.check()

    assert any("Now have @otherfan" in line and "write" in line for line in other.said)
    assert answers_of(record, 3)["exclusions"]
    assert left(other) == []


async def test_a_list_whose_mass_message_tells_no_number_proves_nothing(asked: LiveCheckScenario) -> None:
    people = crew(asked, no=frozenset({4, 5}))
    asked.switches.renamed = {("/chats/mass-messages", "recipientCount"): None}

    record = await people.check()

    said = {step.says for name, step in record.steps.items() if name.endswith("mass message")}
    assert said == {"customListUuids is taken, and Fanvue does not tell how many people get it"}
    facts = read_proven(asked.record.parent)
    assert facts is not None
    assert facts.list_fields == {}


async def test_what_was_proven_outlives_a_check_that_only_reads_until_it_is_disproven(
    asked: LiveCheckScenario,
) -> None:
    people = crew(asked, no=frozenset({4, 5}))
    found = []

    async def proven() -> None:
        facts = read_proven(asked.record.parent)
        assert facts is not None
        found.append(dict(facts.list_fields))

    await people.check()
    await proven()
    await people.reads()
    await proven()
    asked.switches.unknown_fields = ("scheduledAt",)
    await people.check(again=True)
    await proven()

    both = {"v1": "customListUuids", "unversioned": "customListUuids"}
    assert found == [both, both, {}]


async def test_whoever_knocks_without_end_fills_no_memory() -> None:
    catcher = EventCatcher(SettableClock(1))
    port = free_port()
    url = f"http://127.0.0.1:{port}{WEBHOOK_PATH}"
    async with catcher.listening("127.0.0.1", port), aiohttp.ClientSession() as session:
        for number in range(510):
            async with session.post(url, data=b"x" * 99, headers={HEADER: "t=1"} if number else {}):
                pass

    assert len(catcher.caught) == 500
    assert [len(one.raw) for one in catcher.caught[:2]] == [0, 99]
