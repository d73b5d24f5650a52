"""A browser in a test: keeps cookies, and reaches the bridge by its public name."""

import re
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, urljoin, urlsplit

import aiohttp

PUBLIC = "https://bridge.example"
_FIELDS = re.compile(r'<input type="hidden" name="([a-z]+)" value="([^"]+)">')
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
_CONSENT = re.compile(r'name="consent" value="([^"]+)"')


@dataclass(frozen=True)
class BrowserAnswer:
    """What a request brought."""

    status: int
    headers: dict[str, str]
    text: str
    url: str
    set_cookies: tuple[str, ...]

    @property
    def location(self) -> str:
        return urljoin(self.url, self.headers["Location"])


class BrowserStandIn:
    """One person's browser. The bridge's public name leads to its real port, as a proxy would."""

    def __init__(self, session: aiohttp.ClientSession, port: int) -> None:
        self._session = session
        self._port = port
        self.cookies: dict[str, str] = {}
        self.visited: list[str] = []

    async def get(self, url: str, **headers: str) -> BrowserAnswer:
        return await self._request("GET", url, headers)

    async def post(self, url: str, form: dict[str, str], **headers: str) -> BrowserAnswer:
        return await self._request("POST", url, headers, form)

    async def head(self, url: str) -> BrowserAnswer:
        return await self._request("HEAD", url, {})

    async def start(self, link: str) -> BrowserAnswer:
        """Open a link and press Continue; where that leads is not followed."""
        page = await self.get(link)
        found = _CSRF.search(page.text)
        assert found is not None, page.text
        return await self.post(link + "/start", {"csrf": found.group(1)})

    async def sign_in_to_discord(self, authorize_url: str, user: int, *, decision: str = "authorize") -> str:
        """Say yes on Discord's page as this user; the callback that the browser is sent to."""
        answer = await self._session.post(
            authorize_url.partition("?")[0],
            data={**_query(authorize_url), "as": str(user), "decision": decision},
            allow_redirects=False,
        )
        async with answer:
            return answer.headers["Location"]

    async def consent_at_fanvue(self, authorize_url: str, account: str, *, approve: bool = True) -> str:
        """Say yes or no on Fanvue's page as this account; the callback that the browser is sent to."""
        async with self._session.get(authorize_url, params={"as": account}, allow_redirects=False) as page:
            if "Location" in page.headers:
                return page.headers["Location"]
            found = _CONSENT.search(await page.text())
            target = page.url.with_query(None)
        assert found is not None
        form = {"consent": found.group(1), "decision": "approve" if approve else "deny"}
        async with self._session.post(target, data=form, allow_redirects=False) as answer:
            return answer.headers["Location"]

    async def walk(self, link: str, user: int, account: str) -> BrowserAnswer:
        """The whole way, all answers Yes; the last page."""
        to_fanvue = await self.reach_fanvue(link, user)
        back = await self.get(await self.consent_at_fanvue(to_fanvue, account))
        return await self.get(back.location)

    async def reach_fanvue(self, link: str, user: int) -> str:
        """As far as Fanvue's consent page; its address."""
        to_discord = (await self.start(link)).location
        back = await self.get(await self.sign_in_to_discord(to_discord, user))
        return (await self.go_on(back.location)).location

    async def go_on(self, consent: str, decision: str = "yes") -> BrowserAnswer:
        """Look at the page between the sign-ins and press a button; where that leads is not followed."""
        page = await self.get(consent)
        fields = dict(_FIELDS.findall(page.text))
        assert set(fields) == {"attempt", "csrf"}, page.text
        return await self.post(consent, {**fields, "decision": decision})

    async def _request(
        self, method: str, url: str, headers: dict[str, str], form: dict[str, str] | None = None
    ) -> BrowserAnswer:
        self.visited.append(url)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent.setdefault("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        real = url.replace(PUBLIC, f"http://127.0.0.1:{self._port}", 1)
        async with self._session.request(
            method, real, headers=sent, data=form, allow_redirects=False
        ) as answer:
            text = await answer.text()
            set_cookies = tuple(answer.headers.getall("Set-Cookie", []))
            seen = BrowserAnswer(answer.status, dict(answer.headers), text, url, set_cookies)
        for line in set_cookies:
            self._keep(line)
        return seen

    def _keep(self, line: str) -> None:
        for name, morsel in SimpleCookie(line).items():
            if morsel["max-age"] == "0":
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value


def _query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))
