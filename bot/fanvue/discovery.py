"""Whether Fanvue's sign-in server promises to name itself on the way back."""

import json
import logging

import httpx

from bot.fanvue.errors import FanvueError
from bot.fanvue.transport import exchange
from bot.model.ports import Clock

log = logging.getLogger(__name__)

_PATH = "/.well-known/openid-configuration"
_PROMISE = "authorization_response_iss_parameter_supported"
_SECONDS = 3.0
_LARGEST = 64 * 1024
_KNOWN_FOR = 24 * 3_600_000
_AGAIN_AFTER = 60_000
_OK = 200


class SignInDiscovery:
    """Reads the server's metadata (RFC 8414, 9207) when it is asked, at most once a day.

    A failure is repeated no sooner than after a minute; until then what was known stays true.
    """

    def __init__(self, http: httpx.AsyncClient, *, auth_url: str, clock: Clock) -> None:
        """`auth_url`: the configured issuer."""
        self._http = http
        self._issuer = auth_url.rstrip("/")
        self._clock = clock
        self._promised = False
        self._next = 0

    async def promises_issuer(self) -> bool:
        """Whether an answer without `iss` did not come from this server. False where it is not known."""
        now = self._clock.now()
        if now >= self._next:
            promised = await self._read()
            self._next = now + (_AGAIN_AFTER if promised is None else _KNOWN_FOR)
            self._promised = self._promised if promised is None else promised
        return self._promised

    async def _read(self) -> bool | None:
        headers = {"Accept": "application/json"}
        request = self._http.build_request("GET", self._issuer + _PATH, headers=headers)
        try:
            answer = await exchange(self._http, request, total=_SECONDS, largest=_LARGEST)
            told = json.loads(answer.body) if answer.status == _OK else None
        except (FanvueError, ValueError, RecursionError):
            return None
        if not isinstance(told, dict):
            return None
        if str(told.get("issuer", "")).rstrip("/") != self._issuer:
            # RFC 8414, section 3.3: metadata under another name are not this server's, and must not be used.
            log.warning("the metadata of Fanvue's sign-in server name another server and are not used")
            return None
        return told.get(_PROMISE) is True
