"""A client reaches public addresses, and of private ones what the operator named."""

import aiohttp
import pytest

from bot.egress.sessions import outgoing_session
from tests.fanvue.peer_stand_in import PeerStandIn, reply


async def test_what_the_operator_named_is_reached_and_nothing_beside_it(far: PeerStandIn) -> None:
    async with PeerStandIn() as other, outgoing_session((f"{far.url}/v1",)) as session:
        async with session.get(f"{far.url}/models", allow_redirects=False) as answer:
            assert answer.status == 200
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(other.url, allow_redirects=False)

        assert other.seen == []


async def test_who_names_nothing_reaches_no_private_address(far: PeerStandIn) -> None:
    async with outgoing_session() as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(far.url, allow_redirects=False)

    assert far.seen == []


async def test_a_redirect_into_the_own_network_leads_nowhere_even_for_who_follows_it(
    far: PeerStandIn,
) -> None:
    async with PeerStandIn() as inner, outgoing_session((far.url,)) as session:
        far.does(reply(307, Location=f"{inner.url}/latest/meta-data"))
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(far.url)

        assert (len(far.seen), inner.seen) == (1, [])


async def test_no_cookie_is_kept(far: PeerStandIn) -> None:
    async with outgoing_session((far.url,)) as session:
        far.does(reply(200, {}, Set_Cookie="a=b; Path=/"))
        for _ in range(2):
            async with session.get(far.url, allow_redirects=False) as answer:
                await answer.read()

    assert [one.headers.get("cookie") for one in far.seen] == [None, None]
