"""Lets programs in that have a key, at their pace."""

from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

from bot.features.http_pages import HttpPage
from bot.features.operations.api_keys.key_pace import KeyPace, KeyTooFast
from bot.features.operations.api_keys.service import ApiKeyService
from bot.features.operations.operator_requests.door import refused
from storage.people.api_keys import ApiKeyRecord, ApiKeyScope

KeyAnswer = Callable[[web.Request, ApiKeyRecord], Awaitable[web.StreamResponse]]

_LONGEST: Final = 200  # letters of a header that may hold a key
_TOO_NARROW: Final = "This key has the scope {scope}. This needs a key with the scope {opens}."
_NO_KEY: Final = "Send a valid key: Authorization: Bearer fbk.…"


class ApiKeyDoor:
    """Every other request is answered 401, whatever it asks for."""

    def __init__(self, service: ApiKeyService, pace: KeyPace) -> None:
        self._service = service
        self._pace = pace
        self._behind: dict[tuple[str, str], tuple[KeyAnswer, ApiKeyScope]] = {}

    def page(
        self,
        path: str,
        answer: KeyAnswer,
        method: str = "GET",
        *,
        opens: ApiKeyScope = ApiKeyScope.DATA,
    ) -> HttpPage:
        """The page behind it, for keys with this scope."""
        self._behind[method, path] = answer, opens

        async def asked(request: web.Request) -> web.StreamResponse:
            text = bearer_of(request)
            key = await self._service.known(text) if text is not None else None
            if key is None:
                return refused(401, _NO_KEY, {"WWW-Authenticate": 'Bearer realm="fanvue-bridge"'})
            return await self.entered(request, key, method, path)

        return HttpPage(path, asked, method)

    def opens(self, method: str, path: str) -> ApiKeyScope:
        """The scope that the page behind it needs."""
        return self._behind[method, path][1]

    async def entered(
        self, request: web.Request, key: ApiKeyRecord, method: str, path: str
    ) -> web.StreamResponse:
        """The answer of the page behind it to a key that is known to be valid."""
        answer, opens = self._behind[method, path]
        if not key.scope.includes(opens):
            return refused(403, _TOO_NARROW.format(scope=key.scope, opens=opens))
        try:
            with self._pace.turn(key.id):
                return await answer(request, key)
        except KeyTooFast as fast:
            return refused(429, str(fast), {"Retry-After": str(fast.seconds)})


def bearer_of(request: web.Request) -> str | None:
    """What a program shows as its key."""
    scheme, _, text = request.headers.get("Authorization", "")[:_LONGEST].partition(" ")
    return text.strip() if scheme.lower() == "bearer" else None
