"""Where events may go: only to the public internet, if a program names it.

Otherwise whoever has a key could have the bridge knock at doors of its own network.
"""

import ipaddress
from typing import Final
from urllib.parse import urlsplit

from bot.egress.public_addresses import is_public
from bot.features.operations.program_requests.refusals import ProgramRefused
from bot.features.operations.program_webhooks.model import LONGEST_URL

_NO_URL: Final = "This is no address. Send a whole one, for example https://n8n.example.com/webhook/fans."
_NOT_SECRET: Final = "Events are secret: use an address that begins with https://."  # noqa: S105 - a sentence
_NOT_PUBLIC: Final = (
    "Use an address on the public internet. One in your own network is for the operator's shell."
)
_NOT_ASCII: Final = "Write the host in plain letters, a name with others in its xn-- form."


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
        if not host.isascii():  # programs on the way read ① and 。 as 1 and a dot, each in its own way
            raise ProgramRefused(400, _NOT_ASCII)
        if _is_inside(host):
            raise ProgramRefused(400, _NOT_PUBLIC)
    return url.partition("#")[0]


def _is_inside(host: str) -> bool:
    """Of a host that is a number; what a name means is looked at whenever something goes there."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        name = host.rstrip(".").lower()
        return name == "localhost" or name.endswith((".localhost", ".local", ".internal"))
    return not is_public(host)
