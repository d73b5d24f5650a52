"""Browser requests to the link pages: language, forms with a token, returns."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Mapping
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlsplit

from aiohttp import web

from bot.engine.channel_languages import opened
from bot.features.people.accounts import browser_secrets
from bot.features.people.accounts.errors import LinkCheckFailed
from bot.model.language import ENGLISH, LANGUAGES, speaking

Page = Callable[[web.Request], Awaitable[web.Response]]
_LARGEST = 4096
_SECONDS = 5.0


def spoken(page: Page) -> Page:
    """The same page in the first of the browser's languages that we have; only for pages that change nothing.

    What a visit brings about is said in Discord, where each reader has a language of their own.
    """

    async def saying(request: web.Request) -> web.Response:
        with speaking(await opened(language_of(request.headers.get("Accept-Language", "")))):
            return await page(request)

    return saying


def language_of(header: str) -> str:
    """Of `es-419,es;q=0.9,en;q=0.8`: Spanish."""
    wanted = [one.partition(";") for one in header[:_LARGEST].split(",")]
    for tag, _, weight in sorted(wanted, key=lambda one: -_weight(one[2])):
        tongue = tag.strip().partition("-")[0].casefold()
        if tongue in LANGUAGES and _weight(weight) > 0:
            return tongue
    return ENGLISH


def _weight(typed: str) -> float:
    name, _, value = typed.strip().partition("=")
    try:
        return min(max(float(value), 0.0), 1.0) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


class FormTooLarge(LinkCheckFailed):
    """Raised for a form with more than is read of it."""


def sent_from(request: web.Request, origin: str) -> None:
    """Raises LinkCheckFailed unless the browser says that a page of this origin sent it.

    Our pages name no referrer, so a browser that tells the site leaves the origin out, as `null`.
    """
    site, named = request.headers.getall("Sec-Fetch-Site", []), request.headers.getall("Origin", [])
    known = named == [origin]
    told = site == ["same-origin"] and (known or named in ([], ["null"]))
    if not (told or (not site and known)):
        raise LinkCheckFailed("not sent by a page of ours")


async def read_form(request: web.Request, *, largest: int = _LARGEST) -> Mapping[str, str]:
    """The fields of a form of ours, sent from a page of ours; none is there twice. Raises LinkCheckFailed."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise LinkCheckFailed("sent by another site")
    if request.content_type != "application/x-www-form-urlencoded":
        raise LinkCheckFailed("form type")
    length = request.content_length
    if length is None:
        raise LinkCheckFailed("form size")
    if length > largest:
        raise FormTooLarge("form size")
    try:
        async with asyncio.timeout(_SECONDS):
            raw = await request.content.readexactly(length)
    except (TimeoutError, asyncio.IncompleteReadError) as error:
        raise LinkCheckFailed("form body") from error
    pairs = parse_qsl(raw.decode("ascii", "replace"))
    form = dict(pairs)
    if len(form) != len(pairs):
        raise LinkCheckFailed("form field twice")
    return form


def check_csrf(form: Mapping[str, str], cookie: str | None, about: str) -> str:
    """The browser's cookie, if the form's token was made with it for `about`. Raises LinkCheckFailed."""
    given = form.get("csrf", "")
    if cookie is None or not hmac.compare_digest(
        given.encode(), browser_secrets.csrf_of(cookie, about).encode()
    ):
        raise LinkCheckFailed("csrf")
    return cookie


def params_of(request: web.Request) -> list[tuple[str, str]]:
    """A sign-in page's returned parameters, in order, with doubles. Raises LinkCheckFailed for a prefetch."""
    if "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        raise LinkCheckFailed("a prefetch, not a visit")
    return list(request.query.items())


def cookie_of(request: web.Request, named: str) -> str | None:
    """The browser's secret. Two cookies of this name mean that somebody planted one: then none counts."""
    header = "; ".join(request.headers.getall("Cookie", []))
    pairs = (part.strip().partition("=") for part in header.split(";"))
    values = [value for name, _, value in pairs if name == named]
    return values[0] if len(values) == 1 and browser_secrets.is_secret(values[0]) else None


def is_secure(public_url: str) -> bool:
    """Whether cookies can be Secure; plain http is only for a browser on this very machine (the demo)."""
    parts = urlsplit(public_url)
    if parts.scheme == "https":
        return True
    host = parts.hostname or ""
    if host == "localhost":
        return False
    try:
        loopback = ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise ValueError("PUBLIC_URL must begin with https:// (plain http only on this machine itself).")
    return False
