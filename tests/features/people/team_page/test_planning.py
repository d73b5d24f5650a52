"""A form on the page becomes a draft that waits on Discord for a person's press."""

import asyncio

import pytest

from tests.features.people.team_page.planning_scenario import MASS, POST, PlanningScenario
from tests.proofs.faults.live_bridge import PATIENCE, labels, plain

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_planned_post_is_published_by_whoever_confirms_it(planning: PlanningScenario) -> None:
    person = await planning.newcomer("plan-manager", "manager")
    stage = planning.house.stage
    async with planning.signed_in(person) as browser:
        sent = await planning.plans(browser, POST, text="A *new* set\ntonight", when="in 3 days")
        page = await browser.get(sent.where)
        line = await planning.stands(sent)
        later = await browser.get(sent.where)
    waiting = plain(line)
    before = list(stage.fanvue.ledger.of("post"))
    preview = await (await stage.owner.click(line, "Open")).done(PATIENCE)
    opened, unpublished = preview.text, list(stage.fanvue.ledger.of("post"))
    assert preview.message is not None
    await (await stage.owner.click(preview.message, "Schedule it")).done(PATIENCE)
    await planning.house.until(lambda: len(stage.fanvue.ledger.of("post")) > len(before))

    assert sent.status == 303
    assert "It waits for your confirmation on Discord" in page.text
    assert f"https://discord.com/channels/{stage.guild}/{line.channel_id}/{line.id}" in later.source
    assert waiting.startswith(f"### Post planned on the web page by <@{person.user.id}>\n")
    assert "new" not in waiting.partition("\n")[2].partition("Not published")[0]  # its text is in the preview
    assert labels(line) == ["Open", "Discard"]
    assert "A \\*new\\* set" in opened
    assert unpublished == before
    (made,) = stage.fanvue.ledger.of("post")[len(before) :]
    assert made["text"] == "A *new* set\ntonight"
    await planning.says(f"Post planned on the web page by <@{person.user.id}>: <@{stage.owner.user.id}> opened it.")
