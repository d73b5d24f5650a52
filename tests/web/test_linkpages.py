"""The pages of a link as a browser gets them: headers, cookie, escaping, words."""

import re

import pytest
from aiohttp import web

from bot.features.people.accounts.handover_service import SignInHandover
from bot.features.people.accounts.service import AccountLinkService
from bot.features.people.accounts.ticket_service import TicketView
from bot.sandbox.fanvue.records import UserId
from bot.web import pages
from bot.web.frame import STYLE_HASH
from bot.web.link_pages import LinkPages
from storage.errors import DatabaseUnreachable
from tests.features.people.accounts.accounts_fixtures import seeded
from tests.features.people.accounts.accounts_scenario import FANVUE_CALLBACK, AccountStage
from tests.features.people.accounts.browser_stand_in import PUBLIC, BrowserStandIn

ENDS = {
    "/link/done": (200, "Almost done"),
    "/link/declined": (200, "not connected"),
    "/link/other-account": (403, "another Discord user"),
    "/link/problem": (400, "did not work"),
    "/nowhere": (404, "nothing here"),
    "/link/short": (404, "nothing here"),
    "/link/" + "x" * 43: (404, "did not work"),
}


async def test_the_first_page_names_who_asked_what_is_allowed_and_how_to_stop_it(
    studio: AccountStage,
) -> None:
    page = await studio.browser().get(await studio.begin())

    assert page.status == 200
    for words in (
        "<strong>olivia</strong>",
        "<strong>Studio &lt;Night&gt;</strong>",  # escaped
        "Did someone send you this link?",
        "Read your chats with fans",
        "Answer your fans in your name",
        "/account unlink",
        "settings on Fanvue",
    ):
        assert words in page.text
    assert "earnings" not in page.text  # not asked for, so not named


@pytest.mark.parametrize("path", ["start", *ENDS])
async def test_every_page_is_locked_down(studio: AccountStage, path: str) -> None:
    browser = studio.browser()
    page = await browser.get(await studio.begin() if path == "start" else PUBLIC + path)

    headers = page.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "script" not in policy + page.text
    assert f"'sha256-{STYLE_HASH}'" in policy
    assert re.search(r"<style>[^<]+</style>", page.text)
    assert "style=" not in page.text
    assert "aiohttp" not in headers["Server"]
    assert 'name="viewport"' in page.text


@pytest.mark.parametrize("path", ENDS)
async def test_each_end_has_its_own_words(studio: AccountStage, path: str) -> None:
    page = await studio.browser().get(PUBLIC + path)

    status, words = ENDS[path]
    assert (page.status, words in page.text) == (status, True)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("fr, es-419;q=0.7, de;q=0.6", "es"),
        ("en-GB,de;q=0.5", "en"),
        ("de;q=0, en", "en"),
        ("de;q=much", "en"),
        ("fr", "en"),
        ("", "en"),
    ],
)
async def test_a_page_is_in_the_first_language_of_the_browser_that_we_have(
    studio: AccountStage, header: str, language: str
) -> None:
    first = {"de": "Wie es weitergeht", "es": "Qué pasa después", "en": "What happens next"}
    nothing = {"de": "Hier ist nichts", "es": "Aquí no hay nada", "en": "There is nothing here"}
    browser = studio.browser()

    page = await browser.get(await studio.begin(), **{"Accept-Language": header})
    lost = await browser.get(PUBLIC + "/nowhere", **{"Accept-Language": header})

    assert first[language] in page.text
    assert f'<html lang="{language}">' in page.text
    assert nothing[language] in lost.text


async def test_the_cookie_cannot_be_read_sent_elsewhere_or_planted(studio: AccountStage) -> None:
    page = await studio.browser().get(await studio.begin())

    (cookie,) = page.set_cookies
    name, _, rest = cookie.partition("=")
    assert name == "__Host-link"
    attributes = {part.strip().lower() for part in rest.split(";")[1:]}
    assert attributes >= {"secure", "httponly", "samesite=lax", "path=/", "max-age=900"}
    assert not any(part.startswith("domain") for part in attributes)


async def test_a_second_look_keeps_the_cookie_and_an_end_page_takes_it_away(studio: AccountStage) -> None:
    link, browser = await studio.begin(), studio.browser()
    await browser.get(link)
    first = dict(browser.cookies)
    await browser.get(link)
    assert browser.cookies == first

    await browser.get(PUBLIC + "/link/problem")
    assert browser.cookies == {}


async def test_no_address_where_a_browser_ends_carries_a_code_or_a_state(studio: AccountStage) -> None:
    browser = studio.browser()
    page = await browser.walk(await studio.begin(), studio.user("olivia"), UserId(studio.creator.uuid))

    assert page.url == PUBLIC + "/link/done"
    assert "?" not in page.url


async def test_looking_changes_nothing_in_the_database(studio: AccountStage) -> None:
    link = await studio.begin()
    before = [await studio.rows(table) for table in ("tickets", "attempts", "audit", "outbox")]

    for _ in range(3):
        await studio.browser().get(link)
        await studio.browser().head(link)

    assert [await studio.rows(table) for table in ("tickets", "attempts", "audit", "outbox")] == before


async def test_a_name_full_of_markup_stays_a_name(studio: AccountStage) -> None:
    page = pages.start(
        pages.StartPage('"><script>alert(1)</script>', "$title ${body} </main>", (), "/x", 'c"')
    )

    assert "<script" not in page
    assert "&lt;/main&gt;" in page
    assert "$title" in page
    assert 'value="c&quot;"' in page


class NoLinking(AccountLinkService):
    """A bridge whose links nobody asks for in this test."""

    def __init__(self) -> None:
        """Nothing is behind it."""

    async def look(self, ticket: str) -> TicketView | None:
        raise NotImplementedError(ticket)

    async def start(self, ticket: str, cookie: str) -> str:
        raise NotImplementedError(ticket, cookie)

    async def discord_returned(self, params: object, cookie: str | None) -> None:
        raise NotImplementedError(params, cookie)

    async def hand_over(self, cookie: str) -> SignInHandover | None:
        raise NotImplementedError(cookie)

    async def go_on(self, cookie: str, attempt: str, *, yes: bool, login: bool = False) -> str:
        raise NotImplementedError(cookie, attempt, yes)

    async def done(self, cookie: str) -> SignInHandover | None:
        raise NotImplementedError(cookie)

    async def fanvue_returned(self, params: object, cookie: str | None) -> None:
        raise NotImplementedError(params, cookie)


class ClosedDatabase(NoLinking):
    """A bridge whose database cannot be reached."""

    async def look(self, ticket: str) -> TicketView | None:
        raise DatabaseUnreachable(ticket)

    async def fanvue_returned(self, params: object, cookie: str | None) -> None:
        raise DatabaseUnreachable(params, cookie)


async def test_a_bridge_that_cannot_store_anything_asks_to_come_back(studio: AccountStage) -> None:
    runner = web.AppRunner(web.Application(), access_log=None)
    _pages(PUBLIC, linking=ClosedDatabase()).add_to(runner.app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        browser = BrowserStandIn(studio.session, runner.addresses[0][1])
        for path in ("/link/" + "x" * 43, "/oauth/fanvue/callback?state=s"):
            page = await browser.get(PUBLIC + path)
            assert (page.status, "One moment" in page.text) == (503, True)
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("public_url", "name"),
    [
        ("https://bridge.example", "__Host-link"),
        ("http://127.0.0.1:8080", "link"),
        ("http://localhost:8080", "link"),
        ("http://[::1]:8080", "link"),
    ],
)
def test_a_plain_cookie_is_only_for_a_browser_on_this_machine(public_url: str, name: str) -> None:
    assert _pages(public_url)._cookie == name


@pytest.mark.parametrize("public_url", ["http://bridge.example", "http://192.168.1.5", "ftp://x", ""])
def test_plain_http_to_the_outside_is_refused(public_url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        _pages(public_url)


@pytest.mark.parametrize("path", ["", "/", "/oauth/discord/callback", "/webhooks/fanvue", "/link/done"])
def test_the_callback_of_fanvue_needs_a_path_of_its_own(path: str) -> None:
    with pytest.raises(ValueError, match="FANVUE_REDIRECT_URI"):
        _pages(PUBLIC, PUBLIC + path)


def _pages(
    public_url: str, redirect_uri: str = FANVUE_CALLBACK, linking: AccountLinkService | None = None
) -> LinkPages:
    return LinkPages(
        linking or NoLinking(),
        public_url=public_url,
        fanvue_redirect_uri=redirect_uri,
        sign_in_urls=["https://discord.com/oauth2/authorize"],
        random=seeded().randbytes,
    )
