"""Between the two sign-ins: only who proved it goes on, once, by their own press."""

import pytest

from bot.features.people.accounts import browser_secrets
from bot.web import pages
from tests.features.people.accounts.accounts_scenario import AccountStage
from tests.features.people.accounts.browser_stand_in import PUBLIC, BrowserAnswer, BrowserStandIn
from tests.proofs.oauth_attack.attack import hidden

CONSENT, PROBLEM = f"{PUBLIC}/link/consent", f"{PUBLIC}/link/problem"


async def proved(studio: AccountStage, browser: BrowserStandIn, name: str = "olivia") -> None:
    """Sign in to Discord, in this browser, as whose ticket it is."""
    to_discord = (await browser.start(await studio.begin(name, f"command-of-{name}-000000"))).location
    back = await browser.get(await browser.sign_in_to_discord(to_discord, studio.user(name)))
    assert back.location == CONSENT


async def test_the_page_names_who_where_what_and_how_to_stop_it_and_looking_changes_nothing(
    studio: AccountStage,
) -> None:
    browser = studio.browser()
    await proved(studio, browser)
    before = [await studio.rows(table) for table in ("tickets", "attempts", "audit", "outbox")]

    page = await browser.get(CONSENT)

    for words in (
        "<strong>olivia</strong>",
        "Studio &lt;Night&gt;",
        "Read your chats",
        "/account unlink",
        "servers",
    ):
        assert words in page.text
    assert [await studio.rows(table) for table in ("tickets", "attempts", "audit", "outbox")] == before


async def test_without_a_proof_there_is_nothing_to_go_on_with(studio: AccountStage) -> None:
    browser, other = studio.browser(), studio.browser()
    assert (await browser.get(CONSENT)).status == 404
    await browser.get(await studio.begin())  # has a cookie, and has proved nothing
    assert (await browser.get(CONSENT)).text == pages.problem()

    await proved(studio, other, "maya")
    assert (await browser.get(CONSENT)).status == 404


async def test_a_press_from_elsewhere_or_with_anothers_proof_is_refused_and_uses_nothing_up(
    studio: AccountStage,
) -> None:
    browser, attacker = studio.browser(), studio.browser()
    await proved(studio, browser)
    await proved(studio, attacker, "victor")
    kept, mine = dict(browser.cookies), _fields(await browser.get(CONSENT))
    theirs = _fields(await attacker.get(CONSENT))
    for form, headers in (
        ({}, {}),
        ({**mine, "csrf": "0" * 64}, {}),
        (theirs, {}),
        ({**mine, "attempt": theirs["attempt"]}, {}),
        (mine, {"Sec_Fetch_Site": "cross-site"}),
        (mine, {"Cookie": ""}),
    ):
        browser.cookies = dict(kept)
        seen = await browser.post(CONSENT, {**form, "decision": "yes"}, **headers)
        assert seen.location == PROBLEM

    browser.cookies = dict(kept)
    assert (await browser.go_on(CONSENT)).location.startswith(studio.fanvue.auth_url)


async def test_a_second_press_finds_the_ticket_used(studio: AccountStage) -> None:
    browser = studio.browser()
    await proved(studio, browser)
    fields = {**_fields(await browser.get(CONSENT)), "decision": "yes"}
    assert (await browser.post(CONSENT, fields)).location.startswith(studio.fanvue.auth_url)

    assert (await browser.post(CONSENT, fields)).location == PROBLEM
    assert [row["state"] for row in await studio.rows("tickets")] == ["used"]
    assert len([row for row in await studio.rows("attempts") if row["step"] == "fanvue"]) == 1


async def test_knowing_somebody_elses_proof_is_of_no_use_without_their_cookie(studio: AccountStage) -> None:
    browser, attacker = studio.browser(), studio.browser()
    await proved(studio, browser)
    await proved(studio, attacker, "victor")
    (cookie,) = attacker.cookies.values()
    attempt = _fields(await browser.get(CONSENT))["attempt"]
    form = {"attempt": attempt, "csrf": browser_secrets.csrf_of(cookie, attempt), "decision": "yes"}

    assert (await attacker.post(CONSENT, form)).location == PROBLEM
    assert (await browser.go_on(CONSENT)).location.startswith(studio.fanvue.auth_url)


async def test_of_two_browsers_that_proved_the_same_only_one_goes_on(studio: AccountStage) -> None:
    one, two = studio.browser(), studio.browser()
    link, pages_of = await studio.begin(), []
    for browser in (one, two):
        to_discord = (await browser.start(link)).location
        await browser.get(await browser.sign_in_to_discord(to_discord, studio.user("olivia")))
        pages_of.append({**_fields(await browser.get(CONSENT)), "decision": "yes"})

    assert (await one.post(CONSENT, pages_of[0])).location.startswith(studio.fanvue.auth_url)
    assert (await two.post(CONSENT, pages_of[1])).location == PROBLEM


@pytest.mark.parametrize("decision", ["no", "anything"])
async def test_whatever_is_no_yes_closes_the_link(studio: AccountStage, decision: str) -> None:
    browser = studio.browser()
    await proved(studio, browser)

    seen = await browser.go_on(CONSENT, decision)

    assert seen.location == f"{PUBLIC}/link/declined"
    assert [row["state"] for row in await studio.rows("tickets")] == ["closed"]
    assert await studio.nothing_is_kept()


async def test_a_page_that_was_left_open_too_long_leads_nowhere(studio: AccountStage) -> None:
    browser = studio.browser()
    await proved(studio, browser)
    fields = {**_fields(await browser.get(CONSENT)), "decision": "yes"}
    studio.clock.pass_by(minutes=14)

    assert (await browser.post(CONSENT, fields)).location == PROBLEM
    assert (await browser.get(CONSENT)).status == 404


async def test_the_last_page_names_whose_link_it_was_and_only_for_that_browser(studio: AccountStage) -> None:
    browser = studio.browser()
    page = await browser.walk(await studio.begin(), studio.user("olivia"), studio.creator.uuid)

    assert "<strong>olivia</strong>, go back to Discord, to the server" in page.text
    assert (await studio.browser().get(page.url)).text == pages.done()


def _fields(page: BrowserAnswer) -> dict[str, str]:
    return {name: hidden(page.text, name) for name in ("attempt", "csrf")}
