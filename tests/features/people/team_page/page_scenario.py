"""A running bridge with a team in every role, and the browsers of its members."""

import re
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from html import unescape
from itertools import count
from typing import Any, Final

import aiohttp
from yarl import URL

from bot.engine.clock import SystemClock
from bot.features.operations.keys.ring import keyring_of
from bot.sandbox.discord.oauth import COOKIE as DISCORD
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.play import address_in
from bot.settings.loader import load
from storage.engine.signed_rights import PAGE_SESSIONS
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

_ADDRESSES = count(1)
CSRF: Final = re.compile(r'name="csrf" value="([0-9a-f]+)"')
FROM_HERE: Final = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
_HIDDEN: Final = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"')
_REFRESH: Final = re.compile(r'http-equiv="refresh" content="0; url=([^"]+)"')


@dataclass(frozen=True)
class PageAnswer:
    """What an address of the bridge answered."""

    status: int
    source: str
    headers: Mapping[str, str]
    cookies: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Its source, as far as words are looked for."""
        return unescape(self.source)

    @property
    def where(self) -> str:
        """Where it sends a browser."""
        return self.headers.get("Location", "")


@dataclass(frozen=True)
class PagePicture:
    """What the address of a picture answered."""

    status: int
    kind: str
    content: bytes
    headers: Mapping[str, str]


@dataclass
class MemberBrowser:
    """One browser. It follows nothing by itself; `said` keeps the pages that it was shown."""

    url: str
    session: aiohttp.ClientSession
    said: list[PageAnswer] = field(default_factory=list)

    async def get(self, where: str, **headers: str) -> PageAnswer:
        address = URL(where if "://" in where else self.url + where, encoded=True)
        async with self.session.get(address, allow_redirects=False, headers=headers) as answer:
            return self._kept(answer, await answer.text())

    async def picture(self, where: str, **headers: str) -> PagePicture:
        """What an <img> with this address gets."""
        address = URL(where if "://" in where else self.url + where, encoded=True)
        async with self.session.get(address, allow_redirects=False, headers=headers) as answer:
            return PagePicture(answer.status, answer.content_type, await answer.read(), answer.headers)

    async def post(self, where: str, form: Mapping[str, str], **headers: str) -> PageAnswer:
        address = where if "://" in where else self.url + where
        async with self.session.post(address, data=form, allow_redirects=False, headers=headers) as answer:
            return self._kept(answer, await answer.text())

    async def form(self, where: str) -> dict[str, str]:
        """What a form sends by itself: its hidden fields."""
        return self.fields(await self.get(where))

    @staticmethod
    def fields(page: PageAnswer) -> dict[str, str]:
        """The same of a page that was shown already."""
        return dict(_HIDDEN.findall(page.source.rpartition('class="plan"')[2]))

    async def sends(self, where: str, form: Mapping[str, str], **typed: str) -> PageAnswer:
        """Send it as a browser does from our page."""
        return await self.post(where, {**form, **typed}, **FROM_HERE)

    async def presses(self, link: str) -> PageAnswer:
        """Open a link and press its button; the answer leads to Discord."""
        page = await self.get(link)
        found = CSRF.search(page.text)
        assert found is not None, page.text
        return await self.post(link, {"csrf": found[1]})

    async def through_discord(self, where: str, person: DiscordPerson, decision: str = "authorize") -> str:
        """Say yes at Discord as this person; the address to which it sends the browser back."""
        async with self.session.get(where, headers={"Cookie": f"{DISCORD}={person.user.id}"}) as page:
            asked = dict(_HIDDEN.findall((await page.text()).replace("&amp;", "&")))
        given = {**asked, **dict(URL(where).query), "as": str(person.user.id), "decision": decision}
        async with self.session.post(where.partition("?")[0], data=given, allow_redirects=False) as answer:
            return answer.headers["Location"]

    async def signs_in(self, link: str, person: DiscordPerson) -> PageAnswer:
        """The whole way from a link to the first page."""
        back = await self.through_discord((await self.presses(link)).where, person)
        welcome = await self.get((await self.get(back)).where)
        found = _REFRESH.search(welcome.text)
        assert found is not None, welcome.text
        return await self.get(found[1])

    def _kept(self, answer: aiohttp.ClientResponse, text: str) -> PageAnswer:
        made = PageAnswer(answer.status, text, answer.headers, tuple(answer.headers.getall("Set-Cookie", [])))
        self.said.append(made)
        return made


@dataclass
class PageScenario:
    """Everything that members do around their page."""

    house: LiveBridge

    @property
    def url(self) -> str:
        return self.house.setting("PUBLIC_URL")

    @property
    def creator(self) -> str:
        return str(self.house.stage.creator.uuid)

    def at(self, key: str) -> str:
        """The address of a page about the creator."""
        return f"/page/{self.creator}/{key}"

    @asynccontextmanager
    async def browser(self, **headers: str) -> AsyncIterator[MemberBrowser]:
        """A browser without any cookie, at an address of its own."""
        jar = aiohttp.CookieJar(unsafe=True)
        headers = {"X-Forwarded-For": f"203.0.113.{next(_ADDRESSES)}", **headers}
        async with aiohttp.ClientSession(cookie_jar=jar, headers=headers) as session:
            yield MemberBrowser(self.url, session)

    @asynccontextmanager
    async def signed_in(self, person: DiscordPerson, **headers: str) -> AsyncIterator[MemberBrowser]:
        """A browser of somebody who has a session."""
        async with self.browser(**headers) as browser:
            await browser.signs_in(await self.link(person), person)
            yield browser

    async def newcomer(self, name: str, role: str | None = None, **more: str) -> DiscordPerson:
        """Somebody new on the server, with a grant of their own where one is named."""
        stage = self.house.stage
        user = stage.discord.world.add_user(name)
        stage.discord.world.add_member(stage.guild, user, [])
        person = stage.discord.person(user.id)
        if role is not None:
            await self.grant(person, role, **more)
        return person

    async def grant(self, person: DiscordPerson, role: str, **more: str) -> None:
        """The owner says what somebody is from now on."""
        stage = self.house.stage
        asked = await stage.owner.slash(
            stage.guild, stage.lobby, "team grant", to=person.user.id, role=role, **more
        )
        await asked.done(PATIENCE)
        await (await stage.owner.click(asked.message, "Yes, do it")).says("Done", PATIENCE)

    def wears(self, person: DiscordPerson, *, team: bool) -> None:
        """Somebody gets the team's role on Discord, or it is taken away there."""
        stage = self.house.stage
        stage.discord.world.set_roles(stage.guild, person.user, [stage.team] if team else [])

    async def asks(self, person: DiscordPerson) -> str:
        """`/account page`; what they read."""
        stage = self.house.stage
        answer = await (await person.slash(stage.guild, stage.lobby, "account page")).done(PATIENCE)
        assert answer.ephemeral
        return answer.text

    async def link(self, person: DiscordPerson) -> str:
        """`/account page`; the address of the button."""
        stage = self.house.stage
        answer = await (await person.slash(stage.guild, stage.lobby, "account page")).done(PATIENCE)
        return address_in(answer.message)

    def time_passes(self, of: DiscordPerson) -> None:
        """Whatever this person has open is a second too old, and signed as such."""
        ring = keyring_of(load(self.house.stage.bridge._settings))
        with closing(sqlite3.connect(self.house.database, timeout=30)) as connection, connection:
            for row in self.kept(of):
                late = {**row, "expires_at": SystemClock().now() - 1_000}
                connection.execute(
                    "UPDATE page_sessions SET expires_at = :expires_at, mac = :mac WHERE id = :id",
                    {**late, "mac": ring.sign(PAGE_SESSIONS.said(late))},
                )

    def plant_session(self, *, of: DiscordPerson, session_hash: str) -> None:
        """Write an open session of this person's, as somebody would who has the database and no key."""
        row = (f"planted-{session_hash}", of.user.id, self.house.stage.guild.id, session_hash, session_hash)
        with closing(sqlite3.connect(self.house.database, timeout=30)) as connection, connection:
            connection.execute(
                """INSERT INTO page_sessions
                   (id, member_id, guild_id, state, ticket_hash, session_hash, expires_at)
                   VALUES (?, ?, ?, 'open', ?, ?, ?)""",
                (*row, SystemClock().now() + 3_600_000),
            )

    def kept(self, of: DiscordPerson) -> list[dict[str, Any]]:
        """What the database knows of somebody's links and sessions."""
        return self.house.rows("SELECT * FROM page_sessions WHERE member_id = ?", of.user.id)
