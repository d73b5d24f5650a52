"""Whose request it is: a header is believed as far as proxies of ours wrote it."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.client_address import client_address
from tests.settings.test_settings import problems

OURS = (ip_network("127.0.0.1"), ip_network("10.0.0.0/8"), ip_network("::1"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("198.51.100.7", [], "198.51.100.7"),
        ("198.51.100.7", ["203.0.113.1"], "198.51.100.7"),  # a stranger says so
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", [""], "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("127.0.0.1", ["203.0.113.1, 198.51.100.7"], "198.51.100.7"),  # its first part is the client's own
        ("127.0.0.1", ["203.0.113.1", "198.51.100.7"], "198.51.100.7"),  # the same in two lines
        ("127.0.0.1", ["198.51.100.7, 10.1.2.3"], "198.51.100.7"),  # two proxies of ours
        ("127.0.0.1", ["198.51.100.7, unknown"], "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.7:4711"], "127.0.0.1"),
        ("::1", ["2001:db8::7"], "2001:db8::7"),
        ("::ffff:127.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        (None, ["198.51.100.7"], None),
        ("a socket", ["198.51.100.7"], "a socket"),
    ],
)
def test_the_client_is_the_last_one_that_no_proxy_of_ours_is(
    peer: str | None, forwarded: list[str], found: str | None
) -> None:
    assert client_address(peer, forwarded, OURS) == found


@given(st.lists(st.text()))
def test_where_no_proxy_is_ours_nothing_that_is_written_counts(forwarded: list[str]) -> None:
    assert client_address("127.0.0.1", forwarded, ()) == "127.0.0.1"


@given(st.lists(st.text()))
def test_what_a_client_writes_before_its_own_address_counts_for_nothing(forwarded: list[str]) -> None:
    assert client_address("10.0.0.1", [*forwarded, "198.51.100.7"], OURS) == "198.51.100.7"


@pytest.mark.parametrize("wrong", ["localhost", "10.0.0.1/8", "*", "300.1.1.1"])
def test_a_setting_that_is_no_network_is_refused(wrong: str) -> None:
    assert problems(TRUSTED_PROXIES=wrong)["TRUSTED_PROXIES"].startswith("must be addresses or networks")
