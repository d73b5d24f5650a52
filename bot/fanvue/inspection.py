"""Looks at Fanvue and changes nothing: stored tokens only, none is ever renewed."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urlsplit

import httpx

from bot.fanvue.client import FanvueClient
from bot.fanvue.errors import RequestUnclear, TokenUnauthorized
from bot.fanvue.transport import exchange
from bot.model.errors import TryLater
from bot.model.language import msgid
from bot.model.ports import Clock
from storage.records import LinkId, Millis

Answered = Callable[[Millis, Millis, Mapping[str, str]], None]  # when asked, when answered, the headers

_NOBODYS_TOKEN = "nobody"  # noqa: S105 - it opens nothing, and that is its use
_NO_WORD = re.compile(r"[^a-z_]")
_LONGEST_WORD = 40
_CLIENT_ERROR, _SERVER_ERROR = 400, 500
_ASKED_AT = "bridge_asked_at"


class StoredTokens:
    """A token source that has what is stored and gets nothing new."""

    def __init__(self, tokens: Mapping[LinkId, str]) -> None:
        """`tokens`: those that have not expired."""
        self._tokens = tokens

    async def current(self, link: LinkId) -> str:
        return self._tokens[link]

    async def refreshed(self, _link: LinkId, _rejected: str, /) -> str:
        """Raise TryLater: a mere look does not renew."""
        raise TryLater(msgid("Fanvue did not take the stored token."))


def tell_answers(http: httpx.AsyncClient, clock: Clock, answered: Answered) -> None:
    """From now on `answered` is told of every answer that comes through `http`."""

    async def began(request: httpx.Request) -> None:
        request.extensions[_ASKED_AT] = clock.now()

    async def ended(response: httpx.Response) -> None:
        answered(response.request.extensions[_ASKED_AT], clock.now(), response.headers)

    http.event_hooks = {"request": [began], "response": [ended]}


async def speak(fanvue: FanvueClient) -> None:
    """Ask without a sign-in. Returns when only that was missing, so that the version was not refused.

    Raises the other errors of `bot.fanvue.errors`: VersionRetired or Invalid for a refused version.
    """
    try:
        await fanvue.whoami(_NOBODYS_TOKEN)
    except TokenUnauthorized:
        return


async def why_no_consent(http: httpx.AsyncClient, url: str) -> str | None:
    """Return the sign-in server's objection to a sign-in beginning at `url`; None when it begins.

    Raises NotSent or Unclear. Nobody signs in, and no redirect is followed.
    """
    answer = await exchange(http, http.build_request("GET", url))
    status = answer.status
    if status >= _SERVER_ERROR:
        raise RequestUnclear(f"Fanvue's sign-in server answered {status}")
    query = dict(parse_qsl(urlsplit(answer.headers.get("Location", "")).query))
    if "error" in query:
        # Only the protocol's own word: the description may repeat what was asked.
        return _NO_WORD.sub("", query["error"])[:_LONGEST_WORD] or "an error"
    return f"status {status}" if status >= _CLIENT_ERROR else None
