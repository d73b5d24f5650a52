"""Where names may lead: a table of addresses, and names that change their minds."""

import socket
from collections.abc import Sequence

import httpx
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.egress.public_addresses import NotPublicAddress, PublicAddressResolver, is_public
from bot.fanvue.errors import RequestNotSent
from bot.fanvue.previews import NoPicture, PreviewPictures
from bot.fanvue.transport import exchange, open_http
from tests.fanvue.peer_stand_in import PeerStandIn, reply


class ResolverStandIn(AbstractResolver):
    """Leads every name to these addresses, one list a look; the last one stays."""

    def __init__(self, *looks: Sequence[str]) -> None:
        self.looks = list(looks)
        self.asked: list[str] = []

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002 - aiohttp's own signature
    ) -> list[ResolveResult]:
        self.asked.append(host)
        found = self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]
        return [
            ResolveResult(hostname=host, host=one, port=port, family=socket.AF_INET, proto=0, flags=0)
            for one in found
        ]

    async def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("169.254.169.254", False),
        ("127.0.0.1", False),
        ("127.9.9.9", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - judged, not bound
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("198.18.0.1", False),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00:ec2::254", False),
        ("ff02::1", False),
        ("::ffff:169.254.169.254", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("64:ff9b::5db8:d822", True),
        ("64:ff9b:1::808:808", False),
        ("::7f00:1", False),
        ("::8.8.8.8", False),
        ("2002:a9fe:a9fe::1", False),
        ("2002:7f00:1::", False),
        ("2001:0:a9fe:a9fe::1", False),
        ("metadata", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_public_internet_count_as_public(address: str, *, public: bool) -> None:
    assert is_public(address) is public


async def test_one_private_address_among_others_is_enough_to_connect_to_none() -> None:
    names = PublicAddressResolver(names=ResolverStandIn(["93.184.216.34", "169.254.169.254"]))

    with pytest.raises(NotPublicAddress):
        await names.resolve("media.fanvue.com", 443)


async def test_named_places_may_be_private_and_no_other_not_even_the_machine_itself() -> None:
    names = PublicAddressResolver([("stand-in", 8082)], names=ResolverStandIn(["127.0.0.1"]))

    assert [one["host"] for one in await names.resolve("stand-in", 8082)] == ["127.0.0.1"]
    for host, port in (("stand-in", 8083), ("localhost", 8082), ("localhost", 80)):
        with pytest.raises(NotPublicAddress):
            await names.resolve(host, port)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"]
)
async def test_an_address_in_the_place_of_a_name_is_judged_where_the_socket_is_made(
    far: PeerStandIn, host: str
) -> None:
    port = far.url.rpartition(":")[2]
    async with open_http() as http:
        with pytest.raises(RequestNotSent):
            await exchange(http, http.build_request("GET", f"http://{host}:{port}/latest/meta-data"))
    assert far.seen == []


@pytest.mark.parametrize("named", ["127.0.0.1", "localhost"])
async def test_a_place_that_the_settings_name_is_reached_on_this_machine(
    far: PeerStandIn, named: str
) -> None:
    port = int(far.url.rpartition(":")[2])
    far.does(reply(200, {}))
    async with open_http(private=[(named, port)]) as http:
        answer = await exchange(http, http.build_request("GET", f"http://{named}:{port}/"))

    assert answer.status == 200


async def test_a_name_that_turns_to_a_private_address_between_two_looks_reaches_nobody(
    far: PeerStandIn,
) -> None:
    # The address that counts as public here is a second one of this machine: nothing leaves it.
    names = ResolverStandIn(["127.0.0.2"], ["127.0.0.1"])
    port = far.url.rpartition(":")[2]
    only = PublicAddressResolver(names=names, public=lambda address: address == "127.0.0.2")
    async with open_http(connect=0.5, resolver=only) as http:
        for _ in range(3):  # the first look is the one that is judged and used; later ones are judged again
            with pytest.raises(RequestNotSent):
                await exchange(http, http.build_request("GET", f"http://media.test:{port}/a.jpg"))

    assert set(names.asked) == {"media.test"}
    assert far.seen == []


async def test_a_name_that_leads_into_the_own_network_is_not_asked_for_a_picture(
    far: PeerStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    async with open_http(resolver=PublicAddressResolver(names=ResolverStandIn(["127.0.0.1"]))) as http:
        previews = PreviewPictures(http, api_url=far.url, hosts=("fanvue.com",))

        with pytest.raises(NoPicture, match="could not be fetched"):
            await previews.fetch("https://media.fanvue.com/a.jpg?signature=x")

    assert far.seen == []
    assert "not public" in caplog.text
    assert "signature" not in caplog.text


async def test_the_metadata_address_of_a_cloud_is_not_even_looked_up(http: httpx.AsyncClient) -> None:
    previews = PreviewPictures(http, api_url="https://api.fanvue.com", hosts=("fanvue.com",))

    with pytest.raises(NoPicture, match="does not read from"):
        await previews.fetch("http://169.254.169.254/latest/meta-data/iam")
