"""What stands on the pages, as exactly as its reader may see it, or not."""

import csv
import io
import re

import pytest

from tests.features.operations.creator_context.context_scenario import FAN, PLANNED, POSTED
from tests.features.people.team_page.page_scenario import PageScenario

pytestmark = pytest.mark.asyncio(loop_scope="package")

TIP = "$123.45"


async def test_the_start_says_what_waits_and_what_came_in(team: PageScenario) -> None:
    async with team.signed_in(team.house.stage.owner) as browser:
        page = await browser.get("/page")

    assert "1 fan waits" in page.text
    assert "Today's earnings" in page.text
    assert f"@{team.house.stage.creator.handle}" in page.text
    assert not re.search(r"\*\*|<t:|<@", page.source)


async def test_who_waits_is_named_with_the_way_to_their_thread(team: PageScenario) -> None:
    person = await team.newcomer("pages-viewer", "viewer")
    thread = team.house.threads(
        next(iter(f for f in team.house.stage.fans.values() if f.handle.startswith("quist")))
    )
    async with team.signed_in(person) as browser:
        page = await browser.get(team.at("waiting"))

    assert FAN in page.text
    assert f"/{thread[-1].id}" in page.text
    assert "has waited" in page.text
    assert TIP not in page.text


async def test_an_owner_reads_amounts_and_takes_the_same_along(team: PageScenario) -> None:
    async with team.signed_in(team.house.stage.owner) as browser:
        page = await browser.get(team.at("earnings"))
        table = await browser.get(team.at("earnings.csv") + "?days=this%20month")
    rows = list(csv.DictReader(io.StringIO(table.text.removeprefix("\ufeff"))))

    assert TIP in page.text
    assert '<svg viewBox="0 0 640 260" role="img" aria-label="Bar chart of the gross by day' in page.source
    assert 'href="earnings.csv?days=last%2030%20days"' in page.source
    assert table.headers["Content-Disposition"].startswith('attachment; filename="earnings-')
    assert {row["gross"] for row in rows if (row["row"], row["name"]) == ("kind", "tip")} == {"123.45"}
    total = next(row["gross"] for row in rows if row["row"] == "total")
    assert total in {row["gross"] for row in rows if row["row"] == "day"}


async def test_a_manager_reads_ranges_on_the_page_in_the_chart_and_in_the_file(team: PageScenario) -> None:
    person = await team.newcomer("pages-manager", "manager")
    async with team.signed_in(person) as browser:
        page = await browser.get(team.at("earnings"))
        table = await browser.get(team.at("earnings.csv"))
        own = await browser.get(team.at("earnings") + "?days=1-2%20Nov")
        own_table = await browser.get(team.at("earnings.csv") + "?days=1-2%20Nov")

    assert "$100 to $250" in page.text
    for answer in (page, table, own, own_table):
        assert "123.45" not in answer.text
    assert "You see ranges" in own.text
    assert 'name="days"' not in page.source
    assert (own_table.status, "You see ranges" in own_table.text) == (400, True)
    assert "$100 to $250" in table.text


async def test_days_that_mean_nothing_are_refused_in_words(team: PageScenario) -> None:
    async with team.signed_in(team.house.stage.owner) as browser:
        page = await browser.get(team.at("earnings") + "?days=%3Cscript%3Ealert(1)%3C/script%3E")
        table = await browser.get(team.at("earnings.csv") + "?days=nonsense")

    assert (page.status, table.status) == (200, 400)
    assert "Not now" in page.text
    assert "<script" not in page.source


async def test_the_calendar_shows_what_is_planned(team: PageScenario) -> None:
    person = await team.newcomer("pages-planner", "manager")
    async with team.signed_in(person) as browser:
        page = await browser.get(team.at("calendar"))

    assert [text in page.text for text in (POSTED, PLANNED, "Never mind")] == [True, True, False]
    assert "Mass message" in page.text
    assert "$5.00" in page.text


async def test_the_vault_is_searched_as_the_picker_does(team: PageScenario) -> None:
    person = await team.newcomer("pages-chatter", "chatter")
    async with team.signed_in(person) as browser:
        everything = await browser.get(team.at("vault"))
        found = await browser.get(team.at("vault") + "?search=img_4711")
        nothing = await browser.get(team.at("vault") + "?search=%3Cb%3Enone&page=-7&folder=nowhere")
        older = await browser.get(team.at("vault") + "?page=1")

    assert "Set 1" in everything.text + older.text
    assert "IMG_4711.jpg" in found.text
    assert "Set 1" not in found.text
    assert "No item matches" in nothing.text
    assert "<b>none" not in nothing.source
    assert "Newer" in older.text


async def test_whose_grant_ended_a_second_ago_is_refused_in_words(team: PageScenario) -> None:
    person = await team.newcomer("pages-ending", "chatter")
    async with team.signed_in(person) as browser:
        before = await browser.get(team.at("vault"))
        await team.grant(person, "none")
        after, start = await browser.get(team.at("vault")), await browser.get("/page")

    assert (before.status, after.status, start.status) == (200, 403, 403)
    assert "was changed, or has ended" in after.text
    assert "don't have access to any creator" in start.text


async def test_a_refusal_is_in_the_audit_log(team: PageScenario) -> None:
    person = await team.newcomer("pages-curious", "viewer")
    async with team.signed_in(person) as browser:
        await browser.get(team.at("earnings"))
    denied = "SELECT action, outcome FROM audit WHERE actor = ? AND outcome = 'denied'"

    assert team.house.rows(denied, person.user.id) == [{"action": "earnings", "outcome": "denied"}]


async def test_who_left_the_server_sees_nothing(team: PageScenario) -> None:
    person = await team.newcomer("pages-leaver", "viewer")
    stage = team.house.stage
    async with team.signed_in(person) as browser:
        stage.discord.world.remove_member(stage.guild, person.user)
        page = await browser.get(team.at("waiting"))

    assert (page.status, "not on the server" in page.text) == (403, True)


async def test_nothing_is_shown_while_discord_does_not_say_who_somebody_is(team: PageScenario) -> None:
    person = await team.newcomer("pages-outage", "viewer")
    faults = team.house.stage.discord.faults
    async with team.signed_in(person) as browser:
        faults.fail("GET", f"/members/{person.user.id}", 503)
        page, later = await browser.get(team.at("waiting")), await browser.get(team.at("waiting"))

    assert (page.status, "can't reach Discord" in page.text, FAN in page.text) == (503, True, False)
    assert later.status == 200


async def test_a_page_says_when_fanvue_does_not_answer(team: PageScenario) -> None:
    faults = team.house.stage.fanvue.faults
    async with team.signed_in(team.house.stage.owner) as browser:
        faults.add("error_before", "GET", "/posts", count=99, status=503)
        page = await browser.get(team.at("calendar"))
        faults.clear()
        later = await browser.get(team.at("calendar"))

    assert (page.status, "can't reach Fanvue" in page.text) == (200, True)
    assert POSTED in later.text


async def test_a_session_that_is_over_shows_nothing(team: PageScenario) -> None:
    person = await team.newcomer("pages-late", "manager")
    async with team.signed_in(person) as browser:
        team.time_passes(person)
        page = await browser.get(team.at("earnings"))

    assert (page.status, "session has ended" in page.text) == (401, True)


async def test_a_page_is_in_the_language_of_its_reader(team: PageScenario) -> None:
    person = await team.newcomer("pages-german", "viewer")
    async with team.signed_in(person, **{"Accept-Language": "de-DE,de;q=0.9"}) as browser:
        page = await browser.get(team.at("waiting"))

    assert 'lang="de"' in page.source
    assert "Abmelden" in page.text


async def test_every_page_is_locked_down(team: PageScenario) -> None:
    keys, pictured = ("waiting", "earnings", "calendar"), ("calendar/post", "calendar/mass", "vault")
    async with team.signed_in(team.house.stage.owner) as browser:
        shown = {key: await browser.get(team.at(key)) for key in pictured}
        for where in ("/page", *map(team.at, keys)):
            await browser.get(where)
    own = re.compile(rf'src="/page/{team.creator}/vault/[0-9a-f-]{{36}}\.jpg"')

    for answer in browser.said:
        images = f"img-src {re.escape(team.url)}/page/; " if answer in shown.values() else ""
        strict = (
            rf"default-src 'none'; style-src 'sha256-[^']+'; {images}form-action 'self' \S+; "
            r"base-uri 'none'; frame-ancestors 'none'"
        )
        assert re.fullmatch(strict, answer.headers["Content-Security-Policy"]), answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert not re.search(r"style=|<script|onclick|javascript:|srcset", answer.source)
        assert answer.source.count("src=") == len(own.findall(answer.source))
    assert own.search(shown["vault"].source)


@pytest.mark.parametrize(
    "where", ["/page/", "/page/x/earnings", "/page/1/nothing", "/page/1/..%2f", "/page/in/"]
)
async def test_an_address_that_leads_nowhere_says_so(team: PageScenario, where: str) -> None:
    async with team.signed_in(team.house.stage.owner) as browser:
        page = await browser.get(where)

    assert page.status in (403, 404)
    assert "<h1>" in page.source
