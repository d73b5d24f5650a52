"""Somebody in front of the consent page: looks, says yes or no, is sent back."""

import re
from urllib.parse import parse_qsl, urlsplit

import aiohttp

from bot.sandbox.fanvue.records import UserId

_CONSENT = re.compile(r'name="consent" value="([^"]+)"')


class NoConsentPageError(Exception):
    """The authorization server showed something else than a consent page."""


async def consent(authorize_url: str, account: UserId, *, approve: bool = True) -> str:
    """Go through the page as this account; the answer is the callback URL of the app."""
    async with aiohttp.ClientSession() as session:
        async with session.get(authorize_url, params={"as": account}, allow_redirects=False) as page:
            if "Location" in page.headers:
                return page.headers["Location"]
            found = _CONSENT.search(await page.text())
        if found is None:
            raise NoConsentPageError(f"status {page.status}")
        form = {"consent": found.group(1), "decision": "approve" if approve else "deny"}
        target = page.url.with_query(None)
        async with session.post(target, data=form, allow_redirects=False) as answer:
            return answer.headers["Location"]


def callback_parameters(callback_url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(callback_url).query))
