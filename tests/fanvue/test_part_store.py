"""Where the bytes of a file may go: by https to hosts that the settings name."""

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.fanvue.part_store import PartStore, UnknownPartHost
from bot.fanvue.previews import is_named
from tests.fanvue.peer_stand_in import PeerStandIn, reply


async def bytes_of_a_file() -> AsyncIterator[bytes]:
    yield b"film"


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("https://bucket.s3.amazonaws.com/a?X-Amz-Signature=x", True),
        ("https://AMAZONAWS.com/a", True),
        ("https://bucket.s3.amazonaws.com:8443/a", False),
        ("http://bucket.s3.amazonaws.com/a", False),
        ("https://amazonaws.com.evil.example/a", False),
        ("https://evilamazonaws.com/a", False),
        ("https://user@bucket.s3.amazonaws.com/a", False),
        ("https://evil.example/bucket.s3.amazonaws.com", False),
        ("https://169.254.169.254/latest", False),
        ("http://stand-in:8082/a", True),
        ("file:///etc/passwd", False),
    ],
)
def test_a_host_is_named_whole_or_by_what_it_is_under(address: str, *, named: bool) -> None:
    assert is_named(httpx.URL(address), ("amazonaws.com",), {("stand-in", 8082)}) is named


async def test_no_byte_goes_to_a_host_that_is_not_named(far: PeerStandIn, http: httpx.AsyncClient) -> None:
    store = PartStore(http, api_url="https://api.fanvue.com", hosts=("amazonaws.com",))

    for address in (f"{far.url}/part", "https://evil.example/part", "not an address"):
        with pytest.raises(UnknownPartHost, match="FANVUE_UPLOAD_HOSTS"):
            await store.put(address, bytes_of_a_file(), 4)

    assert far.seen == []


async def test_fanvues_own_place_is_named_by_its_own_setting(
    far: PeerStandIn, http: httpx.AsyncClient
) -> None:
    far.does(reply(200, None, ETag='"1"'))

    assert await PartStore(http, api_url=far.url, hosts=()).put(f"{far.url}/p", bytes_of_a_file(), 4) == '"1"'
