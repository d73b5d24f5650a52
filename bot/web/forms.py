"""Browser requests to the link pages: forms with their token, and returns."""

import asyncio
import hmac
from collections.abc import Mapping
from urllib.parse import parse_qsl

from aiohttp import web

from bot.features.people.accounts import browser_secrets
from bot.features.people.accounts.errors import LinkCheckFailed

_LARGEST = 4096
_SECONDS = 5.0


async def read_form(request: web.Request) -> Mapping[str, str]:
    """The fields of a form of ours, sent from a page of ours; none is there twice. Raises LinkCheckFailed."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise LinkCheckFailed("sent by another site")
    if request.content_type != "application/x-www-form-urlencoded":
        raise LinkCheckFailed("form type")
    length = request.content_length
    if length is None or length > _LARGEST:
        raise LinkCheckFailed("form size")
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
