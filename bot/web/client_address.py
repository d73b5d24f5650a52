"""Whose request it is behind proxies of the operator's (pure)."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

FORWARDED = "X-Forwarded-For"


def client_address(
    peer: str | None, forwarded: Sequence[str], trusted: Sequence[IPv4Network | IPv6Network]
) -> str | None:
    """The peer's own address; where that is a trusted proxy, the one that it names, and so on.

    Each proxy adds its peer at the end, so it is read from there: what is left of the first stranger
    was written by that stranger. `forwarded`: the values of X-Forwarded-For, in their order.
    """
    found = _read(peer or "")
    if found is None:
        return peer
    for hop in reversed(",".join(forwarded).split(",")):
        if not any(found in network for network in trusted):
            break
        named = _read(hop.strip())
        if named is None:
            break
        found = named
    return str(found)


def _read(text: str) -> IPv4Address | IPv6Address | None:
    """An address; one of IPv4 that a socket of IPv6 shows is the same one."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
