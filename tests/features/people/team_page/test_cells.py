"""Every role at every page and form, over HTTP: what the table of actions says."""

import re
from collections.abc import Mapping
from typing import Final

import pytest

from bot.access.roles import TeamRole
from bot.sandbox.discord.people import DiscordPerson
from tests.features.people.team_page.page_scenario import CSRF, PageScenario
from tests.features.people.team_page.planning_scenario import PlanningScenario

pytestmark = pytest.mark.asyncio(loop_scope="package")

FORMS: Final = ("calendar/post", "calendar/mass")  # each is read, and sent
# By hand: which pages each role sees.
CELLS: Final[Mapping[str, frozenset[str]]] = {
    "owner": frozenset({"waiting", "earnings", "earnings.csv", "calendar", "vault", *FORMS}),
    "manager": frozenset({"waiting", "earnings", "earnings.csv", "calendar", "vault", *FORMS}),
    "chatter": frozenset({"waiting", "vault"}),
    "trainee": frozenset({"waiting"}),
    "viewer": frozenset({"waiting"}),
    "none": frozenset(),
}
PAGES: Final = ("waiting", "earnings", "earnings.csv", "calendar", "vault", *FORMS)
STRANGER: Final = "stranger"


async def person_with(team: PageScenario, role: str, name: str = "cell") -> DiscordPerson:
    """Somebody with this role, or with none."""
    if role == "owner":
        return team.house.stage.owner
    if role == STRANGER:
        person = await team.newcomer(f"{name}-stranger")
        team.wears(person, team=True)
        return person
    return await team.newcomer(f"{name}-{role}", "viewer" if role == "none" else role)


@pytest.mark.parametrize("role", [*CELLS, STRANGER])
async def test_each_page_is_shown_to_whom_the_table_names(team: PageScenario, role: str) -> None:
    person = await person_with(team, role)
    may = CELLS.get(role, frozenset())
    async with team.signed_in(person) as browser:
        if role == "none":
            await team.grant(person, "none")
        if role == STRANGER:
            team.wears(person, team=False)
        start = await browser.get("/page")
        found = {page: await browser.get(team.at(page)) for page in PAGES}

    assert {page: answer.status for page, answer in found.items()} == {
        page: 200 if page in may else 403 for page in PAGES
    }
    assert start.status == (200 if may else 403)
    offered = {page for page in PAGES if f'href="{team.at(page)}"' in start.text}
    assert offered == may - {"earnings.csv", *FORMS}
    for page in set(PAGES) - may:
        assert "You don't have access to this" in found[page].text
        assert team.house.stage.creator.handle not in found[page].text


@pytest.mark.parametrize("role", [*CELLS, STRANGER])
async def test_each_form_is_taken_from_whom_the_table_names(planning: PlanningScenario, role: str) -> None:
    person = await person_with(planning, role)
    may = CELLS.get(role, frozenset())
    before = len(planning.drafts_of(person.user.id))
    async with planning.signed_in(person) as browser:
        csrf = CSRF.findall((await browser.get("/page")).source)  # of its own sign-out, which everybody has
        if role == "none":
            await planning.grant(person, "none")
        if role == STRANGER:
            planning.wears(person, team=False)
        typed = {"csrf": csrf[0], "text": "By this role", "to.all": "Subscribers"}
        sent = {
            form: await browser.sends(planning.at(form), {**typed, "form": f"{number:032x}"})
            for number, form in enumerate(FORMS)
        }

    assert {form: answer.status for form, answer in sent.items()} == {
        form: 303 if form in may else 403 for form in FORMS
    }
    for form in set(FORMS) - may:
        assert "You don't have access to this" in sent[form].text
        assert "By this role" in sent[form].text  # nobody types it twice
    assert len(planning.drafts_of(person.user.id)) - before == len(may & set(FORMS))


@pytest.mark.parametrize("page", PAGES)
async def test_without_a_session_no_page_is_shown(team: PageScenario, page: str) -> None:
    async with team.browser() as browser:
        bare = await browser.get(team.at(page))
        forged = await browser.get(team.at(page), Cookie="page=" + "A" * 43)

    assert [(one.status, "not signed in" in one.text) for one in (bare, forged)] == [(401, True)] * 2


@pytest.mark.parametrize("page", PAGES)
async def test_another_creator_is_as_unknown_as_none(team: PageScenario, page: str) -> None:
    person = team.house.stage.owner
    async with team.signed_in(person) as browser:
        answer = await browser.get(f"/page/6f2d8a10-0000-4000-8000-000000000001/{page}")

    assert (answer.status, "You don't have access to this" in answer.text) == (403, True)


async def test_every_role_and_every_page_is_here(team: PageScenario) -> None:
    async with team.signed_in(team.house.stage.owner) as browser:
        start = await browser.get("/page")
    offered = set(re.findall(rf'href="/page/{team.creator}/([a-z.]+)"', start.text))

    assert set(CELLS) == set(TeamRole)
    assert offered == set(PAGES) - {"earnings.csv", *FORMS}
