"""A form that comes from elsewhere or too late makes no draft; no text is lost."""

from typing import Final

import pytest

from tests.features.people.team_page.planning_scenario import MASS, POST, PlanningScenario

pytestmark = pytest.mark.asyncio(loop_scope="package")

WORDS: Final = "Nobody types *this* twice"
ELSEWHERE: Final[tuple[dict[str, str], ...]] = (
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "null"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "http://127.0.0.1"},
)


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
async def test_a_form_of_another_site_is_refused_and_not_shown_again(
    planning: PlanningScenario, headers: dict[str, str]
) -> None:
    person = await planning.newcomer(f"elsewhere-{ELSEWHERE.index(headers)}", "manager")
    async with planning.signed_in(person) as browser:
        form = await browser.form(planning.at(POST))
        answer = await browser.post(planning.at(POST), {**form, "text": WORDS}, **headers)

    assert (answer.status, "did not come from your page" in answer.text) == (400, True)
    assert WORDS not in answer.text
    assert planning.drafts_of(person.user.id) == []


async def test_a_browser_that_names_only_the_origin_is_taken_at_its_word(planning: PlanningScenario) -> None:
    async with planning.signed_in(planning.house.stage.owner) as browser:
        form = await browser.form(planning.at(POST))
        answer = await browser.post(planning.at(POST), {**form, "text": "x"}, Origin=planning.url)

    assert answer.status == 303


@pytest.mark.parametrize("csrf", ["", "0" * 64, "ü", "9" * 5_000])
async def test_a_form_of_another_session_comes_back_filled_in(planning: PlanningScenario, csrf: str) -> None:
    person = await planning.newcomer(f"other-session-{len(csrf)}", "manager")
    async with planning.signed_in(person) as browser:
        form = await browser.form(planning.at(POST))
        answer = await browser.sends(planning.at(POST), {**form, "csrf": csrf}, text=WORDS, when="in 2 days")
        none = planning.drafts_of(person.user.id)
        again = await browser.sends(planning.at(POST), browser.fields(answer), text=WORDS, when="in 2 days")

    assert (answer.status, "you signed in again" in answer.text) == (400, True)
    assert WORDS in answer.text
    assert 'value="in 2 days"' in answer.source
    assert none == []
    assert again.status == 303


async def test_one_session_cannot_use_the_token_of_another(planning: PlanningScenario) -> None:
    person, thief = [await planning.newcomer(f"token-{name}", "manager") for name in ("own", "thief")]
    async with planning.signed_in(person) as own, planning.signed_in(thief) as browser:
        stolen = await own.form(planning.at(POST))
        answer = await browser.sends(planning.at(POST), stolen, text=WORDS)

    assert answer.status == 400
    assert planning.drafts_of(person.user.id) == planning.drafts_of(thief.user.id) == []


async def test_a_session_that_ended_a_second_ago_refuses_in_words_and_shows_the_text(
    planning: PlanningScenario,
) -> None:
    person = await planning.newcomer("plan-late", "manager")
    async with planning.signed_in(person) as browser:
        form = await browser.form(planning.at(POST))
        planning.time_passes(person)
        answer = await browser.sends(planning.at(POST), form, text=WORDS)

    assert (answer.status, "session has ended" in answer.text) == (401, True)
    assert f'readonly aria-describedby="kept-hint">\n{WORDS}</textarea>' in answer.source
    assert planning.drafts_of(person.user.id) == []


async def test_whose_grant_ended_a_second_ago_plans_nothing(planning: PlanningScenario) -> None:
    person = await planning.newcomer("plan-ended", "manager")
    async with planning.signed_in(person) as browser:
        forms = {key: await browser.form(planning.at(key)) for key in (POST, MASS)}
        await planning.grant(person, "chatter")
        sent = [await browser.sends(planning.at(key), form, text=WORDS) for key, form in forms.items()]
    denied = "SELECT action FROM audit WHERE actor = ? AND outcome = 'denied' ORDER BY action"

    assert [(one.status, WORDS in one.text) for one in sent] == [(403, True)] * 2
    assert planning.drafts_of(person.user.id) == []
    assert [row["action"] for row in planning.house.rows(denied, person.user.id)] == ["mass", "post"]


async def test_who_left_the_server_plans_nothing(planning: PlanningScenario) -> None:
    person, stage = await planning.newcomer("plan-gone", "manager"), planning.house.stage
    async with planning.signed_in(person) as browser:
        form = await browser.form(planning.at(POST))
        stage.discord.world.remove_member(stage.guild, person.user)
        answer = await browser.sends(planning.at(POST), form, text=WORDS)

    assert (answer.status, "not on the server" in answer.text, WORDS in answer.text) == (403, True, True)
    assert planning.drafts_of(person.user.id) == []


async def test_nothing_is_planned_while_discord_does_not_say_who_somebody_is(
    planning: PlanningScenario,
) -> None:
    person = await planning.newcomer("plan-outage", "manager")
    async with planning.signed_in(person) as browser:
        form = await browser.form(planning.at(POST))
        planning.house.stage.discord.faults.fail("GET", f"/members/{person.user.id}", 503)
        refused = await browser.sends(planning.at(POST), form, text=WORDS)
        later = await browser.sends(planning.at(POST), form, text=WORDS)

    assert (refused.status, "can't reach Discord" in refused.text, WORDS in refused.text) == (503, True, True)
    assert later.status == 303
    assert len(planning.drafts_of(person.user.id)) == 1


async def test_a_form_without_fanvues_lists_keeps_what_was_typed(planning: PlanningScenario) -> None:
    faults = planning.house.stage.fanvue.faults
    person = await planning.newcomer("plan-lists-away", "manager")
    async with planning.signed_in(person) as browser:
        form, box = await browser.form(planning.at(MASS)), await planning.list_box(browser, "Subscribers")
        faults.add("error_before", "GET", "/lists", count=99, status=503)
        answer = await browser.sends(planning.at(MASS), form, text=WORDS, when="soonish", **box)
        faults.clear()

    assert (answer.status, WORDS in answer.text) == (422, True)
    assert "can't read that time" in answer.text
    (name,) = box
    assert f'name="{name}" value="Subscribers" checked' in answer.source


async def test_a_form_that_is_far_too_large_is_not_read(planning: PlanningScenario) -> None:
    person = await planning.newcomer("plan-large", "manager")
    async with planning.signed_in(person) as browser:
        form = await browser.form(planning.at(POST))
        large = await browser.sends(planning.at(POST), form, text="x" * 140_000)
        twice = await browser.post(planning.at(POST) + "?form=1", {**form, "text": "x" * 120_000}, **HERE)

    assert (large.status, "too much for this form" in large.text) == (413, True)
    assert twice.status == 422
    assert planning.drafts_of(person.user.id) == []


HERE: Final = {"Sec-Fetch-Site": "same-origin"}


async def test_no_more_wait_than_a_channel_can_show(planning: PlanningScenario) -> None:
    person = await planning.newcomer("plan-many", "manager")
    async with planning.signed_in(person) as browser:
        sent = [await planning.plans(browser, POST, text=f"{WORDS} {n}") for n in range(21)]
        last = next(one for one in sent if one.status != 303)

    assert (last.status, "20 of these wait on Discord already" in last.text) == (409, True)
    assert WORDS in last.text
