"""The one place where bytes leave for Fanvue and foreign errors become ours.

httpx with aiohttp underneath: httpx's own pool stops for good after cancelled requests. The
transport's error classes cannot be trusted with the one question that matters (a connection that
was cut after the request reads as `ConnectTimeout`), so each request carries a `RequestJourney` that
aiohttp's tracing marks once a connection is there to be written to.
"""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import SimpleNamespace
from typing import Any

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from bot.egress.public_addresses import Place, PublicAddressResolver
from bot.egress.sessions import judged_connector
from bot.engine.call_timing import CallTimer
from bot.fanvue.errors import AnswerTooLong, RequestNotSent, RequestUnclear

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 20.0
LARGEST_ANSWER = 8 * 1024 * 1024
# Asked for by name, because httpx takes whatever is installed: a piece of zstd can unpack to 30,000 times its
# size at once, before any limit sees it; one of deflate to 1,000 times.
_PACKED_AS = ("gzip", "deflate")
# Shorter than the 5 s after which common servers hang up, so that a POST seldom meets a closing socket.
_KEEPALIVE_SECONDS = 3.0


@dataclass
class RequestJourney:
    """The progress of the current request; a new one begins for every request sent."""

    connected: bool = False


# OSError and TimeoutError come from sockets and from `asyncio.timeout`; the transport lets some through.
_FOREIGN = (
    TimeoutError,
    OSError,
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    aiohttp.ClientError,
)

_journey: ContextVar[RequestJourney | None] = ContextVar("fanvue_journey", default=None)


@dataclass(frozen=True)
class HttpAnswer:
    """One HTTP answer, read whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON; Unclear when it is none."""
        try:
            return json.loads(self.body, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            raise RequestUnclear("Fanvue's answer was not readable") from error


@asynccontextmanager
async def open_http(
    *,
    connections: int = 64,
    connect: float = CONNECT_SECONDS,
    total: float = TOTAL_SECONDS,
    private: Collection[Place] = (),
    resolver: PublicAddressResolver | None = None,
    timer: CallTimer | None = None,
) -> AsyncIterator[httpx.AsyncClient]:
    """Open the connection pool: no redirects, no proxies from the environment, no cookies, TLS verified.

    It leads to public addresses only, apart from the places in `private`. `timer` is told of each request.
    """
    context = _verifying()
    names = resolver or PublicAddressResolver(private)

    def session() -> aiohttp.ClientSession:
        connector = judged_connector(
            names, limit=connections, ssl=context, keepalive_timeout=_KEEPALIVE_SECONDS
        )
        return aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), trace_configs=[_tracing(timer)]
        )

    client = httpx.AsyncClient(
        transport=AiohttpTransport(verify=context, trust_env=False, client=session),
        headers={"Accept-Encoding": ", ".join(_PACKED_AS)},
        timeout=httpx.Timeout(total, connect=connect, pool=connect),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        follow_redirects=False,
        trust_env=False,
    )
    async with client:
        yield client


@cache
def _verifying() -> ssl.SSLContext:
    """One for all pools of the process: to read the list of authorities takes tens of milliseconds."""
    return httpx.create_ssl_context(trust_env=False)


def begin_journey() -> None:
    """Say that another request starts within the same exchange: nothing of it has left yet."""
    journey = _journey.get()
    if journey is not None:
        journey.connected = False


async def exchange(
    http: httpx.AsyncClient,
    request: httpx.Request,
    *,
    auth: httpx.Auth | None = None,
    total: float = TOTAL_SECONDS,
    largest: int = LARGEST_ANSWER,
    as_sent: bool = False,
) -> HttpAnswer:
    """Send one request and read its answer of any status. Raises RequestNotSent or Unclear.

    `as_sent`: the body is not unpacked, even if the answer calls it packed; nor is one packed unasked.
    RequestNotSent only on proof: no connection was ever there to write to. A cancellation passes through.
    """
    journey = RequestJourney()
    mark = _journey.set(journey)
    try:
        async with asyncio.timeout(total):
            return await _send(http, request, auth, largest, as_sent=as_sent)
    except _FOREIGN as error:
        raise _translated(error, journey) from error
    finally:
        _journey.reset(mark)


async def _send(
    http: httpx.AsyncClient, request: httpx.Request, auth: httpx.Auth | None, largest: int, *, as_sent: bool
) -> HttpAnswer:
    response = await http.send(request, auth=auth, stream=True)
    try:
        if _promised(response.headers) > largest:
            raise AnswerTooLong("Fanvue's answer was too long to read")
        body = bytearray()
        raw = as_sent or not _as_asked(response.headers)
        async for chunk in response.aiter_raw() if raw else response.aiter_bytes():
            body += chunk
            if len(body) > largest:
                raise AnswerTooLong("Fanvue's answer was too long to read")
    finally:
        await response.aclose()
    return HttpAnswer(response.status_code, response.headers, bytes(body))


def _as_asked(headers: Mapping[str, str]) -> bool:
    """Whether the body is packed in no other way than was asked for."""
    ways = {way.strip().lower() for way in headers.get("Content-Encoding", "").split(",")}
    return ways <= {*_PACKED_AS, "identity", ""}


def _promised(headers: Mapping[str, str]) -> int:
    """Return the answer's stated length; 0 without one."""
    said = headers.get("Content-Length", "")
    return int(said) if said.isdecimal() else 0


def _translated(error: Exception, journey: RequestJourney) -> RequestNotSent | RequestUnclear:
    cause = error.__cause__ if isinstance(error.__cause__, Exception) else error
    what = type(cause).__name__  # never its text: it may hold an address or a header
    if journey.connected:
        return RequestUnclear(f"Fanvue's answer did not arrive ({what})")
    return RequestNotSent(f"Fanvue could not be reached ({what})")


def _tracing(timer: CallTimer | None) -> aiohttp.TraceConfig:
    tracing = aiohttp.TraceConfig()
    if timer is not None:
        timer.listen(tracing)
    tracing.on_connection_create_end.append(_connected)
    tracing.on_connection_reuseconn.append(_connected)
    return tracing


async def _connected(_session: aiohttp.ClientSession, _context: SimpleNamespace, _params: object) -> None:
    journey = _journey.get()
    if journey is not None:
        journey.connected = True


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
