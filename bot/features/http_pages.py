"""What features answer over HTTP, to the world and at the operator's own address."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.engine.slots import Slot


@dataclass(frozen=True)
class HttpPage:
    """One method of one address. It asks itself who asks, and answers nobody else."""

    path: str
    answer: Callable[[web.Request], Awaitable[web.StreamResponse]]
    method: str = "GET"

    def add_to(self, app: web.Application) -> None:
        """Serve it; of GET only that, without a HEAD that nobody asks for."""
        app.router.add_route(self.method, self.path, self.answer)


@dataclass(frozen=True)
class HttpPages:
    """The pages of features, for each of the two listeners."""

    public: Sequence[HttpPage] = ()
    operator: Sequence[HttpPage] = ()


PUBLIC_PAGES = Slot[HttpPage]("pages at PUBLIC_URL")
OPERATOR_PAGES = Slot[HttpPage]("pages at the operator's address, ADMIN_LISTEN")
