"""Rate limits: buckets per route, and fifty requests per second for a bot."""

import math
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2s
from typing import Any

from bot.sandbox.discord.routing import RestRoute
from bot.sandbox.discord.world import DiscordWorld

GLOBAL_LIMIT, GLOBAL_SECONDS = 50, 1.0
_MAJOR = ("channel_id", "guild_id", "webhook_id", "token")


@dataclass(slots=True)
class RouteBucket:
    """A fixed window that starts with its first request."""

    limit: int
    per: timedelta
    used: int = 0
    ends: datetime | None = None

    def take(self, now: datetime) -> bool:
        """Count one request; false when the window is full."""
        if self.ends is None or now >= self.ends:
            self.used, self.ends = 0, now + self.per
        if self.used >= self.limit:
            return False
        self.used += 1
        return True

    def left(self, now: datetime) -> float:
        """Seconds until the window ends."""
        return 0.0 if self.ends is None else max((self.ends - now).total_seconds(), 0.0)


class StandInRouteLimits:
    """Each bot's rate limit use."""

    def __init__(self, world: DiscordWorld) -> None:
        """Windows are divided by the speed of the world; `enabled` may be switched off."""
        self._world = world
        self._buckets: dict[tuple[str, ...], RouteBucket] = {}
        self._global: dict[str, deque[datetime]] = {}
        self.enabled = True

    def take(
        self, route: RestRoute, who: str, params: dict[str, str]
    ) -> tuple[dict[str, str], dict[str, Any] | None]:
        """The headers of the answer, and the body of a 429 if this request is one too many."""
        if not self.enabled:
            return {}, None
        now = self._world.clock()
        major = tuple(params[name] for name in _MAJOR if name in params)
        key = (who, route.method, route.template, *major)
        bucket = self._buckets.setdefault(key, RouteBucket(route.limit, self._world.window(route.per)))
        allowed = bucket.take(now)
        wait = 0.0 if route.no_global_limit else self._global_wait(who, now)
        headers = self._headers(route, bucket, now)
        if not allowed:
            return headers, refusal(bucket.left(now), everywhere=False)
        if wait > 0:
            return {**headers, "X-RateLimit-Global": "true"}, refusal(wait, everywhere=True)
        return headers, None

    def _global_wait(self, who: str, now: datetime) -> float:
        window = self._world.window(GLOBAL_SECONDS)
        recent = self._global.setdefault(who, deque())
        while recent and now - recent[0] >= window:
            recent.popleft()
        if len(recent) >= GLOBAL_LIMIT:
            return (recent[0] + window - now).total_seconds()
        recent.append(now)
        return 0.0

    def _headers(self, route: RestRoute, bucket: RouteBucket, now: datetime) -> dict[str, str]:
        name = blake2s(f"{route.method} {route.template}".encode(), digest_size=8).hexdigest()
        ends = (bucket.ends or now).timestamp()
        return {
            "X-RateLimit-Limit": str(bucket.limit),
            "X-RateLimit-Remaining": str(bucket.limit - bucket.used),
            "X-RateLimit-Reset": f"{_up(ends):.3f}",
            "X-RateLimit-Reset-After": f"{_up(bucket.left(now)):.3f}",
            "X-RateLimit-Bucket": name,
        }


def _up(seconds: float) -> float:
    """Round up to a thousandth: a client that comes when it was told is not too early."""
    return math.ceil(round(seconds * 1000, 3)) / 1000


def refusal(retry_after: float, *, everywhere: bool, code: int | None = None) -> dict[str, Any]:
    """The body of a 429."""
    seconds = max(_up(retry_after), 0.001)
    body = {"message": "You are being rate limited.", "retry_after": seconds, "global": everywhere}
    return body if code is None else {**body, "code": code}


def refusal_headers(body: dict[str, Any]) -> dict[str, str]:
    """The headers of a 429; without Via, discord.py takes it for a ban by the proxy and raises."""
    scope = "global" if body["global"] else "shared" if "code" in body else "user"
    retry = str(max(1, round(body["retry_after"])))
    return {"Retry-After": retry, "Via": "1.1 google", "X-RateLimit-Scope": scope}
