"""Which addresses a preview may be fetched from."""

import asyncio
import gzip

import httpx
import pytest

from bot.fanvue.previews import LARGEST, NoPicture, PreviewPictures
from bot.sandbox import patience
from tests.fanvue.peer_stand_in import PeerRequest, PeerStandIn, reply

HOSTS = ("fanvue.com", "Example-CDN.net.")


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("https://media.fanvue.com/a.jpg?signature=x", True),
        ("https://fanvue.com/a.jpg", True),
        ("https://MEDIA.FANVUE.COM:443/a.jpg", True),
        ("https://d1.example-cdn.net/a.jpg", True),
        ("http://stand-in:8082/a.jpg", True),
        ("https://api.example.org/a.jpg", True),
        ("http://media.fanvue.com/a.jpg", False),
        ("https://media.fanvue.com:8443/a.jpg", False),
        ("https://notfanvue.com/a.jpg", False),
        ("https://fanvue.com.evil.example/a.jpg", False),
        ("https://fanvue.com@evil.example/a.jpg", False),
        ("https://user:secret@media.fanvue.com/a.jpg", False),
        ("https://evil.example/?fanvue.com", False),
        ("https://evil.example#fanvue.com", False),
        ("https://169.254.169.254/latest/meta-data", False),
        ("http://127.0.0.1:9090/metrics", False),
        ("https://[::1]/a.jpg", False),
        ("http://stand-in:8083/a.jpg", False),
        ("file:///etc/passwd", False),
        ("ftp://media.fanvue.com/a.jpg", False),
        ("//media.fanvue.com/a.jpg", False),
        ("media.fanvue.com/a.jpg", False),
        ("", False),
    ],
)
async def test_only_hosts_that_are_named_are_read(
    http: httpx.AsyncClient, address: str, *, read: bool
) -> None:
    previews = PreviewPictures(
        http, api_url="https://api.example.org", hosts=HOSTS, private=[("stand-in", 8082)]
    )

    assert previews.reads(httpx.URL(address)) is read


@pytest.mark.parametrize("address", ["https://[", "http://a:99999999/", "\x00", "https://\ud800.com"])
async def test_what_is_no_address_at_all_is_not_read(http: httpx.AsyncClient, address: str) -> None:
    previews = PreviewPictures(http, api_url="https://api.example.org", hosts=HOSTS)

    with pytest.raises(NoPicture):
        await previews.fetch(address)


async def test_no_token_and_no_cookie_goes_with_it(http: httpx.AsyncClient, far: PeerStandIn) -> None:
    far.does(reply(403, b"", **{"Content-Type": "image/png"}))
    previews = PreviewPictures(http, api_url=far.url, hosts=())

    with pytest.raises(NoPicture) as refused:
        await previews.fetch(f"{far.url}/a.jpg?signature=x")

    headers = {name.lower() for name in far.last.headers}
    assert headers.isdisjoint({"authorization", "cookie", "x-fanvue-api-version", "referer"})
    assert refused.value.expired
    assert "signature" not in str(refused.value)


async def test_two_gigabytes_are_not_even_begun(http: httpx.AsyncClient, far: PeerStandIn) -> None:
    async def promise(_seen: PeerRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 2147483648\r\n\r\n")
        await writer.drain()
        await asyncio.Event().wait()

    far.does(promise)

    with pytest.raises(NoPicture, match="too large"):
        await PreviewPictures(http, api_url=far.url, hosts=(), seconds=patience.SECONDS).fetch(
            f"{far.url}/a.png"
        )


async def test_what_never_ends_is_read_no_further_than_the_limit(
    http: httpx.AsyncClient, far: PeerStandIn
) -> None:
    sent = 0

    async def endless(_seen: PeerRequest, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nConnection: close\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"x" * 65_536)
            await writer.drain()
            sent += 65_536

    far.does(endless)

    with pytest.raises(NoPicture, match="too large"):
        await PreviewPictures(http, api_url=far.url, hosts=()).fetch(f"{far.url}/a.png")
    assert sent < 4 * LARGEST  # what fits into the sockets' buffers comes on top


async def test_nothing_is_unpacked(http: httpx.AsyncClient, far: PeerStandIn) -> None:
    far.does(reply(200, gzip.compress(b"\x89PNG"), Content_Type="image/png", Content_Encoding="gzip"))

    with pytest.raises(NoPicture, match="not a picture"):
        await PreviewPictures(http, api_url=far.url, hosts=()).fetch(f"{far.url}/a.png")

    assert far.last.headers["accept-encoding"] == "identity"
