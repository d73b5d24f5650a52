"""The API for reading much: within a list it waits for its turn at Fanvue."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.fanvue.auth import LinkAuth
from bot.fanvue.budget import RateBucket, RequestLane
from bot.fanvue.client import FanvueClient, IdentityApi
from bot.fanvue.errors import RequestRateLimited
from bot.fanvue.operations import OperationRoute
from bot.fanvue.paging import Query
from bot.model.acting_account import CallAccount

Pause = Callable[[float], Awaitable[None]]

_LONGEST_PAUSE = 120.0
_MOST_PAUSES = 60


class PatientApi(IdentityApi):
    """One account's API in one lane; `pause` waits so many seconds when the lane's share is spent."""

    def __init__(self, fanvue: FanvueClient, voice: CallAccount, lane: RequestLane, pause: Pause) -> None:
        auth, bucket = LinkAuth(fanvue.tokens, voice.link), RateBucket(voice.link, voice.managed or "")
        super().__init__(fanvue, auth, bucket, lane, voice.managed)
        self._pause = pause

    async def call(
        self,
        way: OperationRoute,
        *,
        parts: Mapping[str, str] | None = None,
        query: Query = (),
        body: Mapping[str, Any] | None = None,
        key: str | None = None,
    ) -> Any:
        """Make one read; if refused for its rate it was not carried out, so it is asked again."""
        for _ in range(_MOST_PAUSES):
            try:
                return await super().call(way, parts=parts, query=query, body=body, key=key)
            except RequestRateLimited as limited:
                if limited.after > _LONGEST_PAUSE:
                    raise
                await self._pause(limited.after)
        return await super().call(way, parts=parts, query=query, body=body, key=key)
