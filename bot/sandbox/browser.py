"""A browser without a screen: cookies, links, and the forms that pages show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import aiohttp
from yarl import URL


@dataclass
class BrowserForm:
    """A form on a page, with what it would send."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, label


@dataclass(frozen=True)
class BrowserPage:
    url: str
    status: int
    text: str
    forms: tuple[BrowserForm, ...]


class Browser:
    """One person's browser. It follows redirects as browsers do and sends nothing by itself."""

    def __init__(self, language: str | None = None) -> None:
        """`language`: the one that it asks pages for."""
        headers = {"Accept-Language": language} if language is not None else None
        # Stand-ins live on IP addresses, for which aiohttp keeps no cookies unless told to.
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers=headers)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it, and forget its cookies."""
        await self._session.close()

    def remember(self, url: str, name: str, value: str) -> None:
        """Have a cookie of this site, as somebody who is signed in there."""
        self._session.cookie_jar.update_cookies({name: value}, URL(url))

    async def visit(self, url: str) -> BrowserPage:
        async with self._session.get(url) as response:
            return _page(str(response.url), response.status, await response.text())

    async def press(self, page: BrowserPage, label: str = "", **extra: str) -> BrowserPage:
        """Send the form whose button says `label` (part of it is enough), or the page's only form."""
        form, button = _find(page, label)
        data = {**form.fields, **extra, **button}
        url = urljoin(page.url, form.action) if form.action else page.url
        if form.method == "get":
            async with self._session.get(url, params=data) as response:
                return _page(str(response.url), response.status, await response.text())
        headers = {"Origin": "/".join(page.url.split("/")[:3]), "Referer": page.url}
        async with self._session.post(url, data=data, headers=headers) as response:
            return _page(str(response.url), response.status, await response.text())


class NoSuchButton(LookupError):
    """Raised when a page has no button with that label; says what it shows instead."""


def _find(page: BrowserPage, label: str) -> tuple[BrowserForm, Mapping[str, str]]:
    for form in page.forms:
        for name, value, text in form.buttons:
            if label.lower() in text.lower():
                return form, {name: value} if name else {}
    raise NoSuchButton(f"{page.url} ({page.status}) has no button {label!r}")


def _page(url: str, status: int, text: str) -> BrowserPage:
    reader = _FormReader()
    reader.feed(text)
    return BrowserPage(url, status, reader.said(), tuple(reader.forms))


class _FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[BrowserForm] = []
        self._form: BrowserForm | None = None
        self._button: tuple[str, str] | None = None
        self._words: list[str] = []
        self._label: list[str] = []
        self._hidden = 0

    def said(self) -> str:
        return " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Forms, their fields and buttons."""
        given = {name: value or "" for name, value in attrs}
        if tag in ("style", "script"):
            self._hidden += 1
        elif tag == "form":
            self._form = BrowserForm(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "input" and self._form is not None:
            if given.get("type") == "submit":
                self._form.buttons.append(
                    (given.get("name", ""), given.get("value", ""), given.get("value", ""))
                )
            else:
                self._form.fields[given.get("name", "")] = given.get("value", "")
        elif tag == "button" and self._form is not None:
            self._button, self._label = (given.get("name", ""), given.get("value", "")), []

    def handle_endtag(self, tag: str) -> None:
        """Buttons end with their label."""
        if tag in ("style", "script"):
            self._hidden -= 1
        elif tag == "form":
            self._form = None
        elif tag == "button" and self._form is not None and self._button is not None:
            self._form.buttons.append((*self._button, " ".join("".join(self._label).split())))
            self._button = None

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        self._words.append(data)
        if self._button is not None:
            self._label.append(data)
