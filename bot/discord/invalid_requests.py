"""Counts Discord's refusals: far too many get this address banned (D8, R21).

Discord bans an address for a while after 10,000 answers of 401, 403 or 429 within ten minutes. Long
before that the bridge stops calling, apart from the gateway.
"""

import logging
import time
from collections import deque
from collections.abc import Callable
from types import SimpleNamespace

import aiohttp

from bot.discord.failures import banned
from bot.model.errors import TryLater
from bot.model.language import tr

log = logging.getLogger(__name__)

MOST = 500
WITHIN = 600.0
PAUSE = 900.0
_COUNTED = frozenset({401, 403, 429})


class InvalidRequestCounter:
    """Told of every answer, asked before every call."""

    def __init__(self, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._times: deque[float] = deque(maxlen=MOST + 1)
        self._until = 0.0
        self._banned = False

    def trace(self) -> aiohttp.TraceConfig:
        """Return the trace by which an aiohttp session counts every answer, inner repeats too."""
        config = aiohttp.TraceConfig()
        config.on_request_end.append(self._answered)
        return config

    def count(self, status: int, *, shared: bool = False) -> None:
        """An answer came. `shared`: a limit that others used up, which Discord does not hold against us."""
        if status not in _COUNTED or shared:
            return
        now = self._monotonic()
        self._times.append(now)
        if len(self._times) > MOST and now - self._times[0] <= WITHIN:
            self._times.clear()
            self._until, self._banned = now + PAUSE, False
            log.error("%s", self.sentence())

    def check(self) -> None:
        """Raises TryLater while nothing may be called."""
        left = self._until - self._monotonic()
        if left > 0:
            raise TryLater(self.sentence(), after=left)

    def sentence(self) -> str:
        """Say why nothing is called."""
        if self._banned:
            return tr(
                "Discord has blocked this machine's address for a while. To avoid a longer block we "
                "post nothing for 15 minutes; what is waiting is kept."
            )
        return tr(
            "Discord refused over {most} calls in ten minutes. To avoid a ban we post nothing "
            "for 15 minutes; what is waiting is kept. Check the bot's token and permissions.",
            most=MOST,
        )

    async def probe(self) -> str | None:
        """None when all is well."""
        return self.sentence() if self._monotonic() < self._until else None

    async def _answered(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        ended: aiohttp.TraceRequestEndParams,
    ) -> None:
        answer = ended.response
        if banned(answer.status, answer.headers):
            self._until, self._banned = self._monotonic() + PAUSE, True  # each further call makes it longer
        self.count(answer.status, shared=answer.headers.get("X-RateLimit-Scope") == "shared")
