"""From /account page to a session: only its person, once, in one browser, in time."""

import base64

import pytest

from bot.features.people.accounts.browser_secrets import hashed
from tests.features.people.team_page.page_scenario import PageScenario

pytestmark = pytest.mark.asyncio(loop_scope="package")

OVER, ELSEWHERE, OTHER = "no longer works", "did not begin here", "for someone else"


async def test_a_member_signs_in_and_out(team: PageScenario) -> None:
    person = await team.newcomer("wanda", "chatter")
    async with team.browser() as browser:
        first = await browser.signs_in(await team.link(person), person)
        csrf = first.text.partition('name="csrf" value="')[2].partition('"')[0]
        again = await browser.get("/page")
        out = await browser.post("/page/out", {"csrf": csrf})
        after = await browser.get("/page")

    assert (first.status, again.status, out.status, after.status) == (200, 200, 200, 401)
    assert "Your page" in first.text
    assert "Signed out" in out.text
    assert "not signed in" in after.text
    assert team.kept(person) == []


async def test_the_cookie_of_a_session_is_as_strict_as_it_can_be(team: PageScenario) -> None:
    person = await team.newcomer("connie", "viewer")
    async with team.browser() as browser:
        await browser.signs_in(await team.link(person), person)
        given = [one for answer in browser.said for one in answer.cookies if one.startswith("page=")]

    assert len(given) == 1
    for word in ("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"):
        assert word in given[0]


async def test_nothing_that_opens_something_is_kept(team: PageScenario) -> None:
    person = await team.newcomer("kay", "viewer")
    async with team.browser() as browser:
        link = await team.link(person)
        await browser.signs_in(link, person)
        secrets = [cookie.value for cookie in browser.session.cookie_jar if cookie.key == "page"]
    kept = str(team.kept(person))

    assert len(secrets) == 1
    assert secrets[0] not in kept
    assert link.rpartition("/")[2] not in kept


async def test_a_stranger_gets_no_link(team: PageScenario) -> None:
    stranger = await team.newcomer("strange")

    assert "don't have access" in await team.asks(stranger)
    assert team.kept(stranger) == []


async def test_a_link_that_was_used_opens_nothing_a_second_time(team: PageScenario) -> None:
    person = await team.newcomer("ursula", "viewer")
    link = await team.link(person)
    async with team.browser() as browser:
        await browser.signs_in(link, person)
    async with team.browser() as thief:
        again = await thief.get(link)

    assert (again.status, OVER in again.text) == (404, True)


async def test_a_link_that_is_too_old_opens_nothing(team: PageScenario) -> None:
    person = await team.newcomer("olaf", "viewer")
    link = await team.link(person)
    async with team.browser() as browser:
        page = await browser.presses(link)
        back = await browser.through_discord(page.where, person)
        team.time_passes(person)
        looked, returned = await browser.get(link), await browser.get(back)

    assert (looked.status, OVER in looked.text) == (404, True)
    assert (returned.status, OVER in returned.text) == (404, True)


async def test_a_newer_link_ends_the_one_before(team: PageScenario) -> None:
    person = await team.newcomer("nina", "viewer")
    old, new = await team.link(person), await team.link(person)
    async with team.browser() as browser:
        looked, opened = await browser.get(old), await browser.get(new)

    assert (looked.status, opened.status) == (404, 200)


async def test_a_stolen_link_opens_nothing_for_another_person_and_is_closed(team: PageScenario) -> None:
    person, thief = await team.newcomer("anna", "manager"), await team.newcomer("bert", "viewer")
    link = await team.link(person)
    async with team.browser() as browser:
        back = await browser.through_discord((await browser.presses(link)).where, thief)
        refused, inside, again = await browser.get(back), await browser.get("/page"), await browser.get(link)

    assert (refused.status, OTHER in refused.text) == (403, True)
    assert (inside.status, again.status) == (401, 404)
    assert team.kept(person) == []
    denied = "SELECT 1 FROM audit WHERE action = 'page.other_person' AND actor = ?"
    assert len(team.house.rows(denied, thief.user.id)) == 1


async def test_a_stolen_code_of_discords_opens_nothing_in_another_browser(team: PageScenario) -> None:
    person = await team.newcomer("carl", "manager")
    link = await team.link(person)
    async with team.browser() as browser, team.browser() as thief:
        back = await browser.through_discord((await browser.presses(link)).where, person)
        stolen = await thief.get(back)
        inside, own = await thief.get("/page"), await browser.get(back)

    assert (stolen.status, ELSEWHERE in stolen.text) == (400, True)
    assert inside.status == 401
    assert (own.status, ELSEWHERE in own.text) == (400, True)  # what was stolen is worth nothing to anybody


async def test_a_code_is_taken_once(team: PageScenario) -> None:
    person = await team.newcomer("dora", "viewer")
    async with team.browser() as browser:
        back = await browser.through_discord((await browser.presses(await team.link(person))).where, person)
        first, second = await browser.get(back), await browser.get(back)
        inside = await browser.get("/page")

    assert (first.status, second.status, inside.status) == (303, 400, 200)


async def test_of_two_browsers_with_one_link_only_the_later_comes_back(team: PageScenario) -> None:
    person = await team.newcomer("emil", "viewer")
    link = await team.link(person)
    async with team.browser() as one, team.browser() as other:
        early = await one.through_discord((await one.presses(link)).where, person)
        late = await other.through_discord((await other.presses(link)).where, person)
        first, second = await one.get(early), await other.get(late)

    assert (first.status, second.status) == (400, 303)


async def test_a_no_on_discords_page_signs_nobody_in(team: PageScenario) -> None:
    person = await team.newcomer("fred", "viewer")
    async with team.browser() as browser:
        page = await browser.presses(await team.link(person))
        said = await browser.get(await browser.through_discord(page.where, person, "cancel"))
        inside = await browser.get("/page")

    assert "You said no" in said.text
    assert inside.status == 401


@pytest.mark.parametrize(
    "query",
    [
        "state=page.x&code=1",
        "state=page.&code=",
        "state=page.a&state=page.b",
        "state=page.%00&code=%ff",
        "state=page." + "x" * 3_000,
        "state=page.x&error=access_denied",
    ],
)
async def test_what_nobody_began_is_refused_in_words(team: PageScenario, query: str) -> None:
    async with team.browser() as browser:
        said = await browser.get(f"/oauth/discord/callback?{query}")

    assert (said.status, "Run /account page" in said.text) == (400, True)


async def test_a_press_from_another_site_leads_nowhere(team: PageScenario) -> None:
    person = await team.newcomer("gina", "viewer")
    link = await team.link(person)
    async with team.browser() as browser:
        page = await browser.get(link)
        csrf = page.text.partition('name="csrf" value="')[2].partition('"')[0]
        strange = await browser.post(link, {"csrf": csrf}, **{"Sec-Fetch-Site": "cross-site"})
        without = await browser.post(link, {"csrf": "0" * 64})

    assert [(one.status, one.where) for one in (strange, without)] == [(400, ""), (400, "")]


async def test_a_prefetch_uses_nothing_up(team: PageScenario) -> None:
    person = await team.newcomer("hugo", "viewer")
    async with team.browser() as browser:
        back = await browser.through_discord((await browser.presses(await team.link(person))).where, person)
        ahead = await browser.get(back, **{"Sec-Purpose": "prefetch"})
        visit = await browser.get(back)

    assert (ahead.status, visit.status) == (400, 303)


async def test_another_process_knows_the_session(team: PageScenario) -> None:
    person = await team.newcomer("iris", "viewer")
    async with team.signed_in(person) as browser:
        await team.house.restart()
        page = await browser.get("/page")

    assert (page.status, "Your page" in page.text) == (200, True)


async def test_a_session_that_somebody_wrote_into_the_database_opens_nothing(team: PageScenario) -> None:
    secret = base64.urlsafe_b64encode(b"p" * 32).rstrip(b"=").decode()
    team.plant_session(of=team.house.stage.owner, session_hash=hashed(secret))
    async with team.browser(Cookie=f"page={secret}") as thief:
        page = await thief.get("/page")
        figures = await thief.get(team.at("earnings.csv"))

    assert (page.status, figures.status) == (401, 401)
