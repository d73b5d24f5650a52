"""The setup page: this machine's, one browser's, and nobody sees a secret on it."""

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from bot.features.operations.installation.questions import DISCORD_SECRET, PUBLIC, TOKEN
from bot.sandbox.browser import Browser
from bot.web.setup_server import SetupListener
from tests.newcomer.desk import ORDER, NewcomerDesk, desk


@dataclass
class SetupVisit:
    """A desk with the page served, and a browser."""

    made: NewcomerDesk
    server: SetupListener
    browser: Browser

    @property
    def url(self) -> str:
        return self.server.url

    async def source(self) -> str:
        """The page as it is sent."""
        async with self.browser._session.get(self.url) as answer:
            return await answer.text()

    async def answered(self, name: str, value: str) -> str:
        """The page after this answer."""
        page = await self.browser.visit(self.url)
        form = next(one for one in page.forms if one.fields.get("name") == name)
        sent = replace(page, forms=(form,))
        return (await self.browser.press(sent, "Check", value=value)).text


@asynccontextmanager
async def visit(folder: Path, *answers: str) -> AsyncIterator[SetupVisit]:
    """The page on this desk, with some questions answered before."""
    async with desk(folder) as made:
        setup = made.setup()
        await setup.begin()
        for name in answers:
            await setup.answer(name, made.right[name])
        async with SetupListener(setup, random=os.urandom) as server, Browser() as browser:
            yield SetupVisit(made, server, browser)


async def test_a_person_answers_one_field_after_the_other_and_starts(tmp_path: Path) -> None:
    async with visit(tmp_path) as one:
        empty = (await one.browser.visit(one.url)).text
        for name in ORDER[:6]:
            text = await one.answered(name, one.made.right[name])
        page = await one.browser.visit(one.url)
        last = await one.browser.press(page, "Start the bridge", start="yes")
        starts = await one.server.finished()

    assert "2 of 7 are set" in empty  # the port is free, and the bridge can subscribe
    assert "All seven are set" in text
    assert "You can start now" in text
    assert "Keep a copy of ENCRYPTION_KEYS" in text
    assert "The bridge is starting" in last.text
    assert starts


async def test_no_page_shows_a_secret_that_was_typed(tmp_path: Path) -> None:
    async with visit(tmp_path, PUBLIC) as one:
        right = one.made.right
        pages = [
            await one.answered(TOKEN, right[TOKEN]),
            await one.answered(DISCORD_SECRET, "hush-wrong"),
            await one.answered(DISCORD_SECRET, right[DISCORD_SECRET]),
        ]
        source = await one.source()

    assert "does not accept this secret" in pages[1]
    for secret in (right[TOKEN], right[DISCORD_SECRET], "hush-wrong"):
        assert secret not in source + "".join(pages)
    assert right[PUBLIC] in source


async def test_a_wrong_address_stays_in_its_field_and_markup_in_it_is_text(tmp_path: Path) -> None:
    async with visit(tmp_path) as one:
        await one.answered(PUBLIC, '"><b>x.example.org')
        source = await one.source()

    assert "<b>x" not in source
    assert "&gt;&lt;b&gt;x.example.org" in source
    assert 'aria-invalid="true"' in source


async def test_every_answer_is_locked_down(tmp_path: Path) -> None:
    async with visit(tmp_path) as one, aiohttp.ClientSession() as raw:
        for url in (one.url, URL(one.url).with_path("/nowhere"), URL(one.url).with_path("/")):
            async with raw.get(url) as answer:
                text, headers = await answer.text(), answer.headers
            policy = headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert "script" not in text
            assert "style=" not in text
            assert headers["Cache-Control"] == "no-store"
            assert headers["Referrer-Policy"] == "no-referrer"
            assert "aiohttp" not in headers["Server"]


async def test_only_the_first_browser_with_the_whole_address_is_served(tmp_path: Path) -> None:
    async with visit(tmp_path) as one, aiohttp.ClientSession() as other:
        first = await one.browser.visit(one.url)
        again = await one.browser.visit(one.url)
        async with other.get(one.url) as second:
            status, said = second.status, await second.text()
            planted = second.headers.getall("Set-Cookie", [])
        wrong = URL(one.url).with_path("/" + "x" * 43 + "/")
        async with other.get(wrong) as guessed:
            unknown = guessed.status

    assert (first.status, again.status) == (200, 200)
    assert (status, planted, unknown) == (403, [], 404)
    assert "another browser" in said
    assert "Bot token" not in said


@pytest.mark.parametrize(
    "host", ["bridge.example.org", "127.0.0.1.example.org", "", "[", "10.0.0.1:80", "evil@x"]
)
async def test_another_name_of_this_machine_is_not_served(tmp_path: Path, host: str) -> None:
    async with visit(tmp_path) as one, aiohttp.ClientSession() as raw:
        async with raw.get(one.url, headers={"Host": host}) as answer:
            assert answer.status == 404
        async with raw.get(one.url, headers={"Host": "localhost:9999"}) as tunnelled:
            assert tunnelled.status == 200


async def test_a_form_from_elsewhere_changes_nothing(tmp_path: Path) -> None:
    async with visit(tmp_path) as one, aiohttp.ClientSession() as stranger:
        page = await one.browser.visit(one.url)
        token = page.forms[0].fields["csrf"]
        session = one.browser._session
        form = {"csrf": token, "name": PUBLIC, "value": one.made.public}
        sent = [
            ({"csrf": "x" * 64} | {k: v for k, v in form.items() if k != "csrf"}, {}, session),
            (form, {"Sec-Fetch-Site": "cross-site"}, session),
            (form, {}, stranger),  # a browser without the cookie
        ]
        statuses = []
        for data, headers, who in sent:
            async with who.post(one.url + "answer", data=data, headers=headers) as answer:
                statuses.append(answer.status)
        async with session.post(one.url + "answer", data=form | {"name": "LOG_LEVEL"}) as other:
            statuses.append(other.status)
        async with session.post(one.url + "finish", data={"csrf": token, "start": "yes"}) as early:
            statuses.append(early.status)
            started = one.server._end.done()

    assert statuses == [403, 403, 403, 400, 200]
    assert not started  # it is not ready
    assert one.made.kept() == ""


async def test_the_cookie_is_for_this_page_alone(tmp_path: Path) -> None:
    async with visit(tmp_path) as one, aiohttp.ClientSession() as raw, raw.get(one.url) as answer:
        cookie = answer.headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert re.search(r"Path=/[\w-]{43}/", cookie)
