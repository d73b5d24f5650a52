"""The first half of the OAuth dance: the consent page and the way back to the app."""

import pytest

from tests.sandbox.fanvue.conftest import CLIENT_ID, REDIRECT_URI, FanvueStage
from tests.sandbox.fanvue.oauth_fixtures import SCOPE, ask, authorize_url, exchange, opens


async def test_the_whole_dance_ends_with_tokens_that_open_the_api(stage: FanvueStage) -> None:
    callback = await ask(stage)
    answer = await exchange(stage, callback["code"], {"client_id": CLIENT_ID})

    tokens = answer.json()
    assert (callback["state"], callback["scope"]) == ("state-of-the-test", SCOPE)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert {name: tokens[name] for name in ("expires_in", "token_type", "scope")} == {
        "expires_in": 3600,
        "token_type": "bearer",
        "scope": SCOPE,
    }
    assert tokens.keys() == {"access_token", "refresh_token", "expires_in", "token_type", "scope", "id_token"}
    assert await opens(stage, tokens["access_token"])


async def test_the_consent_page_names_the_app_the_account_and_the_scopes(stage: FanvueStage) -> None:
    page = await stage.client.get(authorize_url(stage) + f"&as={stage.creator.uuid}")

    for text in ("App app-1", "@example-creator", "read:chat"):
        assert text in page.text


async def test_the_consent_page_remembers_the_account_in_a_cookie(stage: FanvueStage) -> None:
    nobody = await stage.client.get(authorize_url(stage))
    await stage.client.get(authorize_url(stage) + f"&as={stage.creator.uuid}")
    somebody = await stage.client.get(authorize_url(stage))

    assert "Sign in to Fanvue" in nobody.text
    assert "Signed in as @example-creator" in somebody.text


async def test_a_creator_who_says_no_sends_back_access_denied(stage: FanvueStage) -> None:
    callback = await ask(stage, approve=False)

    assert (callback["error"], callback["state"]) == ("access_denied", "state-of-the-test")
    assert "code" not in callback


async def test_the_issuer_is_named_on_the_callback_when_switched_on(stage: FanvueStage) -> None:
    without = await ask(stage)
    stage.server.switches.iss_on_callback = True
    with_it = await ask(stage)

    assert "iss" not in without
    assert with_it["iss"] == stage.server.auth_url


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "read:self read:agency"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"state": "short"}, "invalid_state"),
    ],
)
async def test_a_wrong_request_goes_back_to_the_app_as_an_error(
    stage: FanvueStage, change: dict[str, str], error: str
) -> None:
    assert (await ask(stage, change))["error"] == error


@pytest.mark.parametrize("change", [{"client_id": "who"}, {"redirect_uri": REDIRECT_URI + "/"}])
async def test_a_foreign_client_or_address_is_never_redirected_to(
    stage: FanvueStage, change: dict[str, str]
) -> None:
    page = await stage.client.get(authorize_url(stage, **change) + f"&as={stage.creator.uuid}")

    assert page.status_code == 400
    assert "Location" not in page.headers


async def test_a_consent_page_answers_once(stage: FanvueStage) -> None:
    page = await stage.client.get(authorize_url(stage) + f"&as={stage.creator.uuid}")
    number = page.text.split('name="consent" value="')[1].split('"')[0]
    form = {"consent": number, "decision": "approve"}
    first = await stage.client.post("/oauth2/auth", data=form)
    second = await stage.client.post("/oauth2/auth", data=form)

    assert (first.status_code, second.status_code) == (303, 400)
