"""The second half: codes, PKCE, rotation, grace, reuse, revocation."""

import httpx
import pytest

from tests.sandbox.fanvue.conftest import CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, FanvueStage, refused
from tests.sandbox.fanvue.oauth_fixtures import (
    BASIC,
    SCOPE,
    VERIFIER,
    ask,
    exchange,
    linked,
    opens,
    post,
    refresh,
)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"code_verifier": "w" * 43}, "invalid_grant"),
        ({"code_verifier": "v" * 42}, "invalid_request"),
        ({"redirect_uri": REDIRECT_URI + "/"}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"code": "nonsense"}, "invalid_grant"),
        ({"client_secret": CLIENT_SECRET}, "invalid_client"),
        ({"client_id": "other"}, "invalid_client"),
    ],
)
async def test_a_wrong_exchange_is_refused(stage: FanvueStage, change: dict[str, str], error: str) -> None:
    answer = await exchange(stage, (await ask(stage))["code"], change)

    assert answer.json()["error"] == error
    assert answer.status_code == (401 if error == "invalid_client" else 400)


async def test_only_basic_client_authentication_is_taken(stage: FanvueStage) -> None:
    code = (await ask(stage))["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT_URI}
    secret = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "code_verifier": VERIFIER}
    in_form = await post(stage, "/oauth2/token", form | secret, None)
    wrong = await post(stage, "/oauth2/token", form, httpx.BasicAuth(CLIENT_ID, "no"))

    assert [answer.status_code for answer in (in_form, wrong)] == [401, 401]
    assert "Basic" in wrong.headers["WWW-Authenticate"]


async def test_the_token_endpoint_takes_forms_only(stage: FanvueStage) -> None:
    answer = await stage.client.post("/oauth2/token", json={"grant_type": "refresh_token"}, auth=BASIC)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_a_code_lives_ten_minutes(stage: FanvueStage) -> None:
    code = (await ask(stage))["code"]
    stage.clock.forward(600)

    assert (await exchange(stage, code)).json()["error"] == "invalid_grant"


async def test_a_code_shown_twice_kills_the_tokens_that_it_gave(stage: FanvueStage) -> None:
    code = (await ask(stage))["code"]
    tokens = (await exchange(stage, code)).json()
    again = await exchange(stage, code)

    assert again.json()["error"] == "invalid_grant"
    assert not await opens(stage, tokens["access_token"])


async def test_a_refresh_rotates_and_the_new_token_refreshes_again(stage: FanvueStage) -> None:
    first = await linked(stage)
    second = (await refresh(stage, first["refresh_token"])).json()
    third = (await refresh(stage, second["refresh_token"])).json()

    assert len({tokens["refresh_token"] for tokens in (first, second, third)}) == 3
    assert await opens(stage, third["access_token"])
    assert len(stage.server.ledger.of("token.refreshed")) == 2


async def test_the_old_refresh_token_still_answers_within_the_grace(stage: FanvueStage) -> None:
    first = await linked(stage)
    second = (await refresh(stage, first["refresh_token"])).json()
    stage.clock.forward(29)
    again = (await refresh(stage, first["refresh_token"])).json()

    assert await opens(stage, second["access_token"])
    assert await opens(stage, again["access_token"])
    assert (await refresh(stage, again["refresh_token"])).status_code == 200
    assert len(stage.server.ledger.of("token.graced")) == 1


async def test_reuse_after_the_grace_kills_the_whole_chain(stage: FanvueStage) -> None:
    first = await linked(stage)
    second = (await refresh(stage, first["refresh_token"])).json()
    stage.clock.forward(30)
    reused = await refresh(stage, first["refresh_token"])

    assert reused.json()["error"] == "invalid_grant"
    assert (await refresh(stage, second["refresh_token"])).json()["error"] == "invalid_grant"
    assert not await opens(stage, second["access_token"])
    assert len(stage.server.ledger.of("token.reuse")) == 1


async def test_asking_for_more_scopes_on_refresh_is_refused_and_spends_nothing(stage: FanvueStage) -> None:
    tokens = await linked(stage)
    greedy = await refresh(stage, tokens["refresh_token"], scope=SCOPE + " read:media")
    same = await refresh(stage, tokens["refresh_token"], scope="read:self")

    assert (greedy.status_code, greedy.json()["error"]) == (400, "invalid_scope")
    assert same.status_code == 200
    assert stage.server.ledger.of("token.graced") == []


async def test_the_refresh_answer_may_leave_the_scope_out(stage: FanvueStage) -> None:
    tokens = await linked(stage)
    stage.server.switches.refresh_answers_scope = False

    assert "scope" not in (await refresh(stage, tokens["refresh_token"])).json()


@pytest.mark.parametrize("dies", [True, False])
async def test_the_old_access_token_dies_on_rotation_when_switched_so(stage: FanvueStage, dies: bool) -> None:  # noqa: FBT001 - a case of a table
    stage.server.switches.old_access_token_dies = dies
    first = await linked(stage)
    await refresh(stage, first["refresh_token"])

    assert await opens(stage, first["access_token"]) is not dies


async def test_without_offline_access_there_is_no_refresh_token(stage: FanvueStage) -> None:
    code = (await ask(stage, {"scope": "read:self"}))["code"]

    tokens = (await exchange(stage, code)).json()
    assert tokens.keys() == {"access_token", "expires_in", "token_type", "scope"}


async def test_an_access_token_is_over_after_its_hour(stage: FanvueStage) -> None:
    tokens = await linked(stage)
    stage.clock.forward(3599)
    assert await opens(stage, tokens["access_token"])

    stage.clock.forward(1)

    assert not await opens(stage, tokens["access_token"])


async def test_speed_divides_the_life_of_tokens(stage: FanvueStage) -> None:
    stage.server.switches.speed = 60

    assert (await linked(stage))["expires_in"] == 60


async def test_revoking_kills_the_consent_and_unknown_tokens_are_no_error(stage: FanvueStage) -> None:
    tokens = await linked(stage)
    form = {"token": tokens["refresh_token"], "token_type_hint": "refresh_token"}
    unknown = await post(stage, "/oauth2/revoke", {"token": "what"})
    stranger = await post(stage, "/oauth2/revoke", form, httpx.BasicAuth("x", "y"))
    assert await opens(stage, tokens["access_token"])

    revoked = await post(stage, "/oauth2/revoke", form)

    assert [answer.status_code for answer in (unknown, stranger, revoked)] == [200, 401, 200]
    assert not await opens(stage, tokens["access_token"])
    assert refused(await refresh(stage, tokens["refresh_token"]))[0] == 400
