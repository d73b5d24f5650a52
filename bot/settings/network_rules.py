"""Networks as settings write them (pure)."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_settings import NoDecode

from bot.settings.value_rules import parts

IpNetwork = IPv4Network | IPv6Network


def network(value: object) -> object:
    """`10.0.0.0/8`, one address, or what a field was given already."""
    if not isinstance(value, str):
        return value
    try:
        return ip_network(value)
    except ValueError:
        raise ValueError("must be addresses or networks, such as 127.0.0.1 or 172.16.0.0/12") from None


Networks = Annotated[
    tuple[Annotated[IpNetwork, BeforeValidator(network)], ...], NoDecode, BeforeValidator(parts)
]
