"""Every role at every page, over HTTP: what the table of actions says."""

import re
from collections.abc import Mapping
from typing import Final

import pytest

from bot.access.roles import TeamRole
from bot.sandbox.discord.people import DiscordPerson
from tests.features.people.team_page.page_scenario import PageScenario

pytestmark = pytest.mark.asyncio(loop_scope="package")

# By hand: which pages each role sees.
CELLS: Final[Mapping[str, frozenset[str]]] = {
    "owner": frozenset({"waiting", "earnings", "earnings.csv", "calendar", "vault"}),
    "manager": frozenset({"waiting", "earnings", "earnings.csv", "calendar", "vault"}),
    "chatter": frozenset({"waiting", "vault"}),
    "trainee": frozenset({"waiting"}),
    "viewer": frozenset({"waiting"}),
    "none": frozenset(),
}
PAGES: Final = ("waiting", "earnings", "earnings.csv", "calendar", "vault")
STRANGER: Final = "stranger"


async def _person(team: PageScenario, role: str) -> DiscordPerson:
    if role == "owner":
        return team.house.stage.owner
    if role == STRANGER:
        person = await team.newcomer("cell-stranger")
        team.wears(person, team=True)
        return person
    return await team.newcomer(f"cell-{role}", "viewer" if role == "none" else role)


@pytest.mark.parametrize("role", [*CELLS, STRANGER])
async def test_each_page_is_shown_to_whom_the_table_names(team: PageScenario, role: str) -> None:
    person = await _person(team, role)
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
    assert offered == may - {"earnings.csv"}
    for page in set(PAGES) - may:
        assert "You don't have access to this" in found[page].text
        assert team.house.stage.creator.handle not in found[page].text


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
    assert offered == set(PAGES) - {"earnings.csv"}
