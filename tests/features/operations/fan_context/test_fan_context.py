"""A program reads one fan's card and chat, as far as its key and role let it."""

import json

import jsonschema_rs
import pytest

from bot.access.roles import ALLOWS, TeamRole
from bot.features.operations.fan_context.model import FanContext, schema
from tests.architecture.source_tree import TOP
from tests.features.inbox.purchases.test_front_door import sold
from tests.features.inbox.purchases.test_taken_back import unsent
from tests.features.operations.fan_context.fan_context_scenario import NAME, NOTE, TIP, FanContextScenario
from tests.proofs.faults.more_creators import move_in

pytestmark = pytest.mark.asyncio(loop_scope="package")
PUBLISHED = TOP / "docs" / "schemas" / "fan-context-1.json"


async def test_one_command_tells_what_the_team_knows_and_what_was_said(reader: FanContextScenario) -> None:
    told = await reader.told()
    card, chat = told["card"], told["messages"]
    newest = reader.fan.chat()[-1]

    assert (told["fan"]["name"], told["figures"], told["missing"]) == (NAME, "exact", {})
    assert ([one["text"] for one in card["notes"]], card["tags"]) == ([NOTE], ["vip"])
    assert card["spent"]["cents"] == TIP
    assert card["thread_url"].startswith("https://discord.com/channels/")
    assert card["waiting_since"] is not None
    assert [one["sender"] for one in chat["messages"] if one["text"]][:2] == ["fan", "creator"]
    assert chat["messages"][-1]["text"] == "my dog is called Biscuit\nand he snores"
    assert (chat["newest"], chat["complete"]) == (newest.uuid, True)


async def test_reading_a_chat_does_not_mark_it_as_read(reader: FanContextScenario) -> None:
    await reader.told()

    entries = reader.house.stage.fanvue.ledger.of("request")
    marks = [one for one in entries if one["method"] == "PATCH" and str(reader.fan.uuid) in one["path"]]
    assert marks == []


async def test_the_newest_messages_are_told_and_that_there_are_more(reader: FanContextScenario) -> None:
    chat = (await reader.told("--fields", "messages", "--limit", "1"))["messages"]

    assert [one["id"] for one in chat["messages"]] == [reader.fan.chat()[-1].uuid]
    assert chat["complete"] is False


async def test_what_it_tells_fits_the_published_schema(reader: FanContextScenario) -> None:
    told = await reader.told()

    assert PUBLISHED.read_text("utf-8") == schema(), "fanvue-bridge context --schema --fan x writes it"
    assert list(jsonschema_rs.validator_for(json.loads(schema())).iter_errors(told)) == []
    assert FanContext.model_validate_json(json.dumps(told)).model_dump(mode="json") == told
    assert json.loads((await reader.shell("--schema")).out) == json.loads(schema())


async def test_a_key_reads_chats_only_with_that_scope(reader: FanContextScenario) -> None:
    narrow = await reader.program.made()
    wide = await reader.program.made("--scope", "chats")
    wider = await reader.program.made("--scope", "drafts")

    refused, why = await reader.read(narrow)
    assert (refused, "needs a key with the scope chats" in why["error"]) == (403, True)
    for key in (wide, wider):
        status, told = await reader.read(key)
        assert (status, told["fan"]["name"], told["figures"]) == (200, NAME, "banded")
    assert (await reader.program.reads(wider))[0] == 200


@pytest.mark.parametrize("role", [role for role in TeamRole if ALLOWS[role]])
async def test_each_role_is_told_figures_as_exactly_as_it_sees_them(
    reader: FanContextScenario, role: TeamRole
) -> None:
    spent = (await reader.told("--role", role, "--fields", "card"))["card"]["spent"]

    exact, ranged = spent is not None and spent["cents"], spent is not None and spent["below_cents"]
    assert exact == (TIP if role is TeamRole.OWNER else None if role is TeamRole.MANAGER else False)
    assert bool(ranged) is (role is TeamRole.MANAGER)


async def test_nobody_else_can_be_read_with_a_key(reader: FanContextScenario) -> None:
    other = await move_in(reader.house, 7)
    fan = reader.house.stage.fanvue.world.add_fan("elsewhere7", "Somebody else", other)
    key = await reader.program.made("--role", "owner", "--scope", "chats")

    assert (await reader.read(key, fan=fan.uuid))[0] == 404
    assert (await reader.read(key, fan=fan.uuid, creator=other.handle))[0] == 404
    assert (await reader.read(key, fan="%00%2e%2e"))[0] == 404


async def test_what_was_taken_back_is_not_counted(reader: FanContextScenario) -> None:
    fan = reader.house.fan("Wanda")
    thread = await reader.house.greeted(fan)
    await sold(reader.house, thread, fan)
    key = await reader.program.made("--scope", "chats")

    _, before = await reader.read(key, "fields=card", fan=fan.uuid)
    await unsent(reader.house, thread)
    await reader.house.shows(fan, "Taken back")
    _, after = await reader.read(key, "fields=card", fan=fan.uuid)

    assert before["card"]["priced_messages"] == {"sent": 1, "bought": 0}
    assert after["card"]["priced_messages"] == {"sent": 0, "bought": 0}


async def test_wrong_words_are_answered_with_the_right_ones(reader: FanContextScenario) -> None:
    key = await reader.program.made("--scope", "chats")

    status, fields = await reader.read(key, "fields=secrets")
    too_many = await reader.read(key, "limit=51")
    unknown = await reader.read(key, "period=30")
    assert (status, "Choose: card, messages" in fields["error"]) == (400, True)
    assert (too_many[0], "from 1 to 50" in too_many[1]["error"]) == (400, True)
    assert (unknown[0], "Use: fields, limit" in unknown[1]["error"]) == (400, True)


async def test_a_fanvue_that_is_away_costs_the_chat_only(reader: FanContextScenario) -> None:
    faults = reader.house.stage.fanvue.faults
    faults.add("error_before", "GET", "/messages", status=503, count=99)
    try:
        outcome = await reader.shell()
    finally:
        faults.clear()
    told = json.loads(outcome.out)

    assert outcome.code == 75
    assert (told["messages"], told["missing"]["messages"]["why"]) == (None, "unavailable")
    assert told["card"]["tags"] == ["vip"]


async def test_a_read_waits_for_its_turn_at_fanvue(reader: FanContextScenario) -> None:
    faults = reader.house.stage.fanvue.faults
    faults.add("too_many", "GET", "/messages", count=1)
    try:
        told = await reader.told("--fields", "messages")
    finally:
        faults.clear()

    assert (told["missing"], told["messages"]["newest"]) == ({}, reader.fan.chat()[-1].uuid)


async def test_each_read_is_a_line_of_the_audit_log_without_the_fans_id(reader: FanContextScenario) -> None:
    known = "SELECT target, fan FROM audit WHERE action = 'context.fan' ORDER BY seq"
    before = len(reader.house.rows(known))
    key = await reader.program.made("--scope", "chats")
    await reader.read(key, "fields=card")

    (line,) = reader.house.rows(known)[before:]
    assert line["target"] == f"card · {key.split('.')[1]}"
    assert str(reader.fan.uuid) not in str(tuple(line))


async def test_a_viewer_gets_no_key_that_writes_drafts(reader: FanContextScenario) -> None:
    outcome = await reader.program.keys("new", "--name", "x", "--role", "viewer", "--scope", "drafts")
    wrong = await reader.program.keys("new", "--name", "x", "--scope", "all")

    assert (outcome.code, "chatter or above" in outcome.said) == (2, True)
    assert (wrong.code, "Choose: data, chats, drafts" in wrong.said) == (2, True)
