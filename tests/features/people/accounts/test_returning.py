"""Returns from the sign-in pages that fit nothing: one neutral page, nothing kept."""

import pytest

from bot.features.people.accounts.link_causes import LinkCause
from tests.features.people.accounts.accounts_scenario import AccountStage
from tests.features.people.accounts.browser_stand_in import PUBLIC, BrowserAnswer, BrowserStandIn
from tests.proofs.oauth_attack.attack import PROBLEM, changed


async def callback_of(studio: AccountStage, browser: BrowserStandIn) -> str:
    """The address that Fanvue sends this browser to after a Yes."""
    to_fanvue = await browser.reach_fanvue(await studio.begin(), studio.user("olivia"))
    return await browser.consent_at_fanvue(to_fanvue, studio.creator.uuid)


async def stopped(studio: AccountStage, seen: BrowserAnswer) -> bool:
    return seen.location == PROBLEM and await studio.nothing_is_kept()


async def ended(studio: AccountStage, seen: BrowserAnswer, cause: LinkCause) -> bool:
    """Likewise, where Fanvue's side ended it: the page says how."""
    return seen.location == f"{PROBLEM}/{cause}" and await studio.nothing_is_kept()


async def test_the_right_issuer_is_accepted(studio: AccountStage) -> None:
    studio.fanvue.switches.iss_on_callback = True

    page = await studio.browser().walk(await studio.begin(), studio.user("olivia"), studio.creator.uuid)

    assert page.url == f"{PUBLIC}/link/done"


@pytest.mark.parametrize("doubled", ["state", "code", "iss", "error"])
async def test_a_parameter_that_is_given_twice_is_not_read(studio: AccountStage, doubled: str) -> None:
    browser = studio.browser()
    callback = await callback_of(studio, browser) + f"&{doubled}=one&{doubled}=two"

    assert await stopped(studio, await browser.get(callback))
    assert studio.fanvue.ledger.of("token.issued") == []


@pytest.mark.parametrize("query", ["", "state=short&code=c", "code=c", "state=" + "a" * 43 + "&code=c"])
async def test_a_callback_that_belongs_to_no_attempt_is_a_neutral_page(
    studio: AccountStage, query: str
) -> None:
    for path in ("/oauth/discord/callback", "/oauth/fanvue/callback"):
        assert (await studio.browser().get(f"{PUBLIC}{path}?{query}")).location == PROBLEM


async def test_an_endless_code_and_an_unknown_error_are_stopped(studio: AccountStage) -> None:
    for change in ({"code": "c" * 3000}, {"error": "invalid_scope"}, {"error": "access_denied"}):
        browser = studio.browser()
        seen = await browser.get(changed(await callback_of(studio, browser), **change))
        cause = {"invalid_scope": LinkCause.UNASKED_SCOPE, "access_denied": LinkCause.REFUSED}.get(
            change.get("error", "")
        )
        assert await (ended(studio, seen, cause) if cause else stopped(studio, seen))


async def test_a_link_can_be_started_only_so_often(studio: AccountStage) -> None:
    link, browser = await studio.begin(), studio.browser()
    for _ in range(10):
        assert "/oauth2/authorize" in (await browser.start(link)).location

    assert (await browser.start(link)).location == PROBLEM


async def test_discord_must_answer_before_anything_goes_on(studio: AccountStage) -> None:
    browser = studio.browser()
    to_discord = (await browser.start(await studio.begin())).location
    callback = await browser.sign_in_to_discord(to_discord, studio.user("olivia"))

    assert await stopped(studio, await browser.get(changed(callback, code="0" * 45)))
    assert [row["step"] for row in await studio.rows("attempts")] == ["discord"]


async def test_an_exchange_without_an_answer_is_not_repeated(studio: AccountStage) -> None:
    browser = studio.browser()
    callback = await callback_of(studio, browser)
    studio.fanvue.faults.add("lose_answer", path="/oauth2/token", count=1)

    assert (await browser.get(callback)).location == f"{PROBLEM}/{LinkCause.AWAY}"

    assert len(studio.fanvue.ledger.of("token.issued")) == 1
    assert await studio.rows("pending_links") == []


async def test_a_sign_in_whose_account_cannot_be_read_is_given_back(studio: AccountStage) -> None:
    browser = studio.browser()
    callback = await callback_of(studio, browser)
    studio.fanvue.faults.add("error_before", path="/users/me", count=1)

    assert await ended(studio, await browser.get(callback), LinkCause.UNREADABLE)
