"""Times each call to another side, by what kind of call it was and how it ended."""

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, Final

Kind = Callable[[str, Any], str | None]  # of a method and an address; None: it is not timed
Observe = Callable[[str, str, float], None]  # kind, outcome and seconds

READ: Final = "read"
WRITE: Final = "write"
NO_ANSWER: Final = "no answer"
_LIMITED: Final = 429


class CallTimer:
    """Told of each request by an aiohttp session, until the answer's headers are there."""

    def __init__(
        self, kind: Kind, observe: Observe, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._kind = kind
        self._observe = observe
        self._monotonic = monotonic

    def listen(self, config: Any) -> None:
        """Have an `aiohttp.TraceConfig` tell it."""
        config.on_request_start.append(self._began)
        config.on_request_end.append(self._answered)
        config.on_request_exception.append(self._failed)

    async def _began(self, _session: object, context: SimpleNamespace, _params: object) -> None:
        context.began = self._monotonic()

    async def _answered(self, _session: object, context: SimpleNamespace, ended: Any) -> None:
        self._tell(context, ended, outcome_of(ended.response.status))

    async def _failed(self, _session: object, context: SimpleNamespace, failed: Any) -> None:
        self._tell(context, failed, NO_ANSWER)

    def _tell(self, context: SimpleNamespace, params: Any, outcome: str) -> None:
        kind = self._kind(params.method, params.url)
        if kind is not None:
            self._observe(kind, outcome, self._monotonic() - context.began)


def outcome_of(status: int) -> str:
    """An answer in one word."""
    if status == _LIMITED:
        return "limited"
    return {2: "ok", 3: "ok", 4: "refused", 5: "failed"}.get(status // 100, "ok")


def read_or_write(method: str) -> str:
    """The kind of a call to an API."""
    return READ if method in {"GET", "HEAD"} else WRITE
