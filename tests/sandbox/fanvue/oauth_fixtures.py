"""The steps of the OAuth dance, one function each, for the tests of both halves."""

from typing import Any
from urllib.parse import urlencode

import httpx

from bot.sandbox.fanvue.browser import callback_parameters, consent
from bot.sandbox.fanvue.tokens import s256
from tests.sandbox.fanvue.conftest import CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, FanvueStage

VERIFIER = "v" * 43
SCOPE = "openid offline_access offline read:self read:chat"
BASIC = httpx.BasicAuth(CLIENT_ID, CLIENT_SECRET)


def authorize_url(stage: FanvueStage, **changes: str) -> str:
    query = {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": REDIRECT_URI,
        "scope": SCOPE,
        "state": "state-of-the-test",
        "code_challenge": s256(VERIFIER),
        "code_challenge_method": "S256",
    }
    return f"{stage.server.auth_url}/oauth2/auth?{urlencode(query | changes)}"


async def ask(
    stage: FanvueStage, changes: dict[str, str] | None = None, *, approve: bool = True
) -> dict[str, str]:
    callback = await consent(authorize_url(stage, **(changes or {})), stage.creator.uuid, approve=approve)
    assert callback.startswith(REDIRECT_URI + "&")
    return callback_parameters(callback)


async def post(
    stage: FanvueStage, path: str, form: dict[str, str], auth: httpx.Auth | None = BASIC
) -> httpx.Response:
    # The stage's own bearer token must not travel with a client's credentials.
    headers = {"Authorization": ""} if auth is None else {}
    return await stage.client.post(path, data=form, auth=auth or httpx.USE_CLIENT_DEFAULT, headers=headers)


async def exchange(stage: FanvueStage, code: str, changes: dict[str, str] | None = None) -> httpx.Response:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": REDIRECT_URI,
        "code_verifier": VERIFIER,
    }
    return await post(stage, "/oauth2/token", form | (changes or {}))


async def refresh(stage: FanvueStage, token: str, **more: str) -> httpx.Response:
    form = {"grant_type": "refresh_token", "refresh_token": token}
    return await post(stage, "/oauth2/token", form | more)


async def linked(stage: FanvueStage) -> dict[str, Any]:
    tokens: dict[str, Any] = (await exchange(stage, (await ask(stage))["code"])).json()
    return tokens


async def opens(stage: FanvueStage, access_token: str) -> bool:
    headers = {"Authorization": f"Bearer {access_token}"}
    answer = await stage.call("GET", "/v1/users/me", headers=headers)
    return answer.status_code == 200
