"""What features answer at the operator's own address, ADMIN_LISTEN."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.engine.slots import Slot


@dataclass(frozen=True)
class OperatorPage:
    """One address there, asked with GET. Whatever is not for everybody on this machine asks who asks."""

    path: str
    answer: Callable[[web.Request], Awaitable[web.StreamResponse]]


OPERATOR_PAGES = Slot[OperatorPage]("pages at the operator's address")
