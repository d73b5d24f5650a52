"""A code and a token open once, for the program that they were given to."""

import asyncio
from urllib.parse import urlencode

import pytest

from tests.features.operations.agent_sign_in.sign_in_scenario import Pkce, SignInScenario

pytestmark = pytest.mark.asyncio(loop_scope="package")
OTHER = "https://other.example/api/v1/mcp"


async def let_in(signing: SignInScenario, **options: str) -> tuple[str, str, str]:
    """An agent with its tokens: the client, the access token, the refresh token."""
    client = await signing.registered()
    async with signing.browser() as browser:
        code = await signing.allowed(browser, client, **options)
    given = await signing.exchanged(client, code)
    assert given.status == 200, given.text
    return client, given.body["access_token"], given.body["refresh_token"]


async def test_an_agent_gets_what_the_owner_chose(signing: SignInScenario) -> None:
    client = await signing.registered()
    async with signing.browser() as browser:
        code = await signing.allowed(browser, client, scope="chats", days="1", role="chatter")
    given = await signing.exchanged(client, code)

    assert (given.status, given.headers["Cache-Control"]) == (200, "no-store")
    assert given.body["scope"] == "data chats"
    assert (given.body["token_type"], given.body["expires_in"]) == ("Bearer", 3600)
    assert (await signing.calls(given.body["access_token"], fields=["waiting"])).status == 200
    key = given.body["access_token"].split(".")[1]
    (row,) = signing.program.house.rows("SELECT * FROM api_keys WHERE id = ?", key)
    assert (row["role"], row["name"]) == ("chatter", "Helper")
    assert row["expires_at"] - row["made_at"] == 86_400_000


@pytest.mark.parametrize(
    "wrong",
    [
        {"code_verifier": Pkce().verifier},
        {"code_verifier": ""},
        {"redirect_uri": "http://127.0.0.1:33418/other"},
        {"client_id": "fbc.nobody"},
    ],
    ids=lambda wrong: next(iter(wrong)) + ("" if next(iter(wrong.values())) else " empty"),
)
async def test_a_code_in_other_hands_is_worth_nothing_ever(
    signing: SignInScenario, wrong: dict[str, str]
) -> None:
    client = await signing.registered()
    async with signing.browser() as browser:
        code = await signing.allowed(browser, client)
    stolen = await signing.exchanged(client, code, **wrong)
    right = await signing.exchanged(client, code)

    assert [(one.status, one.body["error"]) for one in (stolen, right)] == [(400, "invalid_grant")] * 2


async def test_a_code_for_another_address_is_told_so_and_stays(signing: SignInScenario) -> None:
    client = await signing.registered()
    async with signing.browser() as browser:
        code = await signing.allowed(browser, client)
    elsewhere = await signing.exchanged(client, code, resource=OTHER)
    right = await signing.exchanged(client, code)

    assert (elsewhere.status, elsewhere.body["error"], right.status) == (400, "invalid_target", 200)


async def test_a_code_of_one_app_is_none_of_another(signing: SignInScenario) -> None:
    client, other = await signing.registered(), await signing.registered(client_name="Another")
    async with signing.browser() as browser:
        code = await signing.allowed(browser, client)

    assert (await signing.exchanged(other, code)).body["error"] == "invalid_grant"


async def test_a_code_that_is_used_twice_ends_what_it_gave(signing: SignInScenario) -> None:
    client = await signing.registered()
    async with signing.browser() as browser:
        code = await signing.allowed(browser, client)
    first = await signing.exchanged(client, code)
    again = await signing.exchanged(client, code)
    after = await signing.calls(first.body["access_token"])
    renewed = await signing.refreshed(client, first.body["refresh_token"])

    assert (first.status, again.body["error"], after.status) == (200, "invalid_grant", 401)
    assert renewed.body["error"] == "invalid_grant"


async def test_of_two_uses_at_once_at_most_one_is_given_something(signing: SignInScenario) -> None:
    client = await signing.registered()
    async with signing.browser() as browser:
        code = await signing.allowed(browser, client)
    both = await asyncio.gather(*(signing.exchanged(client, code) for _ in range(2)))

    assert sorted(one.status for one in both) == [200, 400]
    given = next(one for one in both if one.status == 200)
    assert (await signing.calls(given.body["access_token"])).status == 401


async def test_a_refresh_token_is_good_once_and_its_second_use_ends_the_key(signing: SignInScenario) -> None:
    client, access, refresh = await let_in(signing)
    fresh = await signing.refreshed(client, refresh)
    works = await signing.calls(fresh.body["access_token"], fields=["waiting"])
    again = await signing.refreshed(client, refresh)
    ended = await signing.calls(fresh.body["access_token"])
    newest = await signing.refreshed(client, fresh.body["refresh_token"])

    assert (fresh.status, works.status, again.status, ended.status) == (200, 200, 400, 401)
    assert newest.body["error"] == "invalid_grant"
    key = access.split(".")[1]
    (line,) = signing.program.house.rows(
        "SELECT action FROM audit WHERE action = 'api_key.misused' AND target LIKE ?", f"{key}%"
    )
    assert line["action"] == "api_key.misused"


async def test_a_refresh_token_of_another_app_changes_nothing(signing: SignInScenario) -> None:
    client, _, refresh = await let_in(signing)
    other = await signing.registered(client_name="Another")
    stolen = await signing.refreshed(other, refresh)
    elsewhere = await signing.refreshed(client, refresh, resource=OTHER)
    right = await signing.refreshed(client, refresh)

    assert [one.body.get("error") for one in (stolen, elsewhere, right)] == [
        "invalid_grant",
        "invalid_target",
        None,
    ]


async def test_a_token_opens_the_tools_and_no_other_page(signing: SignInScenario) -> None:
    _, access, refresh = await let_in(signing, scope="drafts")
    rest, _, _ = await signing.program.reads(access)
    with_refresh = await signing.calls(refresh)
    own_key = f"fbk.{access.split('.')[1]}.{access.split('.')[2]}"

    assert (rest, with_refresh.status, (await signing.calls(own_key)).status) == (401, 401, 401)


async def test_too_narrow_a_token_is_told_what_to_ask_for(signing: SignInScenario) -> None:
    _, access, _ = await let_in(signing)
    told = await signing.calls(access, "draft_reply", fan="x", text="hi")

    assert told.status == 403
    challenge = told.headers["WWW-Authenticate"]
    assert 'error="insufficient_scope"' in challenge
    assert 'scope="data chats drafts"' in challenge
    assert f'resource_metadata="{signing.url}/.well-known/oauth-protected-resource/api/v1/mcp"' in challenge


@pytest.mark.parametrize("which", ["access", "refresh"])
async def test_an_agent_gives_its_access_back(signing: SignInScenario, which: str) -> None:
    client, access, refresh = await let_in(signing)
    token = access if which == "access" else refresh
    unknown = await signing.post(
        "/oauth/revoke", data={"token": token[:-1] + ("A" if token[-1] != "A" else "B")}
    )
    before = await signing.calls(access, fields=["waiting"])
    gone = await signing.post("/oauth/revoke", data={"token": token})
    after = await signing.calls(access)

    assert (unknown.status, gone.status) == (200, 200)
    # A wrong secret ends nothing, but for a refresh token whose family is right.
    assert (before.status, after.status) == (200 if which == "access" else 401, 401)
    assert (await signing.refreshed(client, refresh)).body["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "authorization_code"}, "invalid_grant"),
        ({"grant_type": "authorization_code", "code": "x\x00"}, "invalid_grant"),
        ({"grant_type": "refresh_token", "refresh_token": "fbr.a.b.c"}, "invalid_grant"),
        ({"grant_type": "refresh_token", "refresh_token": "x" * 5_000}, "invalid_request"),
    ],
)
async def test_what_is_no_request_for_tokens_is_refused_in_oauths_words(
    signing: SignInScenario, form: dict[str, str], error: str
) -> None:
    told = await signing.post("/oauth/token", data=form)

    assert (told.status, told.body["error"]) == (400, error)
    assert told.body["error_description"]


async def test_a_field_that_is_there_twice_is_refused(signing: SignInScenario) -> None:
    raw = urlencode([("grant_type", "refresh_token"), ("grant_type", "authorization_code")])
    headers = {"Content-Type": "application/x-www-form-urlencoded"}

    assert (await signing.post("/oauth/token", data=raw, headers=headers)).body["error"] == "invalid_request"
