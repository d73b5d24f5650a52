"""Surely not sent, or unclear: every way in which an exchange can fail."""

import asyncio
import gzip
import socket

import httpx
import pytest
import zstandard

from bot.fanvue.errors import FanvueError, RequestNotSent, RequestUnclear
from bot.fanvue.transport import LARGEST_ANSWER, HttpAnswer, exchange, open_http
from bot.sandbox import patience
from tests.fanvue.peer_stand_in import (
    Behaviour,
    PeerStandIn,
    anywhere,
    babble,
    cut_short,
    hang_up,
    never,
    reply,
)


async def post(http: httpx.AsyncClient, url: str, *, total: float = patience.SECONDS) -> HttpAnswer:
    return await exchange(http, http.build_request("POST", url, json={"text": "hello"}), total=total)


def unused_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def test_an_answer_is_given_back_whole(http: httpx.AsyncClient, far: PeerStandIn) -> None:
    far.does(reply(201, {"messageUuid": "m-1"}, X_RateLimit_Remaining="7"))

    answer = await post(http, far.url)

    assert (answer.status, answer.json()) == (201, {"messageUuid": "m-1"})
    assert answer.headers["x-ratelimit-remaining"] == "7"


async def test_a_refused_connection_is_surely_not_sent(http: httpx.AsyncClient) -> None:
    with pytest.raises(RequestNotSent, match="ClientConnectorError"):
        await post(http, f"http://127.0.0.1:{unused_port()}")


async def test_a_name_that_does_not_resolve_is_surely_not_sent(http: httpx.AsyncClient) -> None:
    with pytest.raises(RequestNotSent, match="DNS"):
        await post(http, "http://no-such-host.invalid")


async def test_a_failed_tls_handshake_is_surely_not_sent(far: PeerStandIn) -> None:
    async with open_http(resolver=anywhere(), connect=0.3) as http:
        with pytest.raises(RequestNotSent):
            await post(http, far.url.replace("http://", "https://"))

    assert far.seen == []


async def test_a_full_pool_is_surely_not_sent(far: PeerStandIn) -> None:
    far.does(never)
    async with open_http(resolver=anywhere(), connections=1, connect=0.2) as http:
        holder = asyncio.create_task(post(http, far.url))
        await far.arrived.wait()

        with pytest.raises(RequestNotSent, match="ConnectionTimeoutError"):
            await post(http, far.url)

        holder.cancel()
        await asyncio.wait([holder])
    assert len(far.seen) == 1


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(hang_up, id="the server closes after reading the request"),
        pytest.param(cut_short, id="the answer stops in the middle"),
        pytest.param(babble, id="the answer is not HTTP"),
        pytest.param(never, id="the server never answers"),
        pytest.param(reply(200, b"not gzip", Content_Encoding="gzip"), id="the answer does not unpack"),
        pytest.param(reply(200, b" " * (LARGEST_ANSWER + 1)), id="the answer is too long"),
        pytest.param(
            reply(200, gzip.compress(b" " * (LARGEST_ANSWER * 4)), Content_Encoding="gzip"),
            id="the answer is a bomb",
        ),
    ],
)
async def test_a_lost_answer_is_unclear(
    http: httpx.AsyncClient, far: PeerStandIn, behaviour: Behaviour
) -> None:
    far.does(behaviour)

    with pytest.raises(RequestUnclear):
        await post(http, far.url, total=0.4 if behaviour is never else patience.SECONDS)

    assert len(far.seen) == 1  # never sent a second time


async def test_fanvue_is_asked_for_gzip_and_deflate_whatever_else_is_installed(
    http: httpx.AsyncClient, far: PeerStandIn
) -> None:
    await post(http, far.url)

    assert far.last.headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize("encoding", ["zstd", "ZSTD", "gzip, zstd"])
async def test_what_was_not_asked_for_is_not_unpacked(
    http: httpx.AsyncClient, far: PeerStandIn, encoding: str
) -> None:
    bomb = zstandard.compress(b" " * (LARGEST_ANSWER * 4))  # 1 KB that would be 32 MB in one piece
    far.does(reply(200, bomb, Content_Encoding=encoding))

    answer = await post(http, far.url)

    assert answer.body == bomb
    with pytest.raises(RequestUnclear):
        answer.json()


async def test_a_reused_connection_that_breaks_is_unclear(http: httpx.AsyncClient, far: PeerStandIn) -> None:
    far.does(reply(200, {}), hang_up)
    await post(http, far.url)

    with pytest.raises(RequestUnclear):
        await post(http, far.url)

    assert len(far.seen) == 2


async def test_the_total_time_before_a_connection_is_surely_not_sent(far: PeerStandIn) -> None:
    far.does(never)
    async with open_http(resolver=anywhere(), connections=1) as http:
        holder = asyncio.create_task(post(http, far.url))
        await far.arrived.wait()

        with pytest.raises(RequestNotSent, match="TimeoutError"):
            await post(http, far.url, total=0.2)

        holder.cancel()
        await asyncio.wait([holder])


@pytest.mark.parametrize("body", [b"{broken", b"", b'{"a": NaN}', b"[" * 100_000], ids=repr)
async def test_a_body_that_is_no_json_is_unclear(body: bytes) -> None:
    with pytest.raises(RequestUnclear):
        HttpAnswer(200, {}, body).json()


async def test_a_redirect_is_not_followed(http: httpx.AsyncClient, far: PeerStandIn) -> None:
    far.does(reply(302, None, Location=far.url + "/elsewhere"))

    assert (await post(http, far.url)).status == 302
    assert len(far.seen) == 1


async def test_cookies_of_one_answer_are_not_sent_with_the_next_request(
    http: httpx.AsyncClient, far: PeerStandIn
) -> None:
    far.does(reply(200, {}, Set_Cookie="who=creator-a; Path=/"))

    await post(http, far.url)
    await post(http, far.url)

    assert "cookie" not in far.last.headers


async def test_proxies_of_the_environment_are_not_used(
    far: PeerStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{unused_port()}")
    async with open_http(resolver=anywhere()) as http:
        assert (await post(http, far.url)).status == 200


async def test_reasons_hold_no_address(http: httpx.AsyncClient) -> None:
    with pytest.raises(FanvueError) as caught:
        await post(http, "http://no-such-host.invalid/chats/secret-fan")

    assert "invalid/" not in caught.value.reason
    assert "secret-fan" not in caught.value.reason


async def test_the_pool_works_after_a_thousand_cancelled_requests(far: PeerStandIn) -> None:
    far.does(never)
    async with open_http(resolver=anywhere(), connections=10) as http:
        for _ in range(50):
            tasks = [asyncio.create_task(post(http, far.url)) for _ in range(20)]
            far.arrived.clear()
            await far.arrived.wait()
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            assert all(isinstance(end, asyncio.CancelledError) for end in ended)

        far.does(reply(200, {"alive": True}))
        assert (await post(http, far.url)).json() == {"alive": True}


async def test_a_cancellation_passes_through_as_itself(http: httpx.AsyncClient, far: PeerStandIn) -> None:
    far.does(never)
    task = asyncio.create_task(post(http, far.url))
    await far.arrived.wait()

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
