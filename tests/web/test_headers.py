"""Every answer of both listeners, over real sockets, whatever was asked."""

import re
from collections.abc import Mapping

import pytest
from aiohttp import web

from bot.web.request_limits import RequestBounds
from bot.web.server import ListenerOptions
from tests.web.web_server_fixtures import answered, listening

HOST = "HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
TICKET = "a" * 43
PUBLIC = (
    ("GET /webhooks/fanvue", 200),
    ("HEAD /webhooks/fanvue", 200),
    ("POST /webhooks/fanvue", 401),
    ("PUT /webhooks/fanvue", 405),
    ("OPTIONS /webhooks/fanvue", 405),
    ("TRACE /webhooks/fanvue", 405),
    ("DELETE /link/done", 405),
    ("POST /link/done", 405),
    ("GET /link/done", 200),
    ("HEAD /link/done", 200),
    ("GET /link/declined", 200),
    ("GET /link/problem", 400),
    ("GET /link/other-account", 403),
    (f"GET /link/{TICKET}", 500),  # whatever fails inside
    (f"POST /link/{TICKET}/start", 303),
    (f"PUT /link/{TICKET}/start", 405),
    ("GET /oauth/discord/callback?code=secret&state=secret", 500),
    ("HEAD /oauth/discord/callback", 405),
    (f"HEAD /link/{TICKET}", 500),
    ("HEAD /link/declined", 200),
    ("HEAD /link/problem", 400),
    ("HEAD /link/other-account", 403),
    ("GET /link/problem/no-refresh-token", 400),
    ("HEAD /link/problem/no-refresh-token", 400),
    ("GET /link/consent", 404),
    ("HEAD /link/consent", 404),
    ("POST /link/consent", 303),
    ("PUT /link/consent", 405),
    ("GET /oauth/fanvue/callback?code=secret&state=secret", 500),
    ("HEAD /oauth/fanvue/callback", 405),
    ("GET /", 404),
    ("GET /healthz", 404),
    ("GET /readyz", 404),
    ("GET /metrics", 404),
    ("GET /link/../healthz", 404),
    ("GET http://elsewhere.example/healthz", 404),
)
PRIVATE = (
    ("GET /healthz", 200),
    ("GET /readyz", 200),
    ("GET /metrics", 200),
    ("HEAD /healthz", 200),
    ("HEAD /readyz", 200),
    ("HEAD /metrics", 200),
    ("POST /metrics", 405),
    ("GET /webhooks/fanvue", 404),
    ("GET /link/done", 404),
    ("GET /", 404),
)
UNREADABLE = {
    "no HTTP": b"nonsense\r\n\r\n",
    "a header without a name": b"GET / HTTP/1.1\r\nHo st: secret\r\n\r\n",
    "a long line": b"GET /secret" + b"a" * 9_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    "a long header": b"GET / HTTP/1.1\r\nHost: a\r\nCookie: secret" + b"a" * 9_000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: secret\r\n" * 100 + b"\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n12",
    "length and chunks": (
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    ),
}


def locked(headers: Mapping[str, str]) -> bool:
    """Whether nobody keeps, frames, sniffs or refers to the answer, or learns what made it."""
    policy = headers["content-security-policy"]
    return (
        headers["cache-control"] == "no-store"
        and headers["referrer-policy"] == "no-referrer"
        and headers["x-content-type-options"] == "nosniff"
        and headers["x-frame-options"] == "DENY"
        and headers["x-robots-tag"] == "noindex"
        and headers["cross-origin-resource-policy"] == "same-origin"
        and "camera=()" in headers["permissions-policy"]
        and headers["server"] == "bridge"
        and all(
            words in policy for words in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
        )
        and "unsafe" not in policy
    )


async def test_no_route_is_left_out() -> None:
    async with listening() as server:
        apps = ((PUBLIC, server._public()), (PRIVATE, server._private()))
        for asked, app in apps:
            routes = {f"{route.method} {_path(route)}" for route in app.router.routes()}
            assert routes <= {line.partition("?")[0] for line, _ in asked}


def _path(route: web.AbstractRoute) -> str:
    assert route.resource is not None
    return route.resource.canonical.replace("{ticket}", TICKET).replace("{cause}", "no-refresh-token")


@pytest.mark.parametrize(("request_line", "status"), PUBLIC)
async def test_every_answer_to_the_outside_is_locked_down(request_line: str, status: int) -> None:
    async with listening() as server:
        answer = await answered(server.port, f"{request_line} {HOST}\r\n".encode())

    assert answer.status == status
    assert locked(answer.headers)
    assert "strict-transport-security" not in answer.headers
    assert not re.search(rb"python|aiohttp|Traceback|secret", answer.raw, re.IGNORECASE)


@pytest.mark.parametrize(("request_line", "status"), PRIVATE)
async def test_every_answer_to_the_operator_is_locked_down(request_line: str, status: int) -> None:
    async with listening() as server:
        answer = await answered(server.admin_port, f"{request_line} {HOST}\r\n".encode())

    assert answer.status == status
    assert locked(answer.headers)


@pytest.mark.parametrize("raw", UNREADABLE.values(), ids=UNREADABLE.keys())
@pytest.mark.parametrize("which", ["port", "admin_port"])
async def test_what_cannot_be_read_is_answered_400_and_quoted_neither_to_the_sender_nor_in_the_log(
    raw: bytes, which: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    async with listening() as server:
        answer = await answered(getattr(server, which), raw)

    assert answer.status == 400
    assert locked(answer.headers)
    assert not re.search(rb"python|aiohttp|secret|aaaa", answer.raw, re.IGNORECASE)
    assert not re.search(r"secret|aaaa", caplog.text)


async def test_browsers_are_told_to_come_by_https_where_people_do() -> None:
    manner = ListenerOptions(tls=True, public=RequestBounds(), private=RequestBounds(), shutdown_seconds=0.1)
    async with listening(manner) as server:
        outside = await answered(server.port, f"GET /link/done {HOST}\r\n".encode())
        inside = await answered(server.admin_port, f"GET /healthz {HOST}\r\n".encode())

    assert outside.headers["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in inside.headers


async def test_a_form_that_never_comes_is_given_up_like_a_body_that_never_comes() -> None:
    async with listening() as server:
        start = f"POST /link/{TICKET}/start {HOST}Content-Type: application/x-www-form-urlencoded\r\n"
        slow = answered(server.port, f"{start}Content-Length: 10\r\n\r\ncsrf".encode())
        large = await answered(server.port, f"{start}Content-Length: 5000\r\n\r\n".encode())

        assert (await slow).headers["location"] == "/link/problem"
        assert large.headers["location"] == "/link/problem"
