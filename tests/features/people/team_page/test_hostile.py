"""Bad requests at every address of the page are refused in words."""

import random
from typing import Final

import pytest

from tests.features.people.team_page.page_scenario import MemberBrowser, PageScenario
from tests.features.people.team_page.planning_scenario import PlanningScenario
from tests.proofs.fuzz import hostile_words

pytestmark = pytest.mark.asyncio(loop_scope="package")

_SHOTS: Final = 150
_FORM_ANSWERS: Final = {303, 400, 403, 404, 409, 422}
_WANTED: Final = {200, 400, 401, 403, 404}
_KEYS: Final = ("waiting", "earnings", "earnings.csv", "calendar", "vault", "calendar/post", "calendar/mass")
_FIELDS: Final = (
    "csrf",
    "form",
    "text",
    "when",
    "price",
    "audience",
    "to.x",
    "except.x",
    "item.x",
    "nothing",
)


async def _shot(browser: MemberBrowser, rng: random.Random, team: PageScenario, *, cookie: bool) -> int:
    creator = rng.choice((team.creator, hostile_words.creator(rng, team.creator, "nobody")))
    where = rng.choice(
        (
            f"/page/{creator}/{rng.choice(_KEYS)}",
            f"/page/in/{rng.choice(('A' * 43, 'x', '%00', '..%2f', 'A' * 3_000))}",
            "/page",
            f"/oauth/discord/callback?state=page.{'A' * 43}",
        )
    )
    query = hostile_words.query(rng, team.creator, "nobody")
    values = ("period", "days", "search", "folder", "page", "state", "code")
    more = "&".join(f"{name}={query[:200].partition('=')[2]}" for name in rng.sample(values, 3))
    junk = {"Cookie": f"page={rng.choice(('', 'x', 'A' * 43, 'A' * 43 + '; page=' + 'B' * 43))}"}
    target = f"{where}{'&' if '?' in where else '?'}{more}&{query}".replace(" ", "+")
    answer = await browser.get(target, **({} if cookie else junk))
    assert "<h1>" in answer.source or answer.status == 400 or ".csv" in where, answer
    return answer.status


async def _form(browser: MemberBrowser, rng: random.Random, team: PageScenario, own: dict[str, str]) -> int:
    """A form with junk in some of its fields, the token and the id mostly right."""
    junk = hostile_words.query(rng, team.creator, "nobody").partition("=")[2]
    values = (junk[:300], "9" * 5_000, "\x00\u202e", "<script>", "x" * 6_000, "🌸" * 40, "", "in 2 hours")
    typed = {name: rng.choice(values) for name in rng.sample(_FIELDS, 5)}
    sent = {**own, **typed} if rng.random() < 0.5 else {**typed, **own}
    key = rng.choice(("calendar/post", "calendar/mass"))
    answer = await browser.sends(f"/page/{rng.choice((team.creator, 'nobody'))}/{key}", sent)
    assert "<h1>" in answer.source or answer.status == 303, answer
    assert "<script" not in answer.source
    return answer.status


async def test_no_form_is_answered_with_a_fault(planning: PlanningScenario) -> None:
    rng = random.Random(2026)  # noqa: S311 - likewise
    async with planning.signed_in(planning.house.stage.owner) as browser:
        own = await browser.form(planning.at("calendar/post"))
        found = [await _form(browser, rng, planning, own) for _ in range(_SHOTS)]

    assert set(found) <= _FORM_ANSWERS
    assert {422, 400, 303} <= set(found)
    assert "could not be answered" not in planning.house.log


@pytest.mark.parametrize("cookie", [True, False])
async def test_no_request_is_answered_with_a_fault(team: PageScenario, *, cookie: bool) -> None:
    rng = random.Random(2026)  # noqa: S311 - the same shots each time
    async with team.signed_in(team.house.stage.owner) as browser:
        found = [await _shot(browser, rng, team, cookie=cookie) for _ in range(_SHOTS)]
        alive = await browser.get("/page")

    assert set(found) <= _WANTED
    assert cookie is False or 200 in found
    assert alive.status == 200
    assert "could not be answered" not in team.house.log
