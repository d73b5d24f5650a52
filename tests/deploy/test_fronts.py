"""HTTPS by the very files of `deploy/`: what gets through, and whose it is."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from bot.fanvue.signature import HEADER
from bot.web.webhooks import LARGEST, PATH
from tests.deploy.front_fixtures import CLIENT, FIGURES, FRONTS, FrontScenario, caddys_authority, fronted
from tests.features.people.accounts.accounts_scenario import AccountStage, open_studio
from tests.scenario_fixtures import in_folder

RAW = (
    b'{ "id" : "evt-1",\n\t"type": "creator.message.received" }\r\n'  # one byte changed, and it is not signed
)
CSRF = re.compile(r'name="csrf" value="([^"]+)"')
HIDDEN = ("/metrics", "/healthz", "/readyz", "//metrics", "/%6detrics", "/link/%2e%2e/metrics")
FORGED = "203.0.113.66"


# Accounts between both stand-ins.
studio = in_folder(open_studio)


@pytest.fixture(scope="module", params=FRONTS)
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """One of them, and a folder for what it keeps."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "caddy":
        asyncio.run(caddys_authority(folder))
    return request.param, folder


@pytest.fixture
async def front(place: tuple[str, Path], studio: AccountStage) -> AsyncIterator[FrontScenario]:
    """The bridge behind each of them."""
    name, folder = place
    async with fronted(name, studio, folder) as made:
        yield made


async def test_a_webhook_arrives_as_it_was_signed(front: FrontScenario) -> None:
    assert await front.post(RAW, **front.signed(RAW)) == 200

    assert front.kept == [RAW]


async def test_the_largest_webhook_arrives_and_a_larger_one_is_refused(front: FrontScenario) -> None:
    largest, larger = b"x" * LARGEST, b"x" * (LARGEST + 1)

    assert await front.post(largest, **front.signed(largest)) == 200
    assert await front.post(larger, **front.signed(larger)) == 413
    assert front.kept == [largest]


async def test_a_body_without_a_length_is_cut_where_it_is_too_long(front: FrontScenario) -> None:
    raw = b"x" * (4 * LARGEST)

    async def in_parts() -> AsyncIterator[bytes]:
        for start in range(0, len(raw), 65_536):
            yield raw[start : start + 65_536]

    async with front.client() as session:
        try:
            async with session.post(front.url + PATH, data=in_parts(), headers=front.signed(raw)) as answer:
                status = answer.status
        except aiohttp.ClientError:  # cut while it still wrote
            status = 413
    assert status == 413
    assert front.kept == []


async def test_a_link_is_followed_over_https(front: FrontScenario) -> None:
    ticket = (await front.studio.begin()).rpartition("/")[2]

    async with front.client() as session:
        async with session.get(f"{front.url}/link/{ticket}") as page:
            text, cookie = await page.text(), page.headers["Set-Cookie"]
            headers = page.headers
        found = CSRF.search(text)
        assert found is not None
        async with session.post(
            f"{front.url}/link/{ticket}/start",
            data={"csrf": found[1]},
            headers={"Cookie": cookie.partition(";")[0]},
            allow_redirects=False,
        ) as on:
            target = on.headers["Location"]

    assert "<strong>olivia</strong>" in text
    assert cookie.startswith("__Host-link=")
    assert "Secure" in cookie
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert headers.getall("Content-Security-Policy") == [headers["Content-Security-Policy"]]
    assert target.startswith(front.studio.discord.authorize_url)
    assert ticket.encode() not in front.said  # whoever has it is its person


async def test_the_clients_address_is_right_whatever_the_client_says_of_it(front: FrontScenario) -> None:
    assert await front.post(RAW, **{HEADER: "t=1,v0=00"}) == 401
    assert await front.post(RAW, **{HEADER: "t=1,v0=00", "X-Forwarded-For": FORGED}) == 401

    assert [address for _, address in front.refused] == [CLIENT, CLIENT]


async def test_health_and_figures_are_not_outside(front: FrontScenario) -> None:
    found: dict[str, tuple[int, bool]] = {}
    async with front.client() as session:
        for path in HIDDEN:
            async with session.get(URL(front.url + path, encoded=True)) as answer:
                found[path] = (answer.status, FIGURES in await answer.read())
        async with session.get(f"http://127.0.0.1:{front.admin_port}/metrics") as answer:
            there = await answer.read()

    assert found == dict.fromkeys(HIDDEN, (404, False))
    assert there == FIGURES


async def test_who_comes_without_tls_is_sent_to_https(front: FrontScenario) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://localhost:{front.plain}{PATH}?a=b", allow_redirects=False) as answer,
    ):
        status, target = answer.status, answer.headers["Location"]

    assert (status, target) == (308, f"https://localhost{PATH}?a=b")
