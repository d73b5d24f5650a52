"""Addresses that a program may name lie on the public internet."""

import pytest

from bot.features.operations.program_requests.refusals import ProgramRefused
from bot.features.operations.program_webhooks.address_rules import (
    NotPublic,
    PublicResolver,
    checked,
    is_public,
)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "8.8.8.8"])
def test_what_lies_outside(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.1.2.3"),
        *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:192.168.0.1", "64:ff9b::7f00:1", "no number", ""),
    ],
)
def test_what_lies_inside(address: str) -> None:
    assert not is_public(address)


async def test_a_name_that_points_inside_leads_nowhere() -> None:
    resolver = PublicResolver()

    with pytest.raises(NotPublic):
        await resolver.resolve("localhost", 443)
    await resolver.close()


def test_the_operator_names_what_they_want() -> None:
    assert checked(" http://127.0.0.1:5678/webhook/x#here ", inside=True) == "http://127.0.0.1:5678/webhook/x"
    with pytest.raises(ProgramRefused):
        checked("http://127.0.0.1:5678/webhook/x", inside=False)
