"""The API for reading much: within a list it waits for its turn at Fanvue."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.fanvue.auth import LinkAuth
from bot.fanvue.budget import Bucket, Lane
from bot.fanvue.client import Acting, Fanvue
from bot.fanvue.errors import RateLimited
from bot.fanvue.operations import Road
from bot.fanvue.paging import Query
from bot.relay.voices import Voice

Pause = Callable[[float], Awaitable[None]]

_LONGEST_PAUSE = 120.0
_MOST_PAUSES = 60


class Patient(Acting):
    """One account's API in one lane; `pause` waits so many seconds when the lane's share is spent."""

    def __init__(self, fanvue: Fanvue, voice: Voice, lane: Lane, pause: Pause) -> None:
        auth, bucket = LinkAuth(fanvue.tokens, voice.link), Bucket(voice.link, voice.managed or "")
        super().__init__(fanvue, auth, bucket, lane, voice.managed)
        self._pause = pause

    async def call(
        self,
        way: Road,
        *,
        parts: Mapping[str, str] | None = None,
        query: Query = (),
        body: Mapping[str, Any] | None = None,
        key: str | None = None,
    ) -> Any:
        """One read; what was refused for its rate was not carried out, so it is asked again."""
        for _ in range(_MOST_PAUSES):
            try:
                return await super().call(way, parts=parts, query=query, body=body, key=key)
            except RateLimited as limited:
                if limited.after > _LONGEST_PAUSE:
                    raise
                await self._pause(limited.after)
        return await super().call(way, parts=parts, query=query, body=body, key=key)
