"""Lets the operator's requests in, and says in JSON why another one stays out."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from aiohttp import web

from bot.features.http_pages import HttpPage
from bot.features.operations.operator_requests.signature import SCHEME, is_operator
from bot.features.people.accounts.keyring import Keyring
from bot.model.ports import Clock

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]

NO_STORE: Final = {"Cache-Control": "no-store"}
_NOT_SIGNED: Final = (
    "This request is not signed with the bridge's keys, or its clock is off by more than a minute."
)


class OperatorDoor:
    """Only whoever holds the encryption keys comes through."""

    def __init__(self, ring: Keyring, clock: Clock) -> None:
        self._ring = ring
        self._clock = clock

    def page(self, path: str, answer: Answer, method: str = "GET") -> HttpPage:
        """The page behind it."""

        async def asked(request: web.Request) -> web.StreamResponse:
            header = request.headers.get("Authorization", "")
            if is_operator(self._ring, header, request.method, request.raw_path, now=self._clock.now()):
                return await answer(request)
            return refused(401, _NOT_SIGNED, {"WWW-Authenticate": SCHEME})

        return HttpPage(path, asked, method)


def refused(status: int, text: str, headers: Mapping[str, str] | None = None) -> web.Response:
    """An error as programs read it."""
    return web.json_response({"error": text}, status=status, headers={**NO_STORE, **(headers or {})})


def told(body: str) -> web.Response:
    """JSON that nobody on the way keeps."""
    return web.Response(text=body, content_type="application/json", headers=NO_STORE)
