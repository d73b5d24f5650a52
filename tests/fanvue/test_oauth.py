"""Every way in which a token request can end."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.fanvue import oauth
from bot.fanvue.oauth import (
    FanvueOAuth,
    GrantRevoked,
    InvalidGrant,
    NotSent,
    OAuthTokens,
    Outcome,
    Refused,
    Unclear,
)
from tests.fanvue.peer_stand_in import Behaviour, PeerStandIn, cut_short, hang_up, never, reply

PAIR = {"access_token": "at", "refresh_token": "rt", "expires_in": 3600, "token_type": "Bearer"}


@pytest.fixture
def client(http: httpx.AsyncClient, far: PeerStandIn) -> FanvueOAuth:
    return FanvueOAuth(
        http,
        auth_url=far.url,
        client_id="app:1",
        client_secret="se+cret/1",
        redirect_uri="https://bridge.example/callback",
        total=0.5,
    )


def test_the_authorize_url_asks_for_everything_once(client: FanvueOAuth, far: PeerStandIn) -> None:
    url = client.authorize_url(state="s-1", challenge="c-1", scopes=["openid", "read:self"])

    assert url.startswith(far.url + "/oauth2/auth?")
    assert parse_qs(urlsplit(url).query) == {
        "response_type": ["code"],
        "client_id": ["app:1"],
        "redirect_uri": ["https://bridge.example/callback"],
        "scope": ["openid read:self"],
        "state": ["s-1"],
        "code_challenge": ["c-1"],
        "code_challenge_method": ["S256"],
    }


def test_a_verifier_is_long_enough_and_its_challenge_is_s256() -> None:
    verifier = oauth.new_verifier(lambda size: bytes(range(size)))

    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    assert 64 <= len(verifier) <= 128
    assert oauth.challenge_of(verifier) == digest


async def test_a_code_is_exchanged_with_basic_and_verifier(client: FanvueOAuth, far: PeerStandIn) -> None:
    far.does(reply(200, PAIR | {"scope": "openid read:self", "id_token": "ignored"}))

    assert await client.exchange("code-1", "verifier-1") == OAuthTokens("at", "rt", 3600, "openid read:self")

    assert (far.last.method, far.last.path) == ("POST", "/oauth2/token")
    assert far.last.headers["content-type"] == "application/x-www-form-urlencoded"
    credentials = base64.b64decode(far.last.headers["authorization"].removeprefix("Basic ")).decode()
    assert credentials == "app%3A1:se%2Bcret%2F1"
    assert far.last.form == {
        "grant_type": "authorization_code",
        "code": "code-1",
        "redirect_uri": "https://bridge.example/callback",
        "code_verifier": "verifier-1",
    }


async def test_a_refresh_never_sends_a_scope(client: FanvueOAuth, far: PeerStandIn) -> None:
    far.does(reply(200, PAIR))

    assert await client.refresh("old") == OAuthTokens("at", "rt", 3600, None)

    assert far.last.form == {"grant_type": "refresh_token", "refresh_token": "old"}


async def test_a_refresh_without_a_new_refresh_token_keeps_the_old_one(
    client: FanvueOAuth, far: PeerStandIn
) -> None:
    far.does(reply(200, {name: value for name, value in PAIR.items() if name != "refresh_token"}))

    assert await client.refresh("old") == OAuthTokens("at", "old", 3600, None)
    assert await client.exchange("code", "verifier") == OAuthTokens("at", None, 3600, None)


ENDINGS = [
    pytest.param(reply(400, {"error": "invalid_grant"}), InvalidGrant(), id="invalid_grant"),
    pytest.param(reply(401, {"error": "invalid_client"}), Refused("invalid_client"), id="invalid_client"),
    pytest.param(reply(400, {"error": "Say it: secret!"}), Refused("status 400"), id="odd error word"),
    pytest.param(reply(400, b"<html>"), Refused("status 400"), id="400 without JSON"),
    pytest.param(reply(429, {}, Retry_After="7"), NotSent("Fanvue asked to wait", 7.0), id="asked to wait"),
    pytest.param(reply(302, None, Location="/"), Unclear("Fanvue answered 302"), id="redirect"),
    pytest.param(reply(502, {}), Unclear("Fanvue answered 502"), id="502"),
]


@pytest.mark.parametrize(("behaviour", "expected"), ENDINGS)
async def test_each_refusal_is_one_outcome(
    client: FanvueOAuth, far: PeerStandIn, behaviour: Behaviour, expected: Outcome
) -> None:
    far.does(behaviour)

    assert await client.refresh("old") == expected
    assert len(far.seen) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        b"{broken",
        PAIR | {"access_token": None},
        PAIR | {"access_token": ""},
        PAIR | {"access_token": "two\r\nlines"},
        PAIR | {"access_token": "\u00e9"},
        PAIR | {"refresh_token": 5},
        PAIR | {"token_type": "mac"},
        PAIR | {"expires_in": None},
        PAIR | {"expires_in": 0},
        PAIR | {"expires_in": True},
        PAIR | {"expires_in": 10**12},
    ],
    ids=repr,
)
async def test_an_unreadable_pair_is_unclear(client: FanvueOAuth, far: PeerStandIn, body: object) -> None:
    far.does(reply(200, body))

    assert isinstance(await client.refresh("old"), Unclear)


async def test_lost_answers_are_unclear_and_never_repeated(client: FanvueOAuth, far: PeerStandIn) -> None:
    far.does(hang_up, cut_short, never)

    assert [type(await client.refresh("old")) for _ in range(3)] == [Unclear] * 3
    assert len(far.seen) == 3


async def test_no_connection_is_surely_not_sent(client: FanvueOAuth, far: PeerStandIn) -> None:
    assert far._server is not None
    far._server.close()

    assert isinstance(await client.exchange("code", "verifier"), NotSent)
    assert isinstance(await client.revoke("old"), NotSent)


async def test_a_grant_is_revoked_by_its_refresh_token(client: FanvueOAuth, far: PeerStandIn) -> None:
    far.does(reply(200))

    assert await client.revoke("rt") == GrantRevoked()

    assert far.last.path == "/oauth2/revoke"
    assert far.last.form == {"token": "rt", "token_type_hint": "refresh_token"}
    assert far.last.headers["authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("status", "expected"), [(401, Refused("status 401")), (503, Unclear("Fanvue answered 503"))]
)
async def test_a_failed_revocation_says_whether_to_try_again(
    client: FanvueOAuth, far: PeerStandIn, status: int, expected: oauth.Ending
) -> None:
    far.does(reply(status, {}))

    assert await client.revoke("rt") == expected


def test_tokens_do_not_show_themselves() -> None:
    assert repr(OAuthTokens("secret-at", "secret-rt", 1, "s")) == "OAuthTokens(expires_in=1, scope='s')"


async def test_refused_keys_are_told_until_an_answer_says_that_they_are_right(
    client: FanvueOAuth, far: PeerStandIn
) -> None:
    said = [await client.probe()]
    for behaviour in (
        reply(401, {"error": "invalid_client"}),
        reply(502, {}),  # which says nothing of them
        reply(400, {"error": "invalid_grant"}),
        reply(400, {"error": "unauthorized_client"}),
        reply(200, PAIR),
    ):
        far.does(behaviour)
        await client.refresh("old")
        said.append(await client.probe())

    assert [bool(one) for one in said] == [False, True, True, False, True, False]
    assert "FANVUE_CLIENT_SECRET" in str(said[1])
