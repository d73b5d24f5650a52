"""Before each address of the agents' sign-in: whether it is here, and its pace."""

from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Network, IPv6Network
from typing import Final

from aiohttp import web

from bot.features.operations.agent_tools.remote_page import LACKING, speaks_mcp
from bot.features.operations.operator_requests.door import refused
from bot.model.ports import Clock
from bot.web.address_pace import AddressPace
from bot.web.client_address import FORWARDED, client_address

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]

_A_MINUTE: Final = 30  # what writes, or looks a secret up
_POLLS: Final = 240  # what a page asks while it waits; several people may share an address
_TOO_OFTEN: Final = "Too many requests from your address. Try again in {seconds} s."


class AgentDoors:
    """One pace for each address outside. `proxies`: those whose word about that address is taken."""

    def __init__(self, clock: Clock, proxies: Sequence[IPv4Network | IPv6Network]) -> None:
        self._pace = AddressPace(clock, a_minute=_A_MINUTE)
        self._polls = AddressPace(clock, a_minute=_POLLS)
        self._proxies = proxies

    def open(self, answer: Answer) -> Answer:
        """Answered wherever the library is that agents need; otherwise 501."""

        async def asked(request: web.Request) -> web.StreamResponse:
            return await answer(request) if speaks_mcp() else refused(501, LACKING)

        return asked

    def paced(self, answer: Answer) -> Answer:
        """The same, so many times a minute."""
        return self._within(self._pace, answer)

    def polled(self, answer: Answer) -> Answer:
        """The same for what a page asks again and again."""
        return self._within(self._polls, answer)

    def _within(self, pace: AddressPace, answer: Answer) -> Answer:
        async def asked(request: web.Request) -> web.StreamResponse:
            forwarded = request.headers.getall(FORWARDED, [])
            seconds = pace.wait(client_address(request.remote, forwarded, self._proxies))
            if seconds:
                return refused(429, _TOO_OFTEN.format(seconds=seconds), {"Retry-After": str(seconds)})
            return await answer(request)

        return self.open(asked)
