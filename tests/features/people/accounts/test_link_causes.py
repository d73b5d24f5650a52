"""Each way in which Fanvue ends a link has its words and its cure."""

import pytest

from bot.fanvue import errors, oauth
from bot.features.operations.doctor import link_checks
from bot.features.operations.doctor.snapshot import last_failed_link
from bot.features.people.accounts.link_causes import LinkCause, of_account, of_callback, of_exchange
from tests.features.people.accounts.accounts_scenario import AccountStage
from tests.features.people.accounts.browser_stand_in import PUBLIC

ANSWERS: tuple[tuple[dict[str, object], LinkCause], ...] = (
    ({"token_type": None}, LinkCause.NO_TYPE),
    ({"token_type": "mac"}, LinkCause.NO_TYPE),
    ({"expires_in": None}, LinkCause.NO_LIFE),
    ({"expires_in": "soon"}, LinkCause.NO_LIFE),
    ({"refresh_token": None}, LinkCause.NO_REFRESH),
    ({"access_token": 7}, LinkCause.UNREADABLE),
    ({"scope": "openid read:self"}, LinkCause.SCOPES),
)


async def ended(studio: AccountStage) -> tuple[str, str]:
    """Somebody walks the whole way; the address of the last page, and its words."""
    browser = studio.browser()
    to_fanvue = await browser.reach_fanvue(await studio.begin(), studio.user("olivia"))
    back = await browser.get(await browser.consent_at_fanvue(to_fanvue, studio.creator.uuid))
    return back.location, (await browser.get(back.location)).text


@pytest.mark.parametrize(("answer", "cause"), ANSWERS, ids=str)
async def test_a_token_answer_that_lacks_something_is_named(
    studio: AccountStage, answer: dict[str, object], cause: LinkCause, caplog: pytest.LogCaptureFixture
) -> None:
    studio.fanvue.switches.token_answer = answer

    where, page = await ended(studio)

    assert where == f"{PUBLIC}/link/problem/{cause}"
    assert cause.said.split(". ")[0] in page.replace("&#x27;", "'")
    assert cause.cure in caplog.text
    rows = await studio.rows("audit")
    assert [row["outcome"] for row in rows if row["action"] == "link.failed"] == [cause.value]


async def test_a_lifetime_that_is_written_as_a_text_is_a_number(studio: AccountStage) -> None:
    studio.fanvue.switches.token_answer = {"expires_in": "3600"}

    where, _page = await ended(studio)

    assert where == f"{PUBLIC}/link/done"


async def test_the_doctor_reads_of_the_last_link_until_another_one_succeeds(studio: AccountStage) -> None:
    studio.fanvue.switches.token_answer = {"refresh_token": None}
    await ended(studio)
    failed = await studio.database.read(last_failed_link)
    studio.fanvue.switches.token_answer = {}
    studio.clock.pass_by(minutes=1)

    await studio.linked()

    assert failed is not None
    assert failed[0] == LinkCause.NO_REFRESH.value
    assert await studio.database.read(last_failed_link) is None


async def test_an_api_address_that_is_not_there_is_named(studio: AccountStage) -> None:
    studio.fanvue.faults.add("error_before", "GET", "/users/me$", status=404)

    where, page = await ended(studio)

    assert where == f"{PUBLIC}/link/problem/{LinkCause.NO_ADDRESS}"
    assert "Fanvue does not know the address that we asked" in page
    assert "FANVUE_API_PREFIX" not in page  # that is the operator's


@pytest.mark.parametrize("times", [1, 2])
async def test_a_browser_that_is_signed_in_as_somebody_else_is_asked_once_who_it_is(
    studio: AccountStage, times: int
) -> None:
    browser = studio.browser()
    to_fanvue = await browser.reach_fanvue(await studio.begin(), studio.user("olivia"))
    studio.fanvue.switches.other_session = 1

    back = await browser.get(await browser.consent_at_fanvue(to_fanvue, studio.creator.uuid))
    again = back.location
    if times == 2:  # even a page that asks who it is says it once more
        again = again.replace("&prompt=login", "")
        studio.fanvue.switches.other_session = 1
    last = await browser.get(await browser.consent_at_fanvue(again, studio.creator.uuid))

    assert "prompt=login" in back.location
    end = "done" if times == 1 else f"problem/{LinkCause.SESSION}"
    assert last.location == f"{PUBLIC}/link/{end}"


async def test_who_knows_it_beforehand_signs_in_as_somebody_else(studio: AccountStage) -> None:
    browser = studio.browser()
    to_discord = (await browser.start(await studio.begin())).location
    back = await browser.get(await browser.sign_in_to_discord(to_discord, studio.user("olivia")))

    page = await browser.get(back.location)
    gone = await browser.go_on(back.location, "other")

    assert ">Sign in as someone else</button>" in page.text
    assert gone.location.endswith("&prompt=login")


def test_every_cause_has_short_words_and_a_cure() -> None:
    for cause in LinkCause:
        assert 40 < len(cause.said) <= 160, cause
        assert 40 < len(cause.cure) <= 160, cause
        assert cause.cure in str(link_checks.failed(cause.value, 0, 60_000))


@pytest.mark.parametrize(
    ("found", "cause"),
    [
        (of_exchange(oauth.NotSent("x")), LinkCause.AWAY),
        (of_exchange(oauth.Unclear("x")), LinkCause.AWAY),
        (of_exchange(oauth.InvalidGrant()), LinkCause.CODE),
        (of_exchange(oauth.Refused("invalid_client")), LinkCause.APP),
        (of_exchange(oauth.Refused("status 404")), LinkCause.REFUSED),
        (of_account(errors.VersionRetired("x", next_version=None)), LinkCause.VERSION),
        (of_account(errors.ScopeMissing("x", scopes=())), LinkCause.SCOPES),
        (of_account(errors.RequestRateLimited("x", after=1)), LinkCause.AWAY),
        (of_account(errors.RequestUnclear("x")), LinkCause.UNREADABLE),
        (of_account(errors.TokenUnauthorized("x")), LinkCause.REFUSED),
        (of_callback("invalid_scope"), LinkCause.UNASKED_SCOPE),
        (of_callback("temporarily_unavailable"), LinkCause.AWAY),
        (of_callback("unauthorized_client"), LinkCause.APP),
        (of_callback("anything"), LinkCause.REFUSED),
    ],
)
def test_each_end_has_one_cause(found: LinkCause, cause: LinkCause) -> None:
    assert found is cause
