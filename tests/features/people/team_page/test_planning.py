"""A form on the page becomes a draft that waits on Discord for a person's press."""

import asyncio
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.features.inbox.program_drafts.draft_scenario import ProgramDraftScenario
from tests.features.operations.api_keys.api_key_scenario import ApiKeyScenario
from tests.features.people.team_page.planning_scenario import MASS, POST, PlanningScenario
from tests.features.publishing.program_post_drafts.post_scenario import ProgramPostScenario
from tests.proofs.faults.live_bridge import labels, plain

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_planned_post_is_published_by_the_person_who_confirms_it(planning: PlanningScenario) -> None:
    person = await planning.newcomer("plan-manager", "manager")
    stage = planning.house.stage
    async with planning.signed_in(person) as browser:
        sent = await planning.plans(browser, POST, text="A *new* set\r\ntonight", when="in 3 days")
        page = await browser.get(sent.where)
        line = await planning.linked(sent)
        later = await browser.get(sent.where)
    waiting, buttons, before = plain(line), labels(line), list(stage.fanvue.ledger.of("post"))
    preview = await planning.press(line, "Open")
    opened, unpublished = preview.text, list(stage.fanvue.ledger.of("post"))
    assert preview.message is not None
    await planning.press(preview.message, "Schedule it")
    await planning.house.until(lambda: len(stage.fanvue.ledger.of("post")) > len(before))
    (made,) = stage.fanvue.ledger.of("post")[len(before) :]

    assert sent.status == 303
    assert "It waits for your confirmation on Discord" in page.text
    assert f"https://discord.com/channels/{stage.guild.id}/{line.channel_id}/{line.id}" in later.source
    who = f"Post planned on the web page by <@{person.user.id}>"
    assert waiting.startswith(f"### {who}\n")
    assert "tonight" not in waiting  # its text is in the preview alone
    assert buttons == ["Open", "Discard"]
    assert "tonight" in opened
    assert unpublished == before
    assert made["text"] == "A *new* set\ntonight"
    await planning.says(f"{who}: <@{stage.owner.user.id}> opened it.")


async def test_a_planned_mass_message_is_sent_by_the_person_who_confirms_it(
    planning: PlanningScenario,
) -> None:
    person, house = await planning.newcomer("plan-masses", "manager"), planning.house
    before = list(house.stage.fanvue.ledger.of("mass"))
    async with planning.signed_in(person) as browser:
        box = await planning.list_box(browser, "Subscribers")
        item = {f"item.{house.stage.media[5]}": "Set 1"}
        sent = await planning.plans(browser, MASS, text="Back *soon*", price="4.99", **box, **item)
    line = await planning.stands(sent)
    waiting = plain(line)
    phone = await planning.opens(line)
    opened = phone.text
    await phone.tap("Preview")
    unsent = list(house.stage.fanvue.ledger.of("mass"))
    await phone.tap(next(label for label in labels(phone.message) if label.startswith("Send")))
    await house.until(lambda: len(house.stage.fanvue.ledger.of("mass")) > len(before))
    (made,) = house.stage.fanvue.ledger.of("mass")[len(before) :]
    audit = (await planning.asks_for("team audit")).text

    assert "**To:** Subscribers\n1 item from the vault, for $4.99" in waiting
    assert "soon" not in waiting
    assert "Back *soon*" in opened
    assert unsent == before
    assert (made["text"], made["price"], made["media"]) == ("Back *soon*", 499, [house.stage.media[5]])
    assert f"<@{person.user.id}> planned a mass message on the web page" in audit
    sender = house.stage.owner.user.id
    assert f"<@{sender}> confirmed what was planned on the web page" in audit
    assert f"Planned on the web page by <@{person.user.id}>: unchanged" in audit


async def test_one_form_is_one_draft_however_often_it_is_sent(planning: PlanningScenario) -> None:
    person = await planning.newcomer("plan-twice", "manager")
    async with planning.signed_in(person) as browser:
        form, where = await browser.form(planning.at(POST)), planning.at(POST)
        typed = {"text": "once", "when": "in 2 hours"}
        both = await asyncio.gather(*(browser.sends(where, form, **typed) for _ in range(2)))
        again = await browser.sends(where, form, **typed)
        page = await browser.get(again.where)

    assert [one.status for one in (*both, again)] == [303] * 3
    assert {one.where for one in both} == {again.where}
    assert len(planning.drafts_of(person.user.id)) == 1
    assert "It waits for your confirmation on Discord" in page.text


async def test_a_form_that_was_changed_after_sending_asks_before_it_is_a_second_draft(
    planning: PlanningScenario,
) -> None:
    person = await planning.newcomer("plan-changed", "manager")
    async with planning.signed_in(person) as browser:
        form, where = await browser.form(planning.at(POST)), planning.at(POST)
        first = await browser.sends(where, form, text="the first words")
        asked = await browser.sends(where, form, text="other words", when="in 2 days")
        alone = len(planning.drafts_of(person.user.id))
        second = await browser.sends(where, browser.fields(asked), text="other words", when="in 2 days")

    assert (first.status, asked.status, second.status) == (303, 409, 303)
    assert "You sent this form before" in asked.text
    assert "other words" in asked.text
    assert 'value="in 2 days"' in asked.source
    assert (alone, len(planning.drafts_of(person.user.id))) == (1, 2)


async def test_the_calendar_lists_what_waits_and_no_longer_what_was_discarded(
    planning: PlanningScenario,
) -> None:
    person, other = [await planning.newcomer(f"plan-lists-{n}", "manager") for n in "ab"]
    async with planning.signed_in(person) as browser, planning.signed_in(other) as theirs:
        sent = await planning.plans(browser, POST, text="Who *reads* this", when="in 3 days")
        line = await planning.linked(sent)
        own, seen = await browser.get(planning.at("calendar")), await theirs.get(planning.at("calendar"))
        await planning.press(line, "Discard")
        after = await browser.get(sent.where)

    assert "Waits for a confirmation on Discord" in own.text
    assert "Who *reads* this" in own.text
    assert ("by you" in own.text, "by a colleague" in seen.text) == (True, True)
    assert f"/{line.channel_id}/{line.id}" in own.source
    assert "This plan no longer waits" in after.text
    assert "Who *reads* this" not in after.text
    await planning.says("discarded by")


async def test_the_calendar_lists_what_a_program_drafted_and_never_its_text(
    planning: PlanningScenario, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    writer = ProgramPostScenario(ProgramDraftScenario(ApiKeyScenario(planning.house, tmp_path, capsys)))
    try:
        await writer.drafted(await writer.key(), text="a fan said this in private")
        async with planning.signed_in(planning.house.stage.owner) as browser:
            page = await browser.get(planning.at("calendar"))
    finally:
        await writer.left()

    assert "by the program n8n" in page.text
    assert "a fan said this" not in page.text


async def test_an_owners_rule_confirms_nothing_that_was_planned_here(planning: PlanningScenario) -> None:
    stage = planning.house.stage
    question = await planning.asks_for("inbox autosend", kind="post", limit=5, wait=60)
    assert question.message is not None
    await planning.press(question.message, "Allow")
    try:
        async with planning.signed_in(stage.owner) as browser:
            line = await planning.stands(await planning.plans(browser, POST, text="stays with people"))
    finally:
        await planning.asks_for("inbox autosend", kind="post", limit=0)

    assert "nothing is published until you confirm it" in plain(line)
    assert "rule" not in plain(line)
    assert planning.house.rows("SELECT 1 FROM drafts WHERE action = 'rule.post'") == []


async def test_what_fanvue_cannot_publish_waits_on_and_is_read(planning: PlanningScenario) -> None:
    stage, gone = planning.house.stage, "00000000-0000-4000-8000-000000000000"
    async with planning.signed_in(stage.owner) as browser:
        sent = await planning.plans(browser, POST, text="Look *here*", **{f"item.{gone}": "Old set"})
        answer = await planning.press(await planning.stands(sent), "Open")
        page = await browser.get(sent.where)

    assert "Not in the vault of" in answer.text
    assert f"**<@{stage.owner.user.id}> wrote**\nLook \\*here\\*" in answer.text
    assert "It waits for your confirmation" in page.text


async def test_what_somebody_planned_ends_with_their_place_in_the_team(planning: PlanningScenario) -> None:
    person = await planning.newcomer("plan-leaver", "manager")
    async with planning.signed_in(person) as browser:
        await planning.stands(await planning.plans(browser, POST, text="never to be published"))
    question = await planning.asks_for("team remove", member=str(person.user.id))
    assert question.message is not None
    await planning.house.stage.owner.click(question.message, "Remove them")

    await planning.says(f"Post planned on the web page by <@{person.user.id}>: expired. Not published.")
    assert [row["state"] for row in planning.drafts_of(person.user.id)] == ["removed"]


async def test_media_are_taken_along_from_the_vault(planning: PlanningScenario) -> None:
    async with planning.signed_in(planning.house.stage.owner) as browser:
        vault = await browser.get(planning.at("vault") + "?search=img_4711")
        (box,) = planning.boxes(vault)
        form = await browser.get(planning.at(POST) + "?" + urlencode([box]))
        sent = await browser.sends(planning.at(POST), browser.fields(form), **dict([box]), price="5", text="")
        line = await planning.stands(sent)

    assert 'formaction="calendar/post"' in vault.source
    assert "IMG_4711.jpg" in form.text
    assert 'name="price"' in form.source
    assert "1 item from the vault, for $5.00" in plain(line)


async def test_a_plan_is_in_the_language_of_its_writer(planning: PlanningScenario) -> None:
    person = await planning.newcomer("plan-german", "manager")
    async with planning.signed_in(person, **{"Accept-Language": "de"}) as browser:
        form = await browser.get(planning.at(POST))
        wrong = await planning.plans(browser, POST, text="Morgen", when="30. Februar")
        sent = await planning.plans(browser, POST, text="Morgen", when="morgen 18 Uhr")

    assert "Beitrag planen" in form.text
    assert 'lang="de"' in wrong.source
    assert (wrong.status, sent.status) == (422, 303)
