"""What a client that is slow, greedy or many gets, over real sockets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.sandbox import patience
from bot.web.request_limits import RequestBounds
from bot.web.server import ListenerOptions, WebServer
from tests.web.web_server_fixtures import answered, connected, listening

SOON = 0.15
AT_ONCE = 5.0  # for what has happened already, on a busy machine too
GOOD = b"GET /link/done HTTP/1.1\r\nHost: a\r\n\r\n"


@asynccontextmanager
async def strict(**bounds: float) -> AsyncIterator[WebServer]:
    """Listeners with short patience."""
    told = RequestBounds(**{"header_seconds": SOON, "idle_seconds": 60.0, **bounds})  # type: ignore[arg-type]
    async with listening(ListenerOptions(public=told, private=told, shutdown_seconds=0.1)) as server:
        yield server


async def closed(reader: asyncio.StreamReader, within: float = patience.SECONDS) -> bool:
    """Whether the other side closes, and says nothing before it does."""
    try:
        async with asyncio.timeout(within):
            return await reader.read() == b""
    except TimeoutError:
        return False
    except ConnectionResetError:  # it had closed, and something was still written to it
        return True


async def one_answer(reader: asyncio.StreamReader) -> bytes:
    """One whole answer on a connection that stays open."""
    async with asyncio.timeout(patience.SECONDS):
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
        return head + await reader.readexactly(int(length.partition(b":")[2]))


@pytest.mark.parametrize("which", ["port", "admin_port"])
@pytest.mark.parametrize("begun", [b"", b"G", b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-A: b\r\n"])
async def test_whoever_does_not_come_to_the_end_of_the_headers_is_let_go(which: str, begun: bytes) -> None:
    async with strict() as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", getattr(server, which))
        writer.write(begun)

        assert await closed(reader)
        writer.close()


async def test_headers_that_drip_do_not_win_more_time() -> None:
    async with strict() as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"GET / HTTP/1.1\r\n")
        ended = asyncio.ensure_future(closed(reader))
        while not ended.done():
            writer.write(b"X")
            await asyncio.wait([ended], timeout=SOON / 5)

        assert await ended
        writer.close()


async def test_a_connection_stays_open_between_requests_and_each_has_its_own_time() -> None:
    async with strict() as server:
        reader, writer = await connected(server.port, GOOD)
        for number in range(2):
            if number:
                writer.write(GOOD)
            assert (await one_answer(reader)).startswith(b"HTTP/1.1 200")
            with pytest.raises(TimeoutError):  # nothing happens to who asks nothing
                async with asyncio.timeout(2 * SOON):
                    await reader.read(1)
        writer.write(GOOD[:20])

        assert await closed(reader)
        writer.close()


async def test_a_next_request_that_begins_behind_the_last_one_has_as_long_as_who_is_idle() -> None:
    async with strict(idle_seconds=SOON) as server:
        reader, writer = await connected(server.port, GOOD + GOOD[:20])

        assert (await one_answer(reader)).startswith(b"HTTP/1.1 200")
        assert await closed(reader)
        writer.close()


async def test_who_is_idle_for_long_is_let_go() -> None:
    async with strict(idle_seconds=SOON) as server:
        reader, writer = await connected(server.port, GOOD)
        await one_answer(reader)

        assert await closed(reader)
        writer.close()


async def test_where_all_places_are_taken_whoever_has_been_silent_for_longest_gives_way() -> None:
    async with strict(connections=3, header_seconds=30.0) as server:
        held = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(3)]
        for reader, writer in (held[0], held[2]):  # the second has come and said nothing
            writer.write(GOOD)
            await one_answer(reader)
        comes = []
        for _ in range(2):
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(GOOD)
            comes.append((await one_answer(reader), writer))

        assert all(b"200 OK" in said for said, _ in comes)
        # Soon: what begins no request is let go after 30 s in any case.
        assert [await closed(held[1][0], AT_ONCE), await closed(held[0][0], AT_ONCE)] == [True, True]
        held[2][1].write(GOOD)
        assert b"200 OK" in await one_answer(held[2][0])
        for writer in (*(one for _, one in comes), *(one for _, one in held)):
            writer.close()


async def test_where_every_place_has_a_request_one_more_is_turned_away_and_places_are_given_back() -> None:
    async with strict(connections=3, header_seconds=30.0) as server:
        held = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(3)]
        for reader, writer in held:
            writer.write(GOOD)
            await one_answer(reader)
            writer.write(GOOD[:9])  # the next one has begun
        await answered(server.admin_port, b"GET /healthz HTTP/1.0\r\n\r\n")  # by then that has come

        with pytest.raises((ConnectionError, ValueError, IndexError)):
            await answered(server.port, GOOD)
        assert (await answered(server.admin_port, b"GET /healthz HTTP/1.0\r\n\r\n")).status == 200

        held[0][1].close()
        await held[0][1].wait_closed()
        again = await answered(server.port, b"GET /link/done HTTP/1.0\r\nHost: a\r\n\r\n")
        for _, writer in held:
            writer.close()

    assert again.status == 200


async def test_a_body_that_no_route_wants_is_not_waited_for() -> None:
    async with strict(lingering_seconds=SOON) as server:
        unwanted = b"GET /link/done HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nx"

        assert (await answered(server.port, unwanted)).status == 200


async def test_a_packed_body_is_not_unpacked() -> None:
    async with strict() as server:
        packed = (
            b"POST /webhooks/fanvue HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n"
            b"Connection: close\r\n\r\nabc"
        )

        assert (await answered(server.port, packed)).status == 415
