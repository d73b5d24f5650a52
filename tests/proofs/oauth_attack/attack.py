"""What an attacker does in a studio, and the look for what it left behind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from bot.fanvue.oauth import FanvueOAuth, InvalidGrant
from bot.features.people.accounts.link_causes import LinkCause
from bot.sandbox.fanvue.records import AccountRecord
from bot.web import pages
from storage.records import CreatorId, Link
from tests.features.people.accounts.accounts_scenario import AccountStage
from tests.features.people.accounts.browser_stand_in import PUBLIC, BrowserAnswer, BrowserStandIn

PROBLEM = f"{PUBLIC}/link/problem"
DONE = f"{PUBLIC}/link/done"
_UNKNOWN, _OPENS = 401, 200
_TABLES = ("tickets", "attempts", "pending_links", "links", "tokens", "revocations", "outbox", "audit")


@dataclass
class Attack:
    """One attack. `rightful`: links that their owners made before it, with their consents."""

    studio: AccountStage
    rightful: dict[str, Link] = field(default_factory=dict)

    # ── deeds ──

    async def rightful_link(self, name: str = "olivia", account: AccountRecord | None = None) -> Link:
        """Somebody links their own account, the whole way, before anything bad happens."""
        known = set(self.rightful)
        await self.studio.linked(name, account)
        chosen = account or self.studio.creator
        links = await self.studio.linking.links_of(self.studio.user(name))
        link = next(link for link in links if link.creator == CreatorId(chosen.uuid))
        (chain,) = self.chains() - known
        self.rightful[chain] = link
        return link

    async def callback(
        self,
        browser: BrowserStandIn,
        name: str = "olivia",
        account: AccountRecord | None = None,
        command: str = "",
        asked: Mapping[str, str | None] | None = None,
    ) -> str:
        """The address that Fanvue sends this browser to after a Yes; `asked` changes what was asked for."""
        command = command or f"command-of-{name}-000000"
        to_fanvue = await browser.reach_fanvue(await self.studio.begin(name, command), self.studio.user(name))
        chosen = account or self.studio.creator
        return await browser.consent_at_fanvue(changed(to_fanvue, **(asked or {})), chosen.uuid)

    async def stopped(
        self, browser: BrowserStandIn, seen: BrowserAnswer, cause: LinkCause | None = None
    ) -> None:
        """The browser is on the neutral page, which is the same for every check of ours.

        `cause`: our checks passed, and it was Fanvue that ended it: its page says that alone.
        """
        where, text = PROBLEM, pages.problem()
        if cause is not None:
            where, text = f"{PROBLEM}/{cause}", pages.ended(cause.said)
        assert (seen.status, seen.location) == (303, where)
        page = await browser.get(seen.location)
        assert (page.status, page.text) == (400, text)

    async def says_no(self, name: str = "olivia") -> None:
        """The question that is open is answered with a No."""
        await self.studio.linking.refuse(await self.studio.pending(), self.studio.user(name))

    # ── the look behind ──

    def chains(self) -> set[str]:
        """Every consent that Fanvue ever gave tokens for."""
        return {str(entry["chain"]) for entry in self.studio.fanvue.ledger.of("token.issued")}

    def exchanges(self) -> int:
        """How many codes were turned into tokens."""
        return len(self.studio.fanvue.ledger.of("token.issued"))

    def codes_shown(self) -> int:
        """How many codes Fanvue was shown, whatever it said to them."""
        return self.exchanges() + len(self.studio.fanvue.ledger.of("token.denied"))

    async def left_nothing(self) -> None:
        """No token of the attack is stored, in clear or sealed, and none of them opens anything any more."""
        studio = self.studio
        await studio.linking.tidy()
        links = {link.id for link in self.rightful.values()}
        assert {row["link_id"] for row in await studio.rows("tokens")} <= links
        assert [row for row in await studio.rows("pending_links") if row["tokens_ct"] is not None] == []
        assert [row for row in await studio.rows("revocations") if row["refresh_ct"] is not None] == []
        open_links = [row for row in await studio.rows("links") if row["state"] != "closed"]
        assert {row["id"] for row in open_links} <= links
        revoked = {entry["chain"] for entry in studio.fanvue.ledger.of("token.revoked")}
        assert self.chains() - set(self.rightful) <= revoked
        everything = repr([await studio.rows(table) for table in _TABLES])
        for chain in self.chains():
            access, refresh = studio.fanvue.world.tokens.values(chain)
            assert [token for token in (*access, *refresh) if token in everything] == []
            if chain not in self.rightful:
                await self._open_nothing(access, refresh)
        for link in self.rightful.values():
            assert await self._still_works(link) or link.id not in {row["id"] for row in open_links}

    async def _open_nothing(self, access: list[str], refresh: list[str]) -> None:
        """Every one of these tokens, presented to Fanvue by the app itself, is refused."""
        authority = self.studio.means.authority
        assert isinstance(authority, FanvueOAuth)
        for token in access:
            assert await self._status(token) == _UNKNOWN
        for token in refresh:
            assert await authority.refresh(token) == InvalidGrant()

    async def _still_works(self, link: Link) -> bool:
        if link.id not in {row["link_id"] for row in await self.studio.rows("tokens")}:
            return False
        return await self._status(await self.studio.tokens.current(link.id)) == _OPENS

    async def _status(self, token: str) -> int:
        url = f"{self.studio.fanvue.url}/users/me"
        headers = {"Authorization": f"Bearer {token}", "X-Fanvue-API-Version": self.studio.client.version}
        async with self.studio.session.get(url, headers=headers) as answer:
            return answer.status


def changed(url: str, **params: str | None) -> str:
    """An address with other parameters; None takes one out."""
    query: dict[str, Any] = dict(parse_qsl(urlsplit(url).query)) | params
    kept = {name: value for name, value in query.items() if value is not None}
    return f"{url.partition('?')[0]}?{urlencode(kept)}"


def query_of(url: str) -> dict[str, str]:
    """The parameters of an address."""
    return dict(parse_qsl(urlsplit(url).query))


def hidden(text: str, name: str) -> str:
    """A hidden field of a page."""
    return text.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]
