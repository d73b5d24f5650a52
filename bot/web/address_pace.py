"""How often one address outside may ask for what costs something."""

from collections import OrderedDict, deque
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from bot.model.ports import Clock
from storage.records import Millis

_MINUTE: Final[Millis] = 60_000
_ADDRESSES: Final = 10_000  # so that nobody fills the memory with addresses
_HOME: Final = 64  # bits: whoever has one address of IPv6 has all of these


class AddressPace:
    """Counts in memory, in each process."""

    def __init__(self, clock: Clock, *, a_minute: int) -> None:
        self._clock = clock
        self._a_minute = a_minute
        self._asked: OrderedDict[str, deque[Millis]] = OrderedDict()

    def wait(self, address: str | None) -> int:
        """Note a request of this address: 0, or the seconds after which it may come."""
        now, home = self._clock.now(), _home_of(address)
        asked = self._asked.setdefault(home, deque())
        self._asked.move_to_end(home)
        while len(self._asked) > _ADDRESSES:
            self._asked.popitem(last=False)
        while asked and asked[0] <= now - _MINUTE:
            asked.popleft()
        if len(asked) >= self._a_minute:
            return -(-(asked[0] + _MINUTE - now) // 1000)
        asked.append(now)
        return 0


def _home_of(address: str | None) -> str:
    try:
        found = ip_address(address or "")
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(ip_network((found, _HOME), strict=False))
    return str(found)
