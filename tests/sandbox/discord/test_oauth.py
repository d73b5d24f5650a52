"""Signing in with Discord: the page, the code, the token, and what must fail."""

import base64
import hashlib
import re
from collections.abc import AsyncIterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from yarl import URL

from bot.sandbox.discord.standalone import APPLICATION_ID, CALLBACK, SECRET
from tests.sandbox.discord.conftest import DiscordTestClock, FurnishedDiscord

VERIFIER = "v" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
ASKED = {
    "client_id": str(APPLICATION_ID),
    "redirect_uri": CALLBACK,
    "response_type": "code",
    "scope": "identify",
    "state": "st&te",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


class OAuthBrowser:
    """A browser and the application behind it."""

    def __init__(self, studio: FurnishedDiscord, session: aiohttp.ClientSession) -> None:
        """No redirect is followed: the test looks at it."""
        self.studio, self.session = studio, session

    async def open(self, **changes: Any) -> tuple[int, str, dict[str, str]]:
        """The consent page: status, text, and the query of a redirect."""
        return await self._ask("GET", params={**ASKED, "as": str(self.studio.ids["maya"]), **changes})

    async def decide(self, decision: str = "authorize", **changes: Any) -> tuple[int, str, dict[str, str]]:
        """Press a button of the page."""
        form = {**ASKED, "as": str(self.studio.ids["maya"]), "decision": decision, **changes}
        return await self._ask("POST", data=form)

    async def _ask(self, method: str, **how: Any) -> tuple[int, str, dict[str, str]]:
        url = self.studio.server.authorize_url
        async with self.session.request(method, url, allow_redirects=False, **how) as answer:
            query = parse_qs(urlsplit(answer.headers.get("Location", "")).query)
            return answer.status, await answer.text(), {k: v[0] for k, v in query.items()}

    async def exchange(
        self, code: str, *, secret: str = SECRET, basic: bool = False, **changes: Any
    ) -> tuple[int, Any]:
        """The application turns the code into a token."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": CALLBACK,
            "code_verifier": VERIFIER,
        }
        form |= changes
        how: dict[str, Any] = {"data": form}
        if basic:
            how["headers"] = {"Authorization": aiohttp.encode_basic_auth(str(APPLICATION_ID), secret)}
        else:
            form |= {"client_id": str(APPLICATION_ID), "client_secret": secret}
        async with self.session.post(self.studio.server.token_url, **how) as answer:
            return answer.status, await answer.json()

    async def me(self, token: str) -> tuple[int, Any]:
        """Who the token belongs to."""
        headers = {"Authorization": f"Bearer {token}"}
        async with self.session.get(self.studio.server.api_url + "/users/@me", headers=headers) as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def browser(still: FurnishedDiscord) -> AsyncIterator[OAuthBrowser]:
    """A browser at the stand-in whose time stands still."""
    async with aiohttp.ClientSession() as session:
        yield OAuthBrowser(still, session)


@pytest.mark.parametrize("basic", [True, False])
async def test_a_person_who_agrees_is_known_to_the_application(browser: OAuthBrowser, *, basic: bool) -> None:
    status, page, _ = await browser.open()
    assert status == 200
    assert "maya" in page
    assert "st&amp;te" in page
    status, _, answer = await browser.decide()
    assert (status, answer["state"]) == (302, "st&te")
    status, token = await browser.exchange(answer["code"], basic=basic)
    assert (status, token["scope"], token["token_type"]) == (200, "identify", "Bearer")
    status, me = await browser.me(token["access_token"])
    assert (status, me["id"]) == (200, str(browser.studio.ids["maya"]))


async def test_a_person_who_refuses_goes_back_without_a_code(browser: OAuthBrowser) -> None:
    _, _, answer = await browser.decide("deny")
    assert answer == {"error": "access_denied", "state": "st&te"}


async def test_the_signed_in_person_is_taken_from_the_cookie(browser: OAuthBrowser) -> None:
    cookies = {"sandbox_person": str(browser.studio.ids["noah"])}
    async with browser.session.get(
        browser.studio.server.authorize_url, params=ASKED, cookies=cookies
    ) as answer:
        assert "noah" in await answer.text()


async def test_somebody_who_is_not_signed_in_chooses_an_account_which_is_kept(browser: OAuthBrowser) -> None:
    address = browser.studio.server.authorize_url
    async with browser.session.get(address, params=ASKED) as asked:
        ways = re.findall(r'href="(\?[^"]+)">(\w+)</a>', await asked.text())
    way = next(unescape(query) for query, name in ways if name == "Noah")
    async with browser.session.get(URL(address + way, encoded=True)) as chosen:
        page, kept = await chosen.text(), chosen.cookies["sandbox_person"].value

    assert asked.status == 401
    assert [name for _, name in ways] == ["Olivia", "Maya", "Noah", "Victor"]
    assert "Signed in as <strong>noah</strong>" in page
    assert kept == str(browser.studio.ids["noah"])


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"redirect_uri": CALLBACK + "/"}, 400),
        ({"redirect_uri": "https://elsewhere.example/"}, 400),
        ({"client_id": "1"}, 400),
        ({"as": "1"}, 401),
        ({"as": str(APPLICATION_ID)}, 401),
    ],
)
async def test_nothing_is_sent_to_an_address_that_is_not_known_exactly(
    browser: OAuthBrowser, changes: dict[str, str], status: int
) -> None:
    assert (await browser.open(**changes))[0] == status
    found, _, answer = await browser.decide(**changes)
    assert (found, answer) == (status, {})


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"scope": "identify email"}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
    ],
)
async def test_a_wrong_question_goes_back_with_its_error(
    browser: OAuthBrowser, changes: dict[str, str], error: str
) -> None:
    assert (await browser.open(**changes))[2] == {"error": error, "state": "st&te"}


async def test_a_code_is_good_once_for_its_application_address_and_verifier(
    browser: OAuthBrowser, clock: DiscordTestClock
) -> None:
    async def code() -> str:
        return (await browser.decide())[2]["code"]

    assert (await browser.exchange(await code(), secret="wrong"))[0] == 401
    refused = [("redirect_uri", CALLBACK + "/"), ("code_verifier", "w" * 50), ("grant_type", "password")]
    for name, value in refused:
        changes: dict[str, Any] = {name: value}
        assert (await browser.exchange(await code(), **changes))[0] == 400
    used = await code()
    assert (await browser.exchange(used))[0] == 200
    assert (await browser.exchange(used))[1]["error"] == "invalid_grant"
    old = await code()
    clock.advance(seconds=601)
    assert (await browser.exchange(old))[1]["error"] == "invalid_grant"


async def test_a_token_ends_can_be_renewed_and_taken_back(
    browser: OAuthBrowser, clock: DiscordTestClock
) -> None:
    token = (await browser.exchange((await browser.decide())[2]["code"]))[1]
    clock.advance(days=7)
    assert (await browser.me(token["access_token"]))[0] == 401
    form: dict[str, Any] = {"grant_type": "refresh_token", "refresh_token": token["refresh_token"]}
    status, renewed = await browser.exchange("", **form)
    assert status == 200
    assert (await browser.exchange("", **form))[1]["error"] == "invalid_grant"
    client = {"client_id": str(APPLICATION_ID), "client_secret": SECRET}
    revoke = browser.studio.server.api_url + "/oauth2/token/revoke"
    async with browser.session.post(revoke, data={**client, "token": renewed["access_token"]}) as answer:
        assert answer.status == 200
    assert (await browser.me(renewed["access_token"]))[0] == 401


async def test_the_token_endpoint_meets_faults_too(browser: OAuthBrowser) -> None:
    code = (await browser.decide())[2]["code"]
    browser.studio.server.faults.fail("POST", "^/oauth2/token$", 503)
    with pytest.raises(aiohttp.ContentTypeError):
        await browser.exchange(code)
    assert (await browser.exchange(code))[0] == 200
