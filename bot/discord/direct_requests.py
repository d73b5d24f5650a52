"""One HTTP request to Discord: sent once, never again for a rate limit.

discord.py re-sends a request up to five times by itself. Where a repeat could make a second forum
post or channel, or where a log line with the address would show an interaction's token, this is used
instead.
"""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Protocol

import aiohttp

from bot.discord.failures import (
    BANNED_FOR,
    NOT_CONNECTED,
    FailedResponse,
    after_of,
    banned,
    failure_of,
    translated,
)
from bot.discord.rate_limits import DiscordLimits
from bot.egress.sessions import outgoing_session
from bot.model.errors import DeliveryUnknown, TryLater
from bot.model.language import english

_JSON = "application/json"
_SLOWEST = 200_000  # bytes of files a second; what goes up more slowly has failed
_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "json": _JSON,
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


class RequestFile(Protocol):
    """Something that goes along as a file."""

    @property
    def name(self) -> str:
        """Ends with a dot and one of `_TYPES`."""

    @property
    def content(self) -> bytes:
        """Its bytes."""


@dataclass
class _ResponseHeaders:
    headers: Mapping[str, str] | None = None  # as long as there is no answer


class DirectRequests:
    """Requests to Discord's HTTP API as the bot. Close it when done."""

    def __init__(
        self,
        *,
        api_url: str,
        user_agent: str,
        seconds: float = 20.0,
        limits: DiscordLimits | None = None,
    ) -> None:
        """`seconds`: how long one request may take in all. `limits`: whether, and when."""
        self._api_url = api_url.rstrip("/")
        self._user_agent = user_agent
        self._timeout = aiohttp.ClientTimeout(total=seconds, connect=5.0)
        self._limits = limits or DiscordLimits()
        self._token: str | None = None
        self._session: aiohttp.ClientSession | None = None

    def open(self, token: str) -> None:
        """Use `token` from now on; called on the event loop, once."""
        self._token = token
        self._session = outgoing_session(
            (self._api_url,), timeout=self._timeout, traces=(self._limits.direct_trace(),)
        )

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        place: str = "this channel",
        as_bot: bool = True,
        limit: str | None = None,
        files: Sequence[RequestFile] = (),
    ) -> Any:
        """The decoded answer of one request, or one of the four failures.

        `limit`: names the rate limit of the route, where many of these come at once. None goes out that it
        would refuse: TryLater, at once, with the time at which this one has its turn.
        `files` go with the body; its `attachments` number them from 0.
        """
        reading = method == "GET"
        session = self._session
        if session is None:
            raise TryLater(NOT_CONNECTED)
        self._limits.invalid.check()
        sent = {**_sent(body, files), "headers": self._headers(as_bot=as_bot), "allow_redirects": False}
        if files:
            sent["timeout"] = self._longer(sum(len(one.content) for one in files))
        async with self._in_turn(limit, as_bot=as_bot) as told:
            with translated(place=place, reading=reading):
                async with session.request(method, self._api_url + path, **sent) as response:
                    told.headers = response.headers
                    content = await _content(response)
        if not 200 <= response.status < 300:  # noqa: PLR2004 - HTTP's own numbers
            raise failure_of(_refusal(response, content), place=place, reading=reading)
        if content is _UNREADABLE:
            raise DeliveryUnknown(english("We couldn't read Discord's answer; it may have arrived."))
        return content

    @asynccontextmanager
    async def _in_turn(self, limit: str | None, *, as_bot: bool) -> AsyncIterator["_ResponseHeaders"]:
        """Around one request; its answer is put into what this yields."""
        pace, told = self._limits.pace, _ResponseHeaders()
        if limit is not None:
            pace.routes.enter(limit)
        try:
            turn: AbstractContextManager[object] = await pace.turn(limit) if as_bot else nullcontext()
        except BaseException:
            if limit is not None:
                pace.routes.withdraw(limit)
            raise
        try:
            with turn:
                yield told
        finally:
            if limit is not None:
                pace.left(limit, told.headers)

    def _longer(self, size: int) -> aiohttp.ClientTimeout:
        total = (self._timeout.total or 0) + size / _SLOWEST
        return aiohttp.ClientTimeout(total=total, connect=self._timeout.connect)

    def _headers(self, *, as_bot: bool) -> dict[str, str]:
        bot = {"Authorization": f"Bot {self._token}"} if as_bot else {}
        return {"User-Agent": self._user_agent, **bot}


def _refusal(response: aiohttp.ClientResponse, content: Any) -> FailedResponse:
    code = content.get("code", 0) if isinstance(content, dict) else 0
    after = content.get("retry_after") if isinstance(content, dict) else None
    after = after if after is not None else after_of(response.headers.get("Retry-After"))
    if banned(response.status, response.headers):
        after = BANNED_FOR
    return FailedResponse(response.status, code if isinstance(code, int) else 0, after)


def _sent(body: Mapping[str, Any] | None, files: Sequence[RequestFile]) -> dict[str, Any]:
    if not files:
        return {"json": body}
    form = aiohttp.FormData()
    form.add_field("payload_json", json.dumps(body), content_type=_JSON)
    for number, one in enumerate(files):
        kind = _TYPES[one.name.rpartition(".")[2]]
        # As a stream: aiohttp reads bytes of more than a megabyte in one piece, and warns of itself.
        form.add_field(f"files[{number}]", BytesIO(one.content), filename=one.name, content_type=kind)
    return {"data": form}


_UNREADABLE = object()


async def _content(response: aiohttp.ClientResponse) -> Any:
    if response.status == 204:  # noqa: PLR2004 - HTTP's "no content"
        return None
    if response.content_type != _JSON:
        await response.read()
        return _UNREADABLE
    try:
        return await response.json()
    except ValueError:
        return _UNREADABLE
