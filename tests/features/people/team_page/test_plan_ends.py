"""How long a plan waits as readers see it, and how it ends when nobody presses."""

import re
import sqlite3
from contextlib import closing

import pytest

from bot.engine.clock import SystemClock
from tests.features.people.team_page.page_scenario import PageAnswer
from tests.features.people.team_page.planning_scenario import MASS, POST, PlanningScenario
from tests.proofs.faults.live_bridge import plain

pytestmark = pytest.mark.asyncio(loop_scope="package")

_DAY = 86_400_000


def _is_over(planning: PlanningScenario, sent: PageAnswer) -> None:
    """Its time is over from now on."""
    draft = sent.where.rpartition("planned=")[2]
    with closing(sqlite3.connect(planning.house.database, timeout=30)) as connection, connection:
        connection.execute("UPDATE drafts SET expires_at = ? WHERE id = ?", (SystemClock().now() - 1, draft))


@pytest.mark.parametrize("key", [POST, MASS])
async def test_a_plan_waits_until_its_time_and_says_so_everywhere(
    planning: PlanningScenario, key: str
) -> None:
    person = await planning.newcomer(f"ends-late-{key[-4:]}", "manager")
    async with planning.signed_in(person) as browser:
        box = await planning.list_box(browser, "Subscribers") if key == MASS else {}
        form = await browser.get(planning.at(key))
        sent = await planning.plans(browser, key, text="In ten days", when="in 10 days", **box)
        line = await planning.stands(sent)
        page = await browser.get(sent.where)
    (kept,) = planning.house.rows(
        "SELECT expires_at - created_at AS waits, expires_at FROM drafts WHERE owner = ?", person.user.id
    )

    assert "It waits there until its time, for 28 days at most; without a time for 24 hours." in form.text
    assert 0 <= int(str(kept["waits"])) - 10 * _DAY < 120_000  # times are whole minutes
    assert f"It waits until <t:{int(str(kept['expires_at'])) // 1000}:f>." in plain(line)
    when, until = re.findall(
        r"<p>\w[\w ]* · (<time .*?</time>) · waits until (<time .*?</time>)</p>", page.source
    )[0]
    assert when == until
    assert page.source.count(f"waits until {until}") == 2  # above, and in the list of all that wait


async def test_one_that_nobody_confirmed_says_so_and_gives_its_text_back(planning: PlanningScenario) -> None:
    person, other = [await planning.newcomer(f"ends-missed-{n}", "manager") for n in "ab"]
    words = "Written <all> evening\nwith two lines"
    async with planning.signed_in(person) as browser, planning.signed_in(other) as theirs:
        sent = await planning.plans(browser, POST, text=words, when="in 3 days")
        await planning.stands(sent)
        _is_over(planning, sent)
        title = f"Post planned on the web page by <@{person.user.id}>"
        await planning.says(f"{title}: expired. Not published.")
        await planning.says(f"⚠️ {title}: nobody confirmed it in time. Not published.")
        own, seen = await browser.get(planning.at("calendar")), await theirs.get(planning.at("calendar"))
        await planning.grant(person, "chatter")
        after = await browser.get(planning.at("calendar"))

    assert "Nobody confirmed these in time" in own.text
    assert f">\n{words.replace('<', '&lt;').replace('>', '&gt;')}</textarea>" in own.source
    assert "Written" not in seen.text + after.text
