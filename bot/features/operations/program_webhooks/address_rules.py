"""Where events may go: only to the public internet, if a program names it.

Otherwise whoever has a key could have the bridge knock at doors of its own network.
"""

import ipaddress
import socket
from typing import Final
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from bot.features.operations.program_requests.refusals import ProgramRefused
from bot.features.operations.program_webhooks.model import LONGEST_URL

_NO_URL: Final = "This is no address. Send a whole one, for example https://n8n.example.com/webhook/fans."
_NOT_SECRET: Final = "Events are secret: use an address that begins with https://."  # noqa: S105 - a sentence
_NOT_PUBLIC: Final = (
    "Use an address on the public internet. One in your own network is for the operator's shell."
)
_TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")  # IPv4 behind a translator


class NotPublic(OSError):
    """Raised for a name whose address is in a private network."""


def checked(url: str, *, inside: bool) -> str:
    """The address as it is kept. Raises ProgramRefused. `inside`: it may be in the own network."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ProgramRefused(400, _NO_URL) from None
    odd = any(char.isspace() or not char.isprintable() for char in url)
    if parts.scheme not in {"http", "https"} or not host or odd or len(url) > LONGEST_URL:
        raise ProgramRefused(400, _NO_URL)
    if not inside:
        if parts.scheme != "https":
            raise ProgramRefused(400, _NOT_SECRET)
        if _is_inside(host):
            raise ProgramRefused(400, _NOT_PUBLIC)
    return url.partition("#")[0]


class PublicResolver(AbstractResolver):
    """Finds addresses of names, and none in a private network: a name may point anywhere at any time."""

    def __init__(self) -> None:
        self._asked = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Raises NotPublic, or what the system's resolver raises."""
        found = await self._asked.resolve(host, port, family)
        if any(not is_public(one["host"]) for one in found):
            raise NotPublic(f"{host} is in a private network")
        return found

    async def close(self) -> None:
        await self._asked.close()


def is_public(address: str) -> bool:
    """Whether a numeric address lies on the public internet."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    if mapped is not None:
        return is_public(str(mapped))
    translated = isinstance(found, ipaddress.IPv6Address) and found in _TRANSLATED
    return found.is_global and not found.is_multicast and not translated


def _is_inside(host: str) -> bool:
    """Of a host that is a number; what a name means is looked at whenever something goes there."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        name = host.rstrip(".").lower()
        return name == "localhost" or name.endswith((".localhost", ".local", ".internal"))
    return not is_public(host)
