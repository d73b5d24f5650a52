"""What the sign-in server promises: read once a day, believed under its own name."""

import httpx
import pytest

from bot.fanvue.discovery import SignInDiscovery
from tests.fanvue.conftest import ManualClock
from tests.fanvue.peer_stand_in import Behaviour, PeerStandIn, reply

PROMISE = "authorization_response_iss_parameter_supported"


async def test_a_promise_is_read_once_a_day(
    http: httpx.AsyncClient, far: PeerStandIn, clock: ManualClock
) -> None:
    found = SignInDiscovery(http, auth_url=far.url, clock=clock)
    far.does(reply(200, {"issuer": far.url + "/", PROMISE: True}), reply(200, {"issuer": far.url}))

    assert [await found.promises_issuer() for _ in range(3)] == [True, True, True]
    assert (len(far.seen), far.last.path) == (1, "/.well-known/openid-configuration")
    clock.forward(24 * 3_600_000)
    assert not await found.promises_issuer()


@pytest.mark.parametrize(
    "answer",
    [
        reply(503, {}),
        reply(404, {}),
        reply(200, b"<html>"),
        reply(200, []),
        reply(200, {"issuer": "https://auth.evil.example", PROMISE: True}),
        reply(302, None, Location="https://evil.example"),
    ],
)
async def test_what_cannot_be_read_changes_nothing_and_is_asked_again_after_a_minute(
    http: httpx.AsyncClient, far: PeerStandIn, clock: ManualClock, answer: Behaviour
) -> None:
    found = SignInDiscovery(http, auth_url=far.url, clock=clock)
    far.does(answer, reply(200, {"issuer": far.url, PROMISE: True}))

    assert [await found.promises_issuer() for _ in range(2)] == [False, False]
    assert len(far.seen) == 1
    clock.forward(60_000)
    assert await found.promises_issuer()


async def test_a_promise_that_was_read_outlives_a_server_that_is_silent(
    http: httpx.AsyncClient, far: PeerStandIn, clock: ManualClock
) -> None:
    found = SignInDiscovery(http, auth_url=far.url, clock=clock)
    far.does(reply(200, {"issuer": far.url, PROMISE: True}), reply(503, {}))
    await found.promises_issuer()
    clock.forward(24 * 3_600_000)

    assert await found.promises_issuer()
