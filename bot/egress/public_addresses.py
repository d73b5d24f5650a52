"""Connections lead to public addresses only, or to places that the settings name.

The owner of a name controls where it leads, and may change it between two looks. So each name is
resolved once, every address is judged, and the connection goes to one of those and to no other (R16). A
bare address is no name: that, too, is judged where the socket is made.
"""

import logging
import socket
from collections.abc import Callable, Collection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohappyeyeballs import AddrInfoType
from aiohttp import ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult

log = logging.getLogger(__name__)

Place = tuple[str, int]  # host and port

# Ways in which an IPv6 address carries an IPv4 one that a gateway on the way may connect to.
_NAT64 = IPv6Network("64:ff9b::/96")
# Of no server on the internet, though older Pythons call them global: a network's own NAT64 (RFC 8215), and
# the IPv4-compatible form that RFC 4291 took back.
_NEVER_PUBLIC = (IPv6Network("64:ff9b:1::/48"), IPv6Network("::/96"))


class NotPublicAddress(OSError):
    """Raised before anything is connected: it leads into a private network."""


class PublicAddressResolver(AbstractResolver):
    """The one rule of where connections go: resolves names for aiohttp, and makes its sockets."""

    def __init__(
        self,
        private: Collection[Place] = (),
        *,
        names: AbstractResolver | None = None,
        public: Callable[[str], bool] | None = None,
    ) -> None:
        """`private`: places that may be anywhere; no other, not even the machine's own name for itself."""
        self._private = frozenset(private)
        self._led: set[Place] = set()  # where names of private places led
        self._names = names or ThreadedResolver()
        self._public = public or is_public

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """All addresses of a name; NotPublicAddress if a single one of them is not public."""
        found = await self._names.resolve(host, port, family)
        if (host, port) in self._private:
            self._led |= {(one["host"], port) for one in found}
            return found
        if not all(self._public(one["host"]) for one in found):
            log.warning("a name leads to an address that is not public", extra={"host": host})
            raise NotPublicAddress("the name leads to an address that is not public")
        return found

    def socket(self, where: AddrInfoType) -> socket.socket:
        """A socket that is about to be connected to this address; NotPublicAddress if nothing may be."""
        family, kind, protocol, _, (host, port, *_) = where
        place = (str(host), int(port))
        if place not in self._private | self._led and not self._public(place[0]):
            log.warning("an address is not public")
            raise NotPublicAddress("the address is not public")
        return socket.socket(family, kind, protocol)

    async def close(self) -> None:
        """Nothing is resolved any more."""
        await self._names.close()


def is_public(address: str) -> bool:
    """Whether an address belongs to the public internet, also one that carries another address."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if any(found in network for network in _NEVER_PUBLIC):
        return False
    return all((one.is_global and not one.is_multicast) for one in (found, *_carried(found)))


def _carried(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    if isinstance(address, IPv4Address):
        return []
    inside = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        inside.append(IPv4Address(int(address) & 0xFFFF_FFFF))
    return [one for one in inside if one is not None]
